import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import { DEFAULT_POLICY } from '../../domain/default-policy';
import type { CommunityId } from '../../domain/ids';
import { type TestDatabase, testDatabase } from '../../test/harness/database';
import { openDatabase } from '../knex';
import { aPlace, newId, type Place, someTerms } from '../testing';
import { withOperator } from '../tx';
import { listLeases } from './leases';

const LEASES = 10_000;

let database: TestDatabase;
let db: Knex;
let owner: Knex;
let place: Place;
let other: Place;

beforeAll(async () => {
  database = await testDatabase();
  db = openDatabase(database.url, 'app', 2);
  owner = openDatabase(database.url, 'owner', 1);
  place = await aPlace(db);
  other = await aPlace(db);
  await populate(place, LEASES);
  await populate(other, 50);
  await owner.raw('VACUUM ANALYZE');
}, 120_000);
afterAll(async () => {
  await Promise.all([db?.destroy(), owner?.destroy()]);
  await database?.drop();
});

/** Leases HT2026110000001 .., each with a room 1001 .. and a tenant of its own; the 7th tenant is 欧阳小明, all others 租客n. */
const populate = ({ operatorId, communityId, buildingId, roomId }: Place, count: number): Promise<unknown> =>
  withOperator(db, operatorId, (tx) =>
    tx.query(
      `WITH n AS MATERIALIZED (SELECT n, uuidv7() AS room, uuidv7() AS tenant FROM generate_series(1, $6::integer) n),
        rooms AS (INSERT INTO room (operator_id, id, community_id, building_id, code)
          SELECT $1::uuid, room, $2::uuid, $3::uuid, (1000 + n)::text FROM n RETURNING id),
        tenants AS (INSERT INTO tenant (operator_id, id, name)
          SELECT $1::uuid, tenant, CASE n WHEN 7 THEN '欧阳小明' ELSE '租客' || n END FROM n RETURNING id)
      INSERT INTO lease (operator_id, id, number, community_id, room_id, tenant_id, status, starts_on, ends_on, terms, policy, signed_at)
        SELECT $1::uuid, uuidv7(), 'HT202611' || lpad(n::text, 7, '0'), $2::uuid, room, tenant, 'effective', '2026-01-01', '2026-12-31',
          $4::jsonb, $5::jsonb, '2025-12-20' FROM n`,
      [operatorId, communityId, buildingId, JSON.stringify(someTerms(roomId)), JSON.stringify(DEFAULT_POLICY), count],
    ),
  );

const find = (search: string, scope: readonly CommunityId[] | null = null, at: Place = place) =>
  withOperator(db, at.operatorId, (tx) => listLeases(tx, { scope }, { search }, { after: null, limit: 26 }));
const numbers = async (search: string) => (await find(search)).map(({ number }) => number);

describe('the list of leases, searched', () => {
  it.each([
    ['the end of its number', '0009876', ['HT2026110009876']],
    ['its number in small letters', 'ht2026110000123', ['HT2026110000123']],
    ['its room', '10876', ['HT2026110009876']],
    ['one word of its tenant’s name', '小明', ['HT2026110000007']],
    ['one character of it', '欧', ['HT2026110000007']],
    ['the whole name', '欧阳小明', ['HT2026110000007']],
    ['characters that stand in it in another order', '明小', []],
    ['what people take for wildcards', '%', []],
    ['something that is nowhere', '没有这个人', []],
  ])('finds a lease by %s', async (_, search, found) => {
    expect(await numbers(search)).toEqual(found);
  });

  it('gives a page of the newest when nearly all of them match', async () => {
    const page = await numbers('HT2026');
    expect(page).toHaveLength(26);
    expect(page[0]).toBe('HT2026110010000');
    expect(page.at(-1)).toBe('HT2026110009975');
  });

  it('stays within the asker’s communities and operator, and follows a tenant’s new name', async () => {
    expect(await find('欧阳', [newId()])).toEqual([]);
    expect(await find('0000007', [place.communityId])).toHaveLength(1);
    expect((await find('欧阳', null, other)).map(({ tenantName }) => tenantName)).toEqual(['欧阳小明']);
    await withOperator(db, other.operatorId, (tx) =>
      tx.query(`UPDATE tenant SET name = '诸葛亮' WHERE name = '欧阳小明'`),
    );
    expect(await find('欧阳', null, other)).toEqual([]);
    expect(await find('诸葛', null, other)).toHaveLength(1);
    expect(await find('诸葛')).toEqual([]);
  });

  it('answers nobody who has no operator, and is closed to whoever is not the app', async () => {
    expect((await db.raw<{ rows: object[] }>(`SELECT search_leases('HT')`)).rows).toEqual([]);
    const relay = openDatabase(database.url, 'relay', 1);
    await expect(relay.raw(`SELECT search_leases('HT')`)).rejects.toMatchObject({ code: '42501' });
    await relay.destroy();
  });

  it.each(['小明', '0009876', '10876'])(
    'reads the indexes and no whole table, by EXPLAIN at 10,000 leases (%s)',
    async (search) => {
      const plans = await plansOf(search);
      expect(plans).toContain('lease_search');
      expect(plans).toContain('tenant_search');
      expect(plans).toContain('room_search');
      expect(plans).not.toContain('Seq Scan');
      expect(await readsOf(search)).toBeLessThan(1_500);
    },
  );
});

/** The plans of the statement inside search_leases as its owner gets them, and of the list around it as the app does. */
async function plansOf(search: string): Promise<string> {
  const { rows } = await owner.raw<{ rows: { body: string }[] }>(
    `SELECT prosrc AS body FROM pg_proc WHERE proname = 'search_leases'`,
  );
  const [, statement = ''] = /RETURN QUERY([\s\S]*);\s*END/.exec(rows[0]?.body ?? '') ?? [];
  const given = statement
    .replaceAll(/\bowner\b/g, '$1::uuid')
    .replaceAll(/\bgrams\b/g, 'search_grams($1::uuid, $2::text)')
    .replaceAll(/\bwords\b/g, '$2::text');
  return owner.transaction(async (trx) => {
    await trx.raw(`SET LOCAL ROLE apartment_lookup; SET LOCAL plan_cache_mode = force_generic_plan;
      PREPARE found (uuid, text) AS ${given}`);
    const plan = await trx.raw<{ rows: Record<string, string>[] }>(
      `EXPLAIN EXECUTE found ('${place.operatorId}', '${search}')`,
    );
    await trx.raw('DEALLOCATE found');
    return plan.rows.map((row) => row['QUERY PLAN']).join('\n');
  });
}

/** Pages of the database that one page of the list touches. Reading all leases with their balances takes some ten thousand. */
async function readsOf(search: string): Promise<number> {
  const [row] = await withOperator(db, place.operatorId, (tx) =>
    tx.query<{ 'QUERY PLAN': readonly { Plan: Record<string, number> }[] }>(
      `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT id, number, tenant_name FROM lease_list
        WHERE id = ANY (ARRAY(SELECT search_leases('${search}'))) ORDER BY id DESC LIMIT 26`,
    ),
  );
  const plan = row?.['QUERY PLAN'][0]?.Plan ?? {};
  return (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0);
}
