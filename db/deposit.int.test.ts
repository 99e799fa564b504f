import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import { localDate } from '../domain/calendar';
import type { LeaseId, PaymentId } from '../domain/ids';
import { fen } from '../domain/money';
import { type TestDatabase, testDatabase } from '../test/harness/database';
import { issueBills } from './bills';
import { openDatabase } from './knex';
import { applyPayment, storePayment } from './payments';
import { readStatement } from './queries/lease-history';
import { findLease } from './queries/leases';
import { aDraft, aLease, aPlace, newId, type Place, plainDecision } from './testing';
import { withLease, withOperator } from './tx';

let database: TestDatabase;
let db: Knex;
let place: Place;

beforeAll(async () => {
  database = await testDatabase();
  db = openDatabase(database.url, 'app', 2);
  place = await aPlace(db);
});
afterAll(async () => {
  await db?.destroy();
  await database?.drop();
});

/** A first bill of 3,100 yuan of rent and 3,000 yuan of deposit. */
function aFirstBill() {
  const draft = aDraft('2026-01-01');
  const day = localDate('2026-01-01');
  const deposit = {
    kind: 'deposit',
    from: day,
    until: day,
    amountFen: fen(300_000),
    taxFen: fen(0),
    explain: '押金',
  } as const;
  return { ...draft, key: 'first', kind: 'first', lines: [...draft.lines, deposit] } as const;
}

async function pay(leaseId: LeaseId, amountFen: number, at: string): Promise<void> {
  const { operatorId, communityId } = place;
  const id: PaymentId = newId();
  const payment = { id, leaseId, channel: 'cash', providerNumber: id, amountFen: fen(amountFen), paidAt: at } as const;
  await withLease(db, { operatorId, leaseId }, async (tx) => {
    await storePayment(tx, payment);
    await applyPayment(tx, { leaseId, communityId, paymentId: id, at, decide: plainDecision });
  });
}

const held = (leaseId: LeaseId, until?: string) =>
  withOperator(db, place.operatorId, async (tx) => {
    const lease = await findLease(tx, leaseId, { scope: null });
    const day = until === undefined ? undefined : localDate(until);
    const { depositHeldFen } = await readStatement(tx, leaseId, { until: day });
    return [lease?.depositBilledFen, lease?.depositHeldFen, depositHeldFen];
  });

it('nothing of a deposit is held before it is paid, and never more than has come: of a bill paid in part it is paid last', async () => {
  const { operatorId, communityId } = place;
  const leaseId = await aLease(db, place);
  await withLease(db, { operatorId, leaseId }, (tx) =>
    issueBills(tx, { leaseId, communityId, at: '2026-01-01T01:00:00.000Z', drafts: [aFirstBill()] }),
  );
  expect(await held(leaseId)).toEqual([300_000, 0, 0]);
  await pay(leaseId, 400_000, '2026-01-03T02:00:00.000Z');
  expect(await held(leaseId)).toEqual([300_000, 90_000, 90_000]);
  await pay(leaseId, 210_000, '2026-01-05T02:00:00.000Z');
  expect(await held(leaseId)).toEqual([300_000, 300_000, 300_000]);
  // The statement of a past day stays what it was.
  expect((await held(leaseId, '2026-01-02'))[2]).toBe(0);
  expect((await held(leaseId, '2026-01-04'))[2]).toBe(90_000);
});
