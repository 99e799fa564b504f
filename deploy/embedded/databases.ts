import { setTimeout as delay } from 'node:timers/promises';
import { Client, escapeIdentifier } from 'pg';

/** The URL of one database on a server. */
export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Runs one administrative statement; a server that is still starting up (or recovering from a crash) is waited for. */
export async function administer(
  url: string,
  run: (client: Client) => Promise<unknown>,
  limitMs = 60_000,
): Promise<void> {
  const until = Date.now() + limitMs;
  for (;;) {
    const client = new Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
    } catch (error) {
      await client.end().catch(() => undefined);
      if (!isStartingUp(error) || Date.now() > until) throw error;
      await delay(50);
      continue;
    }
    try {
      await run(client);
      return;
    } finally {
      await client.end();
    }
  }
}

/** Creates a database unless it exists. */
export async function ensureDatabase(serverUrl: string, name: string): Promise<void> {
  await administer(databaseUrl(serverUrl, 'postgres'), async (client) => {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${escapeIdentifier(name)}`);
  });
}

/** 57P03 is "cannot_connect_now"; a refused or cut connection comes from the moments before and after. */
function isStartingUp(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return (
    ['57P03', 'ECONNREFUSED', 'ECONNRESET'].includes(code) ||
    (error instanceof Error && /terminated unexpectedly/.test(error.message))
  );
}
