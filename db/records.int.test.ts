import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import { localDate } from '../domain/calendar';
import type { LeaseId, PaymentId } from '../domain/ids';
import { fen } from '../domain/money';
import { type TestDatabase, testDatabase } from '../test/harness/database';
import { documentBytes, storeDocument } from './documents';
import { grantExemption, protections, recordPromise, setFireAlarm } from './enforcement';
import { casesOf, closeCase, openCase } from './enforcement-cases';
import { openDatabase } from './knex';
import { changesOf, decideChange, insertChange } from './lease-changes';
import { updateLease } from './leases';
import { leaseNotices, serveNotices } from './notices';
import { applyPayment, storePayment } from './payments';
import { markRead } from './queries/work';
import { moveRefund, refundsOf, requestRefund } from './refunds';
import { aLease, aPlace, newId, type Place, plainDecision } from './testing';
import { type Tx, withOperator } from './tx';
import { closeWorkOrder, openWorkOrder, type WorkOrderId } from './work-orders';

const AT = '2026-03-01T01:00:00.000Z';
const LATER = '2026-03-02T01:00:00.000Z';

let database: TestDatabase;
let db: Knex;
let place: Place;
let leaseId: LeaseId;

beforeAll(async () => {
  database = await testDatabase();
  db = openDatabase(database.url, 'app', 2);
  place = await aPlace(db);
  leaseId = await aLease(db, place);
});

afterAll(async () => {
  await db?.destroy();
  await database?.drop();
});

const asOperator = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => withOperator(db, place.operatorId, work);

describe('what protects a lease from a lock-out', () => {
  const read = (today: string) =>
    asOperator((tx) => protections(tx, { leaseId, roomId: place.roomId, today: localDate(today) }));

  it('is nothing unless someone granted it', async () => {
    expect(await read('2026-03-01')).toEqual({ exemption: null, promise: null, humanRelease: null, fireAlarm: false });
  });

  it('holds an exemption through its last day', async () => {
    const until = localDate('2026-03-10');
    await asOperator((tx) => grantExemption(tx, { leaseId, by: 's', at: AT, reason: '住院', until }));
    expect((await read('2026-03-10')).exemption).toEqual({ reason: '住院', until: '2026-03-10' });
    expect((await read('2026-03-11')).exemption).toBeNull();
  });

  it('names the next instalment that has not been paid', async () => {
    const promise = (until: string, amountFen: number) =>
      asOperator((tx) =>
        recordPromise(tx, { leaseId, by: 's', at: AT, until: localDate(until), amountFen: fen(amountFen) }),
      );
    await promise('2026-03-20', 1_000);
    await promise('2026-03-30', 2_000);
    expect((await read('2026-03-02')).promise).toEqual({ until: '2026-03-20', amountFen: 1_000 });
    const paymentId: PaymentId = newId();
    const { communityId } = place;
    await asOperator(async (tx) => {
      const stored = { channel: 'bank' as const, providerNumber: 'B1', amountFen: fen(1_500), paidAt: LATER };
      await storePayment(tx, { id: paymentId, leaseId, ...stored });
      await applyPayment(tx, { leaseId, communityId, paymentId, at: LATER, decide: plainDecision });
    });
    expect((await read('2026-03-02')).promise).toEqual({ until: '2026-03-30', amountFen: 2_000 });
  });

  it('covers a human release and a fire alarm in the building', async () => {
    const humanRelease = { by: 's', reason: '老人在家', until: null };
    await asOperator((tx) => updateLease(tx, leaseId, { humanRelease }));
    await asOperator((tx) => setFireAlarm(tx, place.buildingId, AT));
    expect(await read('2026-03-02')).toMatchObject({ humanRelease, fireAlarm: true });
    await asOperator((tx) => setFireAlarm(tx, place.buildingId, null));
    expect((await read('2026-03-02')).fireAlarm).toBe(false);
  });
});

