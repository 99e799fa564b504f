import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { openDatabase } from '../../db/knex';
import { databaseUrl } from './databases';
import { freePort } from './ports';
import { type EmbeddedPostgres, startPostgres } from './postgres';

jest.setTimeout(60_000);

const NAME = '王小明';
const PHONE = '13911110096';

describe('the embedded database', () => {
  let folder: string;
  let logFile: string;
  let postgres: EmbeddedPostgres;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'apartment-postgres-'));
    chmodSync(folder, 0o755);
    logFile = join(folder, 'postgres.log');
    const port = await freePort();
    postgres = await startPostgres({
      folder: join(folder, 'data'),
      port,
      logFile,
      databases: ['leaks'],
      throwaway: true,
    });
  }, 120_000);
  afterAll(async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('logs that a rule was broken, and neither the row nor the values of the statement', async () => {
    const knex = openDatabase(databaseUrl(postgres.serverUrl, 'leaks'), 'owner', 1);
    try {
      await knex.raw(
        'CREATE TABLE person (name text, phone text UNIQUE, age integer CONSTRAINT grown CHECK (age > 17))',
      );
      const insert = 'INSERT INTO person (name, phone, age) VALUES (?, ?, ?)';
      await knex.raw(insert, [NAME, PHONE, 40]);
      const twice = knex.raw(insert, [NAME, PHONE, 41]);
      await expect(twice).rejects.toMatchObject({ code: '23505' });
      await expect(twice).rejects.toThrow(/^(?!.*王小明)(?!.*13911110096).*duplicate key/s);
      await expect(knex.raw(insert, [NAME, '1', 3])).rejects.toMatchObject({ code: '23514', constraint: 'grown' });
    } finally {
      await knex.destroy();
    }
    const log = readFileSync(logFile, 'utf8');
    expect(log).toContain('duplicate key value violates unique constraint');
    expect(log).toContain('"grown"');
    expect(log).not.toContain(NAME);
    expect(log).not.toContain(PHONE);
  });
});
