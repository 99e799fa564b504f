import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import { type TestDatabase, testDatabase } from '../../test/harness/database';
import { issueBills } from '../bills';
import { openDatabase } from '../knex';
import { aDraft, aLease, aPlace, newId, type Place } from '../testing';
import { type Tx, withOperator } from '../tx';
import { listBills } from './bills';
import { listLeases } from './leases';

let database: TestDatabase;
let db: Knex;
let place: Place;

const asOperator = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => withOperator(db, place.operatorId, work);
const PAGE = { after: null, limit: 10 };

const names = (viewer: Parameters<typeof listLeases>[1]) =>
  asOperator(async (tx) => {
    const rows = [...(await listLeases(tx, viewer, {}, PAGE)), ...(await listBills(tx, viewer, {}, PAGE))];
    return rows.map(({ roomName }) => roomName);
  });

beforeAll(async () => {
  database = await testDatabase();
  db = openDatabase(database.url, 'app', 2);
  place = await aPlace(db);
  const leaseId = await aLease(db, place);
  const bills = { leaseId, communityId: place.communityId, at: '2026-01-01T02:00:00.000Z' };
  await asOperator((tx) => issueBills(tx, { ...bills, drafts: [aDraft('2026-01-01')] }));
});

afterAll(async () => {
  await db?.destroy();
  await database?.drop();
});

it('names a room by building and number alone while the operator has one community', async () => {
  await aPlace(db); // another operator's community changes nothing
  const shown = await names({ scope: null });
  expect(shown).toHaveLength(2);
  for (const name of shown) expect(name).toMatch(/^1栋 \S+$/);
});

it('names the community too once there are two, to staff of one of them as well, and not twice to the tenant', async () => {
  await asOperator((tx) =>
    tx.query(`INSERT INTO community (operator_id, id, code, name) VALUES ($1, $2, 'C2', '二期')`, [
      place.operatorId,
      newId(),
    ]),
  );
  for (const viewer of [{ scope: null }, { scope: [place.communityId] }]) {
    const shown = await names(viewer);
    expect(shown).toHaveLength(2);
    for (const name of shown) expect(name).toMatch(/^一期 1栋 \S+$/);
  }
  for (const name of await names({ tenantId: place.tenantId })) expect(name).toMatch(/^1栋 \S+$/);
});
