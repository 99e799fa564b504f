import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import { openDatabase } from '../db/knex';
import { aPlace, type Place } from '../db/testing';
import { type TestDatabase, testDatabase } from '../test/harness/database';
import { runSweep, sweepOnce } from './sweep';

let database: TestDatabase;
let app: Knex;
let relay: Knex;
let owner: Knex;
let places: readonly Place[];

beforeAll(async () => {
  database = await testDatabase();
  app = openDatabase(database.url, 'app', 2);
  relay = openDatabase(database.url, 'relay', 4);
  owner = openDatabase(database.url, 'owner', 2);
  places = [await aPlace(app), await aPlace(app)];
});
afterAll(async () => {
  for (const pool of [app, relay, owner]) await pool?.destroy();
  await database?.drop();
});

const TABLES = ['idempotency_key', 'otp', 'outbox', 'rate_limit', 'session'];

/** For each operator `count` rows of every kind, `days` old. */
async function leave(days: number, count: number): Promise<void> {
  const past = `now() - make_interval(days => ${days})`;
  const tag = `concat_ws('/', '${days}', n)`;
  for (const { operatorId } of places) {
    await owner.raw(`
      INSERT INTO idempotency_key (operator_id, actor, key, request_hash, created_at)
        SELECT '${operatorId}', 'staff:1', ${tag}, 'h', ${past} FROM generate_series(1, ${count}) n;
      INSERT INTO outbox (operator_id, key, topic, payload, delivered_at)
        SELECT '${operatorId}', ${tag}, 'startLease', '{}', ${past} FROM generate_series(1, ${count}) n;
      INSERT INTO outbox (operator_id, key, topic, payload, created_at)
        VALUES ('${operatorId}', 'undelivered/${days}', 'startLease', '{}', ${past});
      INSERT INTO session (operator_id, token_hash, subject_kind, subject_id, csrf_token, created_at, last_seen_at, expires_at)
        SELECT '${operatorId}', '${operatorId}' || ${tag}, 'staff', uuidv7(), 'c', ${past}, ${past}, ${past}
          FROM generate_series(1, ${count}) n;
      INSERT INTO otp (phone_hash, code_hash, issued_at, expires_at)
        SELECT '${operatorId}' || ${tag}, 'c', ${past}, ${past} FROM generate_series(1, ${count}) n;
      INSERT INTO rate_limit (key, since, hits)
        SELECT '${operatorId}' || ${tag}, ${past}, 1 FROM generate_series(1, ${count}) n;`);
  }
}

async function left(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of TABLES) {
    const { rows } = await owner.raw<{ rows: { n: number }[] }>(`SELECT count(*)::int AS n FROM ${table}`);
    counts[table] = rows[0]?.n ?? 0;
  }
  return counts;
}

describe('the sweep', () => {
  it('takes what is past its days, of all operators, and leaves the rest and whatever is still to be delivered', async () => {
    await leave(8, 3);
    await leave(2, 2);
    await leave(0, 1);
    // Of 2 operators each: 3 old, 2 of the day before yesterday, 1 of now; and 3 undelivered messages.
    expect(await left()).toEqual({ idempotency_key: 12, otp: 12, outbox: 18, rate_limit: 12, session: 12 });
    expect(await sweepOnce(relay)).toEqual({ idempotency_key: 6, outbox: 6, session: 10, otp: 10, rate_limit: 10 });
    expect(await left()).toEqual({ idempotency_key: 6, otp: 2, outbox: 12, rate_limit: 2, session: 2 });
    expect(await sweepOnce(relay)).toEqual({ idempotency_key: 0, outbox: 0, session: 0, otp: 0, rate_limit: 0 });
  });

  it('of several workers at once takes each row once, and works a backlog off in batches', async () => {
    await leave(30, 1_600);
    const rounds = await Promise.all([sweepOnce(relay), sweepOnce(relay), sweepOnce(relay)]);
    const again = await sweepOnce(relay);
    for (const what of ['idempotency_key', 'outbox', 'session', 'otp', 'rate_limit'] as const) {
      expect([...rounds, again].reduce((total, gone) => total + gone[what], 0)).toBe(3_200);
    }
  }, 60_000);

  it('waits for nobody: while another worker deletes, it is done at once', async () => {
    await leave(31, 1);
    const other = await owner.transaction();
    await other.raw(`SELECT pg_advisory_xact_lock(hashtextextended('apartment.purge.otp', 0))`);
    expect((await sweepOnce(relay)).otp).toBe(0);
    await other.rollback();
    expect((await sweepOnce(relay)).otp).toBe(2);
  });

  it('is the relay’s right alone: the app can delete neither answers nor codes of others', async () => {
    for (const call of ["purge_otp(interval '0', 9)", "purge_idempotency_key(interval '0', 9)"]) {
      await expect(app.raw(`SELECT ${call}`)).rejects.toMatchObject({ code: '42501' });
    }
    await expect(relay.raw('DELETE FROM otp')).rejects.toMatchObject({ code: '42501' });
  });

  it('runs beside the worker, says what went, and ends when it is told to', async () => {
    await leave(32, 2);
    const lines: string[] = [];
    const stopping = new AbortController();
    const say = (line: string) => {
      lines.push(line);
      stopping.abort();
    };
    await runSweep(relay, say, stopping.signal);
    expect(lines).toEqual(['swept 4 idempotency_key, 4 outbox, 4 session, 4 otp, 4 rate_limit']);
  });
});
