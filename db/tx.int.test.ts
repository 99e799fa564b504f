import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import { type TestDatabase, testDatabase } from '../test/harness/database';
import { openDatabase } from './knex';
import { aPlace, newId, type Place } from './testing';
import { readAsOperator, withLease, withOperator } from './tx';

let database: TestDatabase;
let db: Knex;
let place: Place;

beforeAll(async () => {
  database = await testDatabase();
  db = openDatabase(database.url, 'app', 4);
  place = await aPlace(db);
});

afterAll(async () => {
  await db?.destroy();
  await database?.drop();
});

const nameOf = (): Promise<string | undefined> =>
  readAsOperator(db, place.operatorId, async (tx) => {
    const [row] = await tx.query<{ name: string }>('SELECT name FROM community WHERE id = $1', [place.communityId]);
    return row?.name;
  });

const rename = (name: string) => (tx: Parameters<Parameters<typeof withOperator>[2]>[0]) =>
  tx.query('UPDATE community SET name = $2 WHERE id = $1', [place.communityId, name]);

describe('a transaction', () => {
  it('that only reads is refused a write, and the pool is whole afterwards', async () => {
    const before = await nameOf();
    await expect(readAsOperator(db, place.operatorId, rename('改名'))).rejects.toMatchObject({ code: '25006' });
    expect(await nameOf()).toBe(before);
  });

  it('leaves nothing behind when a statement after a good one fails, also when both were sent together', async () => {
    const before = await nameOf();
    const work = withOperator(db, place.operatorId, (tx) =>
      Promise.all([rename('半途')(tx), tx.query('SELECT 1 / 0'), rename('再改')(tx)]),
    );
    await expect(work).rejects.toMatchObject({ code: '22012' });
    expect(await nameOf()).toBe(before);
  });

  it('that has ended takes no further statement, so that a straggler meets no other operator', async () => {
    let straggler: Promise<unknown> | undefined;
    const lone = openDatabase(database.url, 'app', 1);
    try {
      const failing = withOperator(lone, place.operatorId, (tx) => {
        const slow = tx.query('SELECT pg_sleep(0.05)').catch(() => undefined);
        straggler = slow.then(() => rename('迟到')(tx)).catch((error: Error) => error.message);
        return Promise.all([slow, Promise.reject(new Error('the other half failed'))]);
      });
      await expect(failing).rejects.toThrow('the other half failed');
      expect(await straggler).toBe('the transaction has ended');
      const kept = await withOperator(lone, place.operatorId, async (tx) => tx);
      await expect(kept.run((knex) => knex('community').select('name'))).rejects.toThrow('has ended');
    } finally {
      await lone.destroy();
    }
    expect(await nameOf()).not.toBe('迟到');
  });

  it('says that it waited too long for its lease, not what the statements behind it met', async () => {
    const key = { operatorId: place.operatorId, leaseId: newId<'lease'>() };
    const impatient = openDatabase(database.url, 'app', 1);
    try {
      await impatient.raw(`SET lock_timeout = '100ms'`);
      await withLease(db, key, async () => {
        const second = withLease(impatient, key, rename('抢先'));
        await expect(second).rejects.toMatchObject({ code: '55P03' });
      });
    } finally {
      await impatient.destroy();
    }
  });
});
