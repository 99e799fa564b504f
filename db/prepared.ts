import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import type { Client } from 'pg';

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

/** Runs a statement that the connection parses and plans once; its text should be constant. */
export async function runPrepared<Row extends object>(
  connection: Client,
  text: string,
  values: readonly unknown[],
): Promise<Row[]> {
  const name = statementName(text);
  return (await connection.query<Row>({ text, values: [...values], ...(name ? { name } : {}) })).rows;
}

/** One prepared statement without a transaction of ours, for what is looked up before any operator is known. */
export async function lookUp<Row extends object>(knex: Knex, text: string, values: readonly unknown[]): Promise<Row[]> {
  const connection: Client = await knex.client.acquireConnection();
  try {
    return await runPrepared<Row>(connection, text, values);
  } finally {
    await knex.client.releaseConnection(connection);
  }
}
