import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import { type TestDatabase, testDatabase } from '../test/harness/database';
import { openDatabase } from './knex';
import { claimBatch, enqueue, markDelivered, markFailed, purgeDelivered } from './outbox';
import { aPlace, type Place } from './testing';
import { withOperator } from './tx';

let database: TestDatabase;
let db: Knex;
let relay: Knex;
let owner: Knex;
let places: readonly Place[];

beforeAll(async () => {
  database = await testDatabase();
  db = openDatabase(database.url, 'app', 2);
  relay = openDatabase(database.url, 'relay', 4);
  owner = openDatabase(database.url, 'owner', 1);
  places = [await aPlace(db), await aPlace(db)];
});

afterAll(async () => {
  for (const pool of [db, relay, owner]) await pool?.destroy();
  await database?.drop();
});

beforeEach(async () => {
  await owner.raw('DELETE FROM outbox');
});

async function queue(count: number): Promise<void> {
  for (const { operatorId } of places) {
    await withOperator(db, operatorId, async (tx) => {
      for (let n = 0; n < count; n++)
        await enqueue(tx, { key: `payment/${n}`, topic: 'payment.stored', payload: { n } });
    });
  }
}

describe('the outbox', () => {
  it('queues the same news once, and nothing when the transaction is rolled back', async () => {
    await queue(2);
    await queue(2);
    const [first] = places;
    if (!first) throw new Error('no place');
    const failed = withOperator(db, first.operatorId, async (tx) => {
      await enqueue(tx, { key: 'never', topic: 'payment.stored', payload: {} });
      throw new Error('the API died here');
    });
    await expect(failed).rejects.toThrow('the API died here');
    expect(await claimBatch(relay, 100)).toHaveLength(4);
  });

  it('gives each message of all operators to one of several relays', async () => {
    await queue(20);
    const batches = await Promise.all([1, 2, 3, 4].map(() => claimBatch(relay, 10)));
    const ids = batches.flat().map(({ id }) => id);
    expect(ids).toHaveLength(40);
    expect(new Set(ids).size).toBe(40);
    expect(await claimBatch(relay, 10)).toEqual([]);
  });

  it('delivers again what a relay claimed and then died over', async () => {
    await queue(1);
    const claimed = await claimBatch(relay, 10, 0);
    expect(claimed.map(({ attempts }) => attempts)).toEqual([1, 1]);
    const again = await claimBatch(relay, 10, 0);
    expect(again.map(({ attempts }) => attempts)).toEqual([2, 2]);
  });

  it('never delivers again what was marked, and forgets it after some days', async () => {
    await queue(1);
    await markDelivered(relay, await claimBatch(relay, 10, 0));
    expect(await claimBatch(relay, 10, 0)).toEqual([]);
    expect(await purgeDelivered(relay, 1, 10)).toBe(0);
    expect(await purgeDelivered(relay, 0, 1)).toBe(1);
    expect(await purgeDelivered(relay, 0, 10)).toBe(1);
  });

  it('waits longer after each failure and keeps the reason', async () => {
    await queue(1);
    const [message] = await claimBatch(relay, 1, 0);
    if (!message) throw new Error('nothing claimed');
    await markFailed(relay, [{ ...message }], 'no such workflow');
    await owner.raw('UPDATE outbox SET attempts = 9 WHERE id = ?', [message.id]);
    await markFailed(relay, [message], 'no such workflow');
    const { rows } = await owner.raw<{ rows: { seconds: number; last_error: string }[] }>(
      `SELECT round(extract(epoch FROM next_attempt_at - now()))::int AS seconds, last_error FROM outbox WHERE id = ?`,
      [message.id],
    );
    expect(rows[0]?.last_error).toBe('no such workflow');
    expect(rows[0]?.seconds).toBeGreaterThan(240);
    expect(rows[0]?.seconds).toBeLessThanOrEqual(300);
  });

  it('is all that the relay may see', async () => {
    await expect(relay.raw('SELECT 1 FROM payment')).rejects.toMatchObject({ code: '42501' });
    await expect(relay.raw(`UPDATE outbox SET payload = '{}'`)).rejects.toMatchObject({ code: '42501' });
  });
});