describe('an enforcement case', () => {
  it('is asked for, confirmed and released as one case with its evidence', async () => {
    const open = (state: 'awaitingConfirmation' | 'restricted', at: string) =>
      asOperator((tx) =>
        openCase(tx, {
          leaseId,
          roomId: place.roomId,
          state,
          arrearsFen: fen(5),
          evidence: { bills: ['b'] },
          at,
          by: 's',
        }),
      );
    await open('awaitingConfirmation', AT);
    await open('restricted', LATER);
    await open('restricted', LATER);
    await asOperator((tx) => closeCase(tx, leaseId, LATER, '已付清'));
    await asOperator((tx) => closeCase(tx, leaseId, LATER, '再次'));
    expect(await asOperator((tx) => casesOf(tx, leaseId))).toMatchObject([
      { state: 'released', openedAt: AT, decidedBy: 's', releaseReason: '已付清', evidence: { bills: ['b'] } },
    ]);
  });
});

describe('a refund', () => {
  it('is requested once, fails, is sent again and is done for good', async () => {
    const ask = () =>
      asOperator((tx) =>
        requestRefund(tx, { leaseId, key: 'settlement', amountFen: fen(100), reason: '退押金', at: AT }),
      );
    const first = await ask();
    expect(await ask()).toMatchObject({ id: first.id, isNew: false });
    const move = (to: 'sent' | 'done' | 'failed') => asOperator((tx) => moveRefund(tx, first.id, { to, at: LATER }));
    expect([
      await move('sent'),
      await move('failed'),
      await move('failed'),
      await move('sent'),
      await move('done'),
    ]).toEqual([true, true, false, true, true]);
    await expect(move('sent')).rejects.toMatchObject({ code: 'RefundStatusChanged' });
    expect(await asOperator((tx) => refundsOf(tx, leaseId))).toMatchObject([{ status: 'done', amountFen: 100 }]);
  });
});

describe('inboxes', () => {
  it('serve a notice once, and remember when it was first read', async () => {
    const notice = {
      key: 'overdue/1',
      audience: 'tenant',
      template: 'overdue',
      title: '欠费',
      text: '请付款',
    } as const;
    const serve = () => asOperator((tx) => serveNotices(tx, { leaseId, communityId: place.communityId }, AT, [notice]));
    await serve();
    await serve();
    const served = (await asOperator((tx) => leaseNotices(tx, leaseId))).filter(({ key }) => key === notice.key);
    expect(served).toMatchObject([{ leaseId, servedAt: AT, readAt: null, text: '请付款' }]);
    const [{ id } = { id: newId<'notice'>() }] = served;
    const read = (at: string) => asOperator((tx) => markRead(tx, id, { tenantId: place.tenantId }, new Date(at)));
    expect(await read(LATER)).toBe(true);
    expect(await read('2026-04-01T00:00:00.000Z')).toBe(true);
    const [kept] = (await asOperator((tx) => leaseNotices(tx, leaseId))).filter(({ key }) => key === notice.key);
    expect(kept?.readAt).toBe(LATER);
  });
});

