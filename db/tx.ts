import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import type { Client } from 'pg';
import { type LeaseId, type OperatorId, parseId } from '../domain/ids';

/** An open transaction that sees one operator's rows. Repositories take it as their first argument. */
export type Tx = {
  readonly operatorId: OperatorId;
  /** Runs a statement; its text should be constant, since each text is prepared once per connection. */
  query<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Runs a query-builder query (for lists whose filters vary). */
  run<Row extends object>(build: (knex: Knex) => Knex.QueryBuilder): Promise<Row[]>;
};

const PREPARED_AT_MOST = 1000;
const nameOf = new Map<string, string>();

/** Name under which a connection keeps the statement prepared; undefined once there are too many different texts to keep them all. */
function statementName(sql: string): string | undefined {
  const known = nameOf.get(sql);
  if (known || nameOf.size >= PREPARED_AT_MOST) return known;
  const name = createHash('sha1').update(sql).digest('base64url');
  nameOf.set(sql, name);
  return name;
}

/**
 * Writes whole numbers (page sizes, `open_fen > 0`) into the text. Statements are planned once for all values, so the planner must see
 * the numbers that decide between an index and a sort, and that match a partial index.
 */
function withNumbers(sql: string, bindings: readonly unknown[]): { text: string; values: unknown[] } {
  const values: unknown[] = [];
  const text = sql.replace(/\$(\d+)/g, (_, position: string) => {
    const value = bindings[Number(position) - 1];
    return Number.isSafeInteger(value) ? `(${value})` : `$${values.push(value)}`;
  });
  return { text, values };
}

function openTx(knex: Knex, connection: Client, operatorId: OperatorId): Tx {
  const send = async <Row extends object>(text: string, values: unknown[]): Promise<Row[]> => {
    const name = statementName(text);
    return (await connection.query<Row>({ text, values, ...(name ? { name } : {}) })).rows;
  };
  return {
    operatorId,
    query: (sql, values = []) => send(sql, [...values]),
    run: (build) => {
      const { sql, bindings } = build(knex).toSQL().toNative();
      const { text, values } = withNumbers(sql, bindings);
      return send(text, values);
    },
  };
}

async function transact<T>(
  knex: Knex,
  begin: string,
  operatorId: OperatorId,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const connection: Client = await knex.client.acquireConnection();
  try {
    await connection.query(begin);
    const result = await work(openTx(knex, connection, operatorId));
    await connection.query('COMMIT');
    return result;
  } catch (error) {
    // A connection that cannot even roll back is broken; the pool notices that itself.
    await connection.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    await knex.client.releaseConnection(connection);
  }
}

const begin = (operatorId: OperatorId) => `BEGIN; SELECT set_config('app.operator', '${parseId(operatorId)}', true)`;

/** One transaction as `operatorId`: committed when `work` resolves, rolled back when it throws. */
export const withOperator = <T>(knex: Knex, operatorId: OperatorId, work: (tx: Tx) => Promise<T>): Promise<T> =>
  transact(knex, begin(operatorId), operatorId, work);

/** Like `withOperator`, and no other `withLease` of this lease runs meanwhile; the lock costs no round trip. */
export const withLease = <T>(
  knex: Knex,
  key: { readonly operatorId: OperatorId; readonly leaseId: LeaseId },
  work: (tx: Tx) => Promise<T>,
): Promise<T> =>
  transact(
    knex,
    `${begin(key.operatorId)}; SELECT pg_advisory_xact_lock(hashtextextended('${parseId(key.leaseId)}', 0))`,
    key.operatorId,
    work,
  );
