import { randomBytes } from 'node:crypto';
import { escapeIdentifier } from 'pg';
import { migrate } from '../../db/migrate';
import { administer, databaseUrl } from '../../deploy/embedded/databases';

const TEMPLATE = 'apartment_template';

/** A migrated, empty database of one test file. */
export interface TestDatabase {
  /** For `openDatabase` and for processes under test. */
  readonly url: string;
  /** Fails when connections are still open: a leak in the code under test. */
  drop(): Promise<void>;
}

/**
 * Clones a database for this test file: the migrations run once per test run, into a template; the copy takes some 50 ms. Call it in
 * `beforeAll`, and `drop` in `afterAll` once all pools are closed.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const server = process.env.TEST_POSTGRES_URL;
  if (!server) throw new Error('no test servers: this helper is for .int.test.ts and .e2e.test.ts files');
  const postgres = databaseUrl(server, 'postgres');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await administer(postgres, async (client) => {
    // Held while migrating and while copying: a template that somebody is connected to cannot be copied.
    await client.query(`SELECT pg_advisory_lock(hashtextextended('apartment.template', 0))`);
    const found = await client.query('SELECT datistemplate FROM pg_database WHERE datname = $1', [TEMPLATE]);
    if (!found.rows[0]?.datistemplate) {
      await client.query(`DROP DATABASE IF EXISTS ${TEMPLATE}`);
      await client.query(`CREATE DATABASE ${TEMPLATE}`);
      await migrate(databaseUrl(server, TEMPLATE));
      await client.query(`ALTER DATABASE ${TEMPLATE} IS_TEMPLATE true`);
    }
    await client.query(`CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE ${TEMPLATE}`);
  });
  return {
    url: databaseUrl(server, name),
    drop: () => administer(postgres, (client) => client.query(`DROP DATABASE ${escapeIdentifier(name)}`)),
  };
}
