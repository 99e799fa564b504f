import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import { localDate } from '../domain/calendar';
import type { LeaseId, PaymentId } from '../domain/ids';
import { fen } from '../domain/money';
import { type TestDatabase, testDatabase } from '../test/harness/database';
import { balance, billedLines, billedSoFar, issueBills, openBills, voidBill } from './bills';
import { openDatabase } from './knex';
import { insertSignedLease } from './leases';
import { applyPayment, storePayment } from './payments';
import { aDraft, aLease, aNewLease, aPlace, newId, type Place, plainDecision } from './testing';
import { withLease, withOperator } from './tx';

let database: TestDatabase;
let db: Knex;
let owner: Knex;
let place: Place;

beforeAll(async () => {
  database = await testDatabase();
  db = openDatabase(database.url, 'app', 4);
  owner = openDatabase(database.url, 'owner', 1);
  place = await aPlace(db);
});

afterAll(async () => {
  await db?.destroy();
  await owner?.destroy();
  await database?.drop();
});

const inLease = <T>(leaseId: LeaseId, work: Parameters<typeof withLease<T>>[2]): Promise<T> =>
  withLease(db, { operatorId: place.operatorId, leaseId }, work);

const issue = (leaseId: LeaseId, at: string, ...drafts: ReturnType<typeof aDraft>[]) =>
  inLease(leaseId, (tx) =>
    issueBills(tx, {
      leaseId,
      communityId: place.communityId,
      at,
      drafts,
      events: drafts.map(({ key }) => ({ key: `bill/${key}`, kind: 'billIssued' })),
      notices: drafts.map(({ key }) => ({
        key: `bill/${key}`,
        audience: 'tenant' as const,
        template: 'billIssued',
        title: '账单',
        text: '账单',
      })),
    }),
  );

async function pay(leaseId: LeaseId, amountFen: number, at: string, paymentId: PaymentId = newId()) {
  await withOperator(db, place.operatorId, (tx) =>
    storePayment(tx, {
      id: paymentId,
      leaseId,
      channel: 'simulator',
      providerNumber: paymentId,
      amountFen: fen(amountFen),
      paidAt: at,
    }),
  );
  return inLease(leaseId, (tx) =>
    applyPayment(tx, { leaseId, communityId: place.communityId, paymentId, at, decide: plainDecision }),
  );
}

const COUNTED = [
  'bill',
  'bill_line',
  'bill_allocation',
  'ledger_transaction',
  'ledger_entry',
  'lease_event',
  'notice',
  'outbox',
];

/** How many rows there are of everything that a step writes. */
async function rowCounts(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of COUNTED) {
    const { rows } = await owner.raw<{ rows: { n: number }[] }>(`SELECT count(*) AS n FROM ${table}`);
    counts[table] = rows[0]?.n ?? -1;
  }
  return counts;
}

describe('issuing bills', () => {
  it('stores a bill with its lines, posting, event and notice, and answers what is open', async () => {
    const leaseId = await aLease(db, place);
    const before = await rowCounts();
    const after = await issue(leaseId, '2026-01-01T01:00:00.000Z', aDraft('2026-01-01'));
    expect(after.open).toEqual([
      {
        key: 'period/2026-01-01',
        kind: 'periodic',
        issueOn: '2026-01-01',
        dueOn: '2026-01-01',
        totalFen: 310_000,
        openFen: 310_000,
      },
    ]);
    const written = await rowCounts();
    expect(written.bill).toBe((before.bill ?? 0) + 1);
    expect(written.ledger_entry).toBe((before.ledger_entry ?? 0) + 3);
    const [stored] = await withOperator(db, place.operatorId, (tx) => billedLines(tx, leaseId));
    expect(stored).toMatchObject(aDraft('2026-01-01'));
  });

  it('changes nothing when the same bills are issued again', async () => {
    const leaseId = await aLease(db, place);
    const first = await issue(leaseId, '2026-01-01T01:00:00.000Z', aDraft('2026-01-01'), aDraft('2026-02-01'));
    const before = await rowCounts();
    const second = await issue(leaseId, '2026-01-01T05:00:00.000Z', aDraft('2026-02-01'), aDraft('2026-01-01'));
    expect(second.open).toEqual(first.open);
    expect(await rowCounts()).toEqual(before);
  });

  it('lets a credit from an overpayment pay the next bill', async () => {
    const leaseId = await aLease(db, place);
    await issue(leaseId, '2026-01-01T01:00:00.000Z', aDraft('2026-01-01'));
    expect(await pay(leaseId, 400_000, '2026-01-02T01:00:00.000Z')).toMatchObject({ open: [], prepaymentFen: 90_000 });
    const after = await issue(leaseId, '2026-02-01T01:00:00.000Z', aDraft('2026-02-01'));
    expect(after.prepaymentFen).toBe(0);
    expect(after.open.map((bill) => bill.openFen)).toEqual([220_000]);
    expect(await withOperator(db, place.operatorId, (tx) => balance(tx, leaseId))).toEqual({
      open: after.open,
      prepaymentFen: 0,
    });
  });

  it('turns a bill with a negative total into credit at once, oldest open bill first', async () => {
    const leaseId = await aLease(db, place);
    await issue(leaseId, '2026-01-01T01:00:00.000Z', aDraft('2026-01-01'));
    const after = await issue(leaseId, '2026-01-10T01:00:00.000Z', aDraft('2026-01-01', -50_000, 'adjustment/1'));
    expect(after.open.map(({ key, openFen }) => [key, openFen])).toEqual([['period/2026-01-01', 260_000]]);
  });

  it('keeps what was paid on a voided bill as credit', async () => {
    const leaseId = await aLease(db, place);
    await issue(leaseId, '2026-01-01T01:00:00.000Z', aDraft('2026-01-01'));
    await pay(leaseId, 100_000, '2026-01-02T01:00:00.000Z');
    const takeBack = () =>
      inLease(leaseId, (tx) =>
        voidBill(tx, {
          leaseId,
          communityId: place.communityId,
          at: '2026-01-03T01:00:00.000Z',
          key: 'period/2026-01-01',
          reason: '租约未生效',
        }),
      );
    expect(await takeBack()).toEqual({ open: [], prepaymentFen: 100_000 });
    const before = await rowCounts();
    expect(await takeBack()).toEqual({ open: [], prepaymentFen: 100_000 });
    expect(await rowCounts()).toEqual(before);
  });
});

