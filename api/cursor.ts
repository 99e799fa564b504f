import { z } from 'zod';
import { Refusal } from './refusal';

const keyset = z.array(z.union([z.string(), z.number(), z.null()])).max(4);

/** Where a page ended: the sort key of its last row. Opaque to callers. */
export const encodeCursor = (key: z.infer<typeof keyset>): string =>
  Buffer.from(JSON.stringify(key), 'utf8').toString('base64url');

/** @throws Refusal BadCursor */
export function decodeCursor(cursor: string | undefined): (string | number | null)[] | null {
  if (cursor === undefined) return null;
  try {
    return keyset.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new Refusal('BadCursor');
  }
}

/**
 * A page from a query that was asked for one row more than `limit`. `keyOf` gives the columns that the query is ordered by,
 * which must identify a row.
 */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => (string | number | null)[],
): { items: Row[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null };
}
