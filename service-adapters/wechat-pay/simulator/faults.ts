import { z } from 'zod';

export const CALLS = ['open', 'query', 'close', 'refund', 'queryRefund', 'certificates', 'bill', 'papay'] as const;
export type CallName = (typeof CALLS)[number];

const times = z.int().positive().default(1);
const delayMs = z.int().nonnegative().default(1_000);

/** What goes wrong on request, `times` times, the oldest request first. */
export const Fault = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('answer'),
    call: z.enum(CALLS).optional(),
    how: z.enum([
      'http-500',
      'rate-limited',
      /** Nothing is done and nothing answered. */
      'time-out',
      /** It is done, and nothing answered. */
      'time-out-after-success',
      /** It is done; the answer's signature does not hold, is missing, or is ten minutes old. */
      'wrong-signature',
      'unsigned',
      'stale',
    ]),
    times,
  }),
  z.strictObject({
    kind: z.literal('payment'),
    by: z.enum(['payer', 'deduction']).optional(),
    how: z.literal('insufficient-balance'),
    times,
  }),
  z.strictObject({
    kind: z.literal('notice'),
    about: z.enum(['payment', 'refund', 'contract']).optional(),
    /** `out-of-order`: sent after the next notice, at the latest after `delayMs`. `lost`: never sent. */
    how: z.enum(['late', 'duplicate', 'out-of-order', 'lost', 'wrong-signature']),
    delayMs,
    times,
  }),
  /** A bill's file does not have the hash that was promised. */
  z.strictObject({ kind: z.literal('bill'), how: z.literal('changed'), times }),
  /** A refund is PROCESSING for `delayMs` and ends like this, or is refused for want of balance. */
  z.strictObject({
    kind: z.literal('refund'),
    how: z.enum(['success', 'abnormal', 'closed', 'not-enough']),
    delayMs,
    times,
  }),
]);
export type Fault = z.infer<typeof Fault>;
type FaultOf<Kind extends Fault['kind']> = Extract<Fault, { kind: Kind }>;

export class Faults {
  #waiting: Fault[] = [];

  add(fault: z.input<typeof Fault>): void {
    this.#waiting.push(Fault.parse(fault));
  }

  list = (): readonly Fault[] => this.#waiting;

  clear(): void {
    this.#waiting = [];
  }

  /** Uses up one. */
  take<Kind extends Fault['kind']>(kind: Kind, fits: (fault: FaultOf<Kind>) => boolean): FaultOf<Kind> | undefined {
    const found = this.#waiting.find(
      (fault): fault is FaultOf<Kind> => fault.kind === kind && fits(fault as FaultOf<Kind>),
    );
    if (found === undefined) return undefined;
    found.times -= 1;
    this.#waiting = this.#waiting.filter((fault) => fault.times > 0);
    return found;
  }
}
