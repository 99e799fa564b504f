import type { ListPage } from '../db/queries/paging';
import { decodeCursor, type Order, orderBy, pageOf } from './cursor';

type PageQuery = { readonly cursor?: string | undefined; readonly limit: number };

/** Reads one page: asks for a row more than is shown, to know whether there is a next one. */
export async function paged<Row>(
  query: PageQuery,
  read: (page: ListPage) => Promise<Row[]>,
  order: Order<Row>,
): Promise<{ items: Row[]; nextCursor: string | null }> {
  const rows = await read({ after: decodeCursor(query.cursor, order), limit: query.limit + 1 });
  return pageOf(rows, query.limit, order.keyOf);
}

export const byId: Order<{ readonly id: string }> = orderBy(['uuid'], ({ id }) => [id]);

/** A yes-or-no of a query string; undefined: not asked. */
export const flag = (value: 'true' | 'false' | undefined): boolean | undefined =>
  value === undefined ? undefined : value === 'true';
