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

const nameOf = new Map<string, string>();

function statementName(sql: string): string {
  const known = nameOf.get(sql);
  if (known) return known;
  const name = createHash('sha1').update(sql).digest('base64url');
  nameOf.set(sql, name);
  return name;
}

function openTx(knex: Knex, connection: Client, operatorId: OperatorId): Tx {
  return {
    operatorId,
    async query<Row extends object>(sql: string, values: readonly unknown[] = []) {
      const result = await connection.query<Row>({ name: statementName(sql), text: sql, values: [...values] });
      return result.rows;
    },
    async run<Row extends object>(build: (knex: Knex) => Knex.QueryBuilder) {
      const { sql, bindings } = build(knex).toSQL().toNative();
      return (await connection.query<Row>(sql, [...bindings])).rows;
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

/** Like `withOperator`, and no other `withLease` (or `lockLease`) of this lease runs meanwhile; the lock costs no round trip. */
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

/** Waits until no other transaction holds the lease, then holds it until this one ends. */
export async function lockLease(tx: Tx, leaseId: LeaseId): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [leaseId]);
}