describe('work orders, changes and documents', () => {
  it('opens a work order once and closes it once', async () => {
    const order = {
      key: 'lock/1',
      communityId: place.communityId,
      leaseId,
      roomId: place.roomId,
      kind: 'enforcement',
      title: '门未锁',
    } as const;
    await asOperator((tx) => openWorkOrder(tx, { ...order, at: AT }));
    await asOperator((tx) => openWorkOrder(tx, { ...order, at: LATER }));
    const rows = await asOperator((tx) =>
      tx.query<{ id: WorkOrderId }>(`SELECT id FROM work_order WHERE key = 'lock/1'`),
    );
    expect(rows).toHaveLength(1);
    const [{ id } = { id: newId<'workOrder'>() }] = rows;
    expect(await asOperator((tx) => closeWorkOrder(tx, id, LATER, '已锁'))).toBe(true);
    expect(await asOperator((tx) => closeWorkOrder(tx, id, LATER, '又锁'))).toBe(false);
  });

  it('keeps a change with the dry-run that was shown, and its decision', async () => {
    const change = {
      id: newId<'change'>(),
      leaseId,
      kind: 'renewal',
      status: 'requested',
      requestedBy: 's',
      requestedAt: AT,
    } as const;
    const store = () =>
      asOperator((tx) => insertChange(tx, { ...change, segment: { rateFen: 1 }, dryRun: [{ totalFen: 1 }] }));
    await store();
    await store();
    await asOperator((tx) => decideChange(tx, change.id, { status: 'applied', at: LATER }));
    expect(await asOperator((tx) => changesOf(tx, leaseId))).toMatchObject([
      { ...change, status: 'applied', segment: { rateFen: 1 }, dryRun: [{ totalFen: 1 }], decidedAt: LATER },
    ]);
  });

  it('stores a document once, unreadable in its column, and gives back its bytes', async () => {
    const keys = { currentKeyId: 'k1', keys: new Map([['k1', randomBytes(32)]]), indexKey: randomBytes(32) };
    const file = { leaseId, key: 'contract', title: '租赁合同', mime: 'application/pdf', at: AT };
    const first = await asOperator((tx) => storeDocument(tx, { ...file, bytes: Buffer.from('%PDF-1') }, keys));
    const second = await asOperator((tx) => storeDocument(tx, { ...file, bytes: Buffer.from('%PDF-2') }, keys));
    expect(second).toEqual(first);
    expect((await asOperator((tx) => documentBytes(tx, leaseId, 'contract', keys)))?.bytes.toString()).toBe('%PDF-1');
    const [raw] = await asOperator((tx) => tx.query<{ bytes: Buffer }>('SELECT bytes FROM document'));
    expect(raw?.bytes.toString('latin1')).not.toContain('%PDF');
  });
});

describe('one-time codes, before the operator is known', () => {
  const call = async (sql: string, values: readonly (string | number)[]): Promise<unknown> =>
    Object.values((await db.raw<{ rows: object[] }>(`SELECT ${sql}`, [...values])).rows[0] ?? {})[0];
  const issue = (phone: string, code: string, at: string) =>
    call(`otp_issue(?, ?, ?::timestamptz, interval '5 minutes', 3)`, [phone, code, at]);
  const redeem = (phone: string, code: string, at: string) =>
    call('otp_redeem(?, ?, ?::timestamptz, 3)', [phone, code, at]);

  it('are good once, for five minutes, for three tries', async () => {
    expect(await issue('p1', 'c1', '2026-03-01T01:00:00Z')).toBe(true);
    expect(await redeem('p1', 'wrong', '2026-03-01T01:01:00Z')).toBe(false);
    expect(await redeem('p1', 'c1', '2026-03-01T01:01:00Z')).toBe(true);
    expect(await redeem('p1', 'c1', '2026-03-01T01:01:00Z')).toBe(false);
    await issue('p2', 'c2', '2026-03-01T01:00:00Z');
    expect(await redeem('p2', 'c2', '2026-03-01T01:05:00Z')).toBe(false);
    await issue('p3', 'c3', '2026-03-01T01:00:00Z');
    for (let i = 0; i < 3; i++) await redeem('p3', 'wrong', '2026-03-01T01:01:00Z');
    expect(await redeem('p3', 'c3', '2026-03-01T01:01:00Z')).toBe(false);
  });

  it('are given out three times an hour for a phone, no more', async () => {
    const given = [];
    for (let minute = 0; minute < 5; minute++) given.push(await issue('p4', 'c', `2026-03-01T01:0${minute}:00Z`));
    expect(given).toEqual([true, true, true, false, false]);
    expect(await issue('p4', 'c', '2026-03-01T02:05:00Z')).toBe(true);
  });
});
