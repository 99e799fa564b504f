import type { Knex } from 'knex';
import type { Client } from 'pg';
import { type LeaseId, type OperatorId, parseId } from '../domain/ids';
import { runPrepared } from './prepared';

/** An open transaction that sees one operator's rows. Repositories take it as their first argument. */
export type Tx = {
  readonly operatorId: OperatorId;
  /** Runs a statement; its text should be constant, since each text is prepared once per connection. */
  query<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Runs a query-builder query (for lists whose filters vary). */
  run<Row extends object>(build: (knex: Knex) => Knex.QueryBuilder): Promise<Row[]>;
};

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

/**
 * A transaction that ends with `close`. What is asked of it afterwards is refused: its connection may serve another operator by then.
 */
function openTx(knex: Knex, connection: Client, operatorId: OperatorId): { readonly tx: Tx; close(): void } {
  let open = true;
  const send = <Row extends object>(sql: string, values: readonly unknown[]): Promise<Row[]> =>
    open ? runPrepared(connection, sql, values) : Promise.reject(new Error('the transaction has ended'));
  return {
    tx: {
      operatorId,
      query: (sql, values = []) => send(sql, values),
      run: (build) => {
        const { sql, bindings } = build(knex).toSQL().toNative();
        const { text, values } = withNumbers(sql, bindings);
        return send(text, values);
      },
    },
    close: () => {
      open = false;
    },
  };
}

type Begin = { readonly text: string; readonly operatorId: OperatorId; readonly readOnly?: boolean };

/**
 * The transaction is opened without waiting for it: on a pipelined connection its first statement travels along. Nothing can slip out
 * of a transaction that failed to open, because without an operator row-level security shows and takes no row.
 */
async function transact<T>(
  knex: Knex,
  { text, operatorId, readOnly = false }: Begin,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const connection: Client = await knex.client.acquireConnection();
  const begun = connection.query(text);
  begun.catch(() => undefined);
  const { tx, close } = openTx(knex, connection, operatorId);
  try {
    const result = await work(tx);
    close();
    await begun;
    const ended = connection.query('COMMIT');
    // What was only read is true whether or not the end of the transaction arrives.
    if (readOnly) ended.catch(() => undefined);
    else await ended;
    return result;
  } catch (error) {
    close();
    // When it did not open, that is the reason, and not what the statements behind it met.
    const reason = await begun.then(
      () => error,
      (failure: unknown) => failure,
    );
    // A connection that cannot even roll back is broken; the pool notices that itself.
    await connection.query('ROLLBACK').catch(() => undefined);
    throw reason;
  } finally {
    await knex.client.releaseConnection(connection);
  }
}

const as = (operatorId: OperatorId) => `SELECT set_config('app.operator', '${parseId(operatorId)}', true)`;

/** One transaction as `operatorId`: committed when `work` resolves, rolled back when it throws. */
export const withOperator = <T>(knex: Knex, operatorId: OperatorId, work: (tx: Tx) => Promise<T>): Promise<T> =>
  transact(knex, { text: `BEGIN; ${as(operatorId)}`, operatorId }, work);

/** Like `withOperator`, for work that only reads: the database refuses a write. */
export const readAsOperator = <T>(knex: Knex, operatorId: OperatorId, work: (tx: Tx) => Promise<T>): Promise<T> =>
  transact(knex, { text: `BEGIN READ ONLY; ${as(operatorId)}`, operatorId, readOnly: true }, work);

/** Like `withOperator`, and no other `withLease` of this lease runs meanwhile; the lock costs no round trip. */
export const withLease = <T>(
  knex: Knex,
  { operatorId, leaseId }: { readonly operatorId: OperatorId; readonly leaseId: LeaseId },
  work: (tx: Tx) => Promise<T>,
): Promise<T> => {
  const lock = `SELECT pg_advisory_xact_lock(hashtextextended('${parseId(leaseId)}', 0))`;
  return transact(knex, { text: `BEGIN; ${as(operatorId)}; ${lock}`, operatorId }, work);
};
