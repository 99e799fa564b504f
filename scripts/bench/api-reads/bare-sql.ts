import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { Client } from 'pg';
import { usePlainTypes } from '../../../db/pg-types';
import type { Tx } from '../../../db/tx';
import type { OperatorId } from '../../../domain/ids';

export type Statement = { readonly name: string; readonly text: string; readonly values: readonly unknown[] };

/** One plain connection as the app's role within one operator: nothing but the database and its driver. */
export async function openBareConnection(databaseUrl: string, operatorId: OperatorId): Promise<Client> {
  usePlainTypes();
  const connection = new Client({ connectionString: databaseUrl });
  await connection.connect();
  await connection.query('SET ROLE apartment_app; SET jit = off');
  await connection.query(`SELECT set_config('app.operator', $1, false)`, [operatorId]);
  return connection;
}

/** The very statements that a read sends to the database, found out by letting it run once. */
export async function statementsOf(
  read: (tx: Tx) => Promise<unknown>,
  parts: { readonly connection: Client; readonly knex: Knex; readonly operatorId: OperatorId },
): Promise<Statement[]> {
  const { connection, knex, operatorId } = parts;
  const statements: Statement[] = [];
  const run = async <Row extends object>(text: string, values: readonly unknown[]): Promise<Row[]> => {
    const statement = { name: createHash('sha1').update(text).digest('hex'), text, values };
    statements.push(statement);
    return (await connection.query<Row>({ ...statement, values: [...values] })).rows;
  };
  await read({
    operatorId,
    query: (sql, values = []) => run(sql, values),
    run: (build) => {
      const { sql, bindings } = build(knex).toSQL().toNative();
      return run(sql, bindings);
    },
  });
  return statements;
}

/** Milliseconds that the statements take one after the other. */
export async function timeStatements(connection: Client, statements: readonly Statement[]): Promise<number> {
  const startedAt = performance.now();
  for (const { values, ...statement } of statements) await connection.query({ ...statement, values: [...values] });
  return performance.now() - startedAt;
}