describe('a lease that was taken over running', () => {
  const takenOver = async (data: Readonly<Record<string, string>>) => {
    const own = await aPlace(db);
    const billedUntil = localDate('2026-05-01');
    const events = [{ key: 'imported', kind: 'imported', data }];
    const lease = aNewLease(own, { source: 'imported', billedUntil, events });
    return withOperator(db, own.operatorId, async (tx) => {
      await insertSignedLease(tx, lease);
      return billedSoFar(tx, lease.id);
    });
  };

  it('has days that were billed elsewhere, up to the first day that was left to us', async () => {
    expect(await takenOver({ billedFrom: '2026-04-01' })).toMatchObject([{ kind: 'opening', until: '2026-04-01' }]);
  });

  it('is never billed again for its past when that day was not noted', async () => {
    expect(await takenOver({ by: 'system' })).toMatchObject([{ kind: 'opening', until: '2026-05-01' }]);
  });
});

describe('applying payments', () => {
  it('changes nothing when the same payment is applied again', async () => {
    const leaseId = await aLease(db, place);
    await issue(leaseId, '2026-01-01T01:00:00.000Z', aDraft('2026-01-01'));
    const paymentId: PaymentId = newId();
    const first = await pay(leaseId, 300_000, '2026-01-02T01:00:00.000Z', paymentId);
    expect(first.open.map((bill) => bill.openFen)).toEqual([10_000]);
    const before = await rowCounts();
    expect(await pay(leaseId, 300_000, '2026-01-02T09:00:00.000Z', paymentId)).toEqual(first);
    expect(await rowCounts()).toEqual(before);
  });

  it('stores a provider number once and refuses it with another amount', async () => {
    const leaseId = await aLease(db, place);
    const payment = {
      id: newId<'payment'>(),
      leaseId,
      channel: 'alipay' as const,
      providerNumber: 'ALI-1',
      amountFen: fen(100),
      paidAt: '2026-01-02T01:00:00.000Z',
    };
    const store = (change: object) =>
      withOperator(db, place.operatorId, (tx) => storePayment(tx, { ...payment, id: newId(), ...change }));
    const first = await store({});
    expect(await store({})).toEqual({ paymentId: first.paymentId, duplicate: true });
    await expect(store({ amountFen: fen(101) })).rejects.toMatchObject({ code: 'PaymentMismatch' });
  });

  it('never pays a bill beyond its total when payments arrive at the same moment', async () => {
    const leaseId = await aLease(db, place);
    await issue(leaseId, '2026-01-01T01:00:00.000Z', aDraft('2026-01-01'));
    await Promise.all([1, 2, 3, 4].map(() => pay(leaseId, 100_000, '2026-01-02T01:00:00.000Z')));
    expect(await withOperator(db, place.operatorId, (tx) => balance(tx, leaseId))).toEqual({
      open: [],
      prepaymentFen: 90_000,
    });
  });

  it('refuses, as the app, to write what a bill has had settled', async () => {
    const leaseId = await aLease(db, place);
    await issue(leaseId, '2026-01-01T01:00:00.000Z', aDraft('2026-01-01'));
    const forge = withOperator(db, place.operatorId, (tx) =>
      tx.query('UPDATE bill SET settled_fen = total_fen WHERE lease_id = $1', [leaseId]),
    );
    await expect(forge).rejects.toMatchObject({ code: '42501' });
    expect(await withOperator(db, place.operatorId, (tx) => openBills(tx, leaseId))).toHaveLength(1);
  });
});
