import { z } from 'zod';
import type { LocalDate } from '../../domain/calendar';
import type { Id } from '../../domain/ids';
import { type Fen, fen } from '../../domain/money';

/** A lower-case UUID; parsing it here is what brands it. */
export const id = <Kind extends string>(kind: Kind): z.ZodType<Id<Kind>, string> =>
  z
    .string()
    .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
    .meta({ format: 'uuid', description: `${kind} id` }) as unknown as z.ZodType<Id<Kind>, string>;

/** A calendar day in Shanghai, `2026-09-30`. */
export const day = z.iso.date() as unknown as z.ZodType<LocalDate, string>;

/** An instant, ISO 8601 in UTC. */
export const instant = z.iso.datetime({ offset: true });

/** Whole fen, signed. */
export const amountFen = z
  .int()
  .refine((value) => fen(value) === value)
  .meta({ description: 'fen (1/100 yuan)' }) as unknown as z.ZodType<Fen, number>;

/** Whole fen above zero: what a person types as a payment or a price. */
export const positiveFen = z.int().positive().max(100_000_000_00) as unknown as z.ZodType<Fen, number>;

export const nonNegativeFen = z.int().nonnegative().max(100_000_000_00) as unknown as z.ZodType<Fen, number>;

/** A short text that a person typed; trimmed, never empty, no control characters and no half characters (a database takes neither). */
export const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]+$/u);

/** Why somebody did something: kept in the audit log. */
export const reason = z
  .string()
  .trim()
  .min(2)
  .max(500)
  .regex(/^[^\0\p{Cs}]+$/u);

/** Mainland mobile number. */
export const phone = z.string().regex(/^1[3-9]\d{9}$/);

export const idParams = <Kind extends string>(kind: Kind) => z.strictObject({ id: id(kind) });

/** `cursor` is the `nextCursor` of the page before, opaque; lists are stable while rows are added. */
export const pageQuery = {
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};

export const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** The answer of what has nothing else to say. */
export const done = z.object({ ok: z.literal(true) });

/** application/problem+json (RFC 9457). */
export const problem = z.object({
  type: z.string().meta({ description: 'stable, e.g. /problems/room-taken' }),
  code: z.string(),
  /** zh-CN, shown to people as it is. */
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  instance: z.string().optional(),
  retryable: z.boolean(),
  /** Which fields were wrong and how, in words that stand beside the field: `message` zh-CN, `messageEn` English. */
  errors: z.array(z.object({ path: z.string(), message: z.string(), messageEn: z.string() })).optional(),
  /** Operators to choose from, for `OperatorChoiceNeeded`. */
  choices: z.array(z.object({ operatorId: z.string(), name: z.string() })).optional(),
});

export type Problem = z.infer<typeof problem>;
