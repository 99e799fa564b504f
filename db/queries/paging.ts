import type { Knex } from 'knex';
import type { CommunityId } from '../../domain/ids';

/** Communities that the asker may see; null: all. */
export type Scope = readonly CommunityId[] | null;

/** What every list takes: the sort key of the last row seen, and how many rows more (the API asks for one extra, to know the end). */
export type ListPage = { readonly after: readonly (string | number | null)[] | null; readonly limit: number };

/** Narrows a query to a scope; an empty scope sees nothing. */
export const inScope =
  (column: string, scope: Scope) =>
  (query: Knex.QueryBuilder): void => {
    if (scope !== null) query.whereIn(column, [...scope]);
  };

/** Rows after the key `after` in the order of `columns`, all ascending or all descending; the columns must identify a row. */
export const keyset =
  (knex: Knex, columns: readonly string[], { after, limit }: ListPage, direction: 'asc' | 'desc' = 'asc') =>
  (query: Knex.QueryBuilder): void => {
    if (after?.length === columns.length) {
      const names = columns.map(() => '??').join(', ');
      const values = columns.map(() => '?').join(', ');
      query.where(
        knex.raw(`(${names}) ${direction === 'asc' ? '>' : '<'} (${values})`, [
          ...columns,
          ...after,
        ] as Knex.RawBinding[]),
      );
    }
    query.orderBy(columns.map((column) => ({ column, order: direction }))).limit(limit);
  };

/** SQL: the community's name and a blank where the operator has more than one, so that 1栋 101 is one room only; else nothing. */
export const communityPrefix = (communityId: string): string =>
  `coalesce((SELECT named.name || ' ' FROM community named WHERE named.id = ${communityId}
    AND (SELECT count(*) > 1 FROM community)), '')`;

/** `%part%` with the person's own wildcards taken literally. */
export const like = (part: string): string => `%${part.replace(/[\\%_]/g, '\\$&')}%`;
