import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import type { LeaseId } from '../../domain/ids';
import { type TestDatabase, testDatabase } from '../../test/harness/database';
import { issueBills } from '../bills';
import { openDatabase } from '../knex';
import { updateLease } from '../leases';
import { aDraft, aLease, aPlace, type Place } from '../testing';
import { type Tx, withOperator } from '../tx';
import { listBills } from './bills';
import { readOverview } from './operator';

const PAST = '2020-01-01';
const FAR = '2999-01-01';

let database: TestDatabase;
let db: Knex;
let place: Place;
let traveller: LeaseId;

const asOperator = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => withOperator(db, place.operatorId, work);

const bill = (leaseId: LeaseId, dueOn: string, amountFen: number): Promise<unknown> =>
  asOperator((tx) =>
    issueBills(tx, {
      leaseId,
      communityId: place.communityId,
      at: '2020-01-01T02:00:00.000Z',
      drafts: [aDraft(dueOn, amountFen)],
    }),
  );

const listed = (filter: { overdue?: boolean; open?: boolean }) =>
  asOperator((tx) => listBills(tx, { scope: null }, filter, { after: null, limit: 100 }));

beforeAll(async () => {
  database = await testDatabase();
  db = openDatabase(database.url, 'app', 2);
  place = await aPlace(db);
  const today = await aLease(db, place);
  traveller = await aLease(db, place);
  await bill(today, PAST, 100_00);
  await bill(today, FAR, 200_00);
  await bill(traveller, FAR, 400_00);
  await asOperator((tx) => updateLease(tx, traveller, { travelledTo: '2999-01-01T16:30:00.000Z' }));
}, 60_000);

afterAll(async () => {
  await db?.destroy();
  await database?.drop();
});

it('a bill is overdue once it was due before today, by the clock of its own lease', async () => {
  const bills = await listed({ open: true });
  expect(bills.map(({ totalFen, overdue }) => [totalFen, overdue]).sort()).toEqual([
    [10_000, true],
    [20_000, false],
    [40_000, true],
  ]);
});

it('the list of overdue bills adds up to what the first screen says is overdue', async () => {
  const bills = await listed({ overdue: true });
  const overview = await asOperator((tx) => readOverview(tx, null, undefined));
  expect(bills.map(({ dueOn }) => dueOn).sort()).toEqual([PAST, FAR]);
  expect(bills.reduce((sum, { openFen }) => sum + openFen, 0)).toBe(overview.overdueFen);
  expect(overview.overdueFen).toBe(500_00);
});

it('what is not overdue is all the rest', async () => {
  expect((await listed({ overdue: false })).map(({ dueOn }) => dueOn)).toEqual([FAR]);
});
