import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestDatabase, testDatabase } from '../test/harness/database';
import { openDatabase } from './knex';
import { migrate, migrateDown } from './migrate';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => {
  await database?.drop();
});

async function relations(): Promise<number> {
  const owner = openDatabase(database.url, 'owner', 1);
  const { rows } = await owner.raw<{ rows: { n: number }[] }>(
    `SELECT count(*) AS n FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname NOT LIKE 'knex%'`,
  );
  await owner.destroy();
  return rows[0]?.n ?? -1;
}

describe('migrations', () => {
  it('lead back to an empty schema and up again to the same one, by three processes at once', async () => {
    const before = await relations();
    await migrateDown(database.url);
    expect(await relations()).toBe(0);
    const applied = await Promise.all([1, 2, 3].map(() => migrate(database.url)));
    expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
    expect(await relations()).toBe(before);
  }, 60_000);

  it('go on after a migrating process was killed and left its lock behind', async () => {
    const owner = openDatabase(database.url, 'owner', 1);
    await owner.raw('UPDATE knex_migrations_lock SET is_locked = 1');
    await owner.destroy();
    expect(await migrate(database.url)).toEqual([]);
  });
});
