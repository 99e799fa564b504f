import { z } from 'zod';
import { Refusal } from './refusal';

type Key = readonly (string | number | null)[];

/** How a list is sorted: the columns of its key, and what each of them holds. A cursor of any other shape is none of this list's. */
export type Order<Row> = {
  readonly keyOf: (row: Row) => Key;
  readonly shape: z.ZodType<Key>;
};

const uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const instant = z.iso.datetime({ offset: true });
/** PostgreSQL knows no text with a NUL in it. */
const text = z.string().regex(/^[^\0]*$/);
const count = z.int();

const KEYS = { uuid, instant, day: z.iso.date(), text, count } as const;

/** The order by the columns that `keyOf` names, which must identify a row. */
export const orderBy = <Row>(columns: readonly (keyof typeof KEYS)[], keyOf: (row: Row) => Key): Order<Row> => ({
  keyOf,
  shape: z.custom<Key>(
    (value) =>
      Array.isArray(value) &&
      value.length === columns.length &&
      columns.every((column, i) => KEYS[column].safeParse(value[i]).success),
  ),
});

/** Where a page ended: the sort key of its last row. Opaque to callers. */
export const encodeCursor = (key: Key): string => Buffer.from(JSON.stringify(key), 'utf8').toString('base64url');

/** @throws Refusal BadCursor */
export function decodeCursor(cursor: string | undefined, { shape }: Pick<Order<never>, 'shape'>): Key | null {
  if (cursor === undefined) return null;
  try {
    return shape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new Refusal('BadCursor');
  }
}

/** A page from a query that was asked for one row more than `limit`. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  keyOf: Order<Row>['keyOf'],
): { items: Row[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null };
}
