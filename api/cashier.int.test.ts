import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { issueBills } from '../db/bills';
import { withLease, withOperator } from '../db/tx';
import { localDate } from '../domain/calendar';
import { outTradeNoOf } from '../domain/cashier-order';
import { parseId } from '../domain/ids';
import { fen } from '../domain/money';
import { addStaff, aPlace, aSignedLease, aTenant, Caller, signInTenant, signUp } from './test-caller';
import { type Rig, startRig } from './test-rig';

// Other tests share the two cores.
jest.setTimeout(60_000);

let rig: Rig;
let admin: Awaited<ReturnType<typeof signUp>>;
let tenant: Caller;
let leaseId: string;
let billId: string;

const day = localDate('2027-01-01');

beforeAll(async () => {
  rig = await startRig();
  admin = await signUp(rig);
  const { roomId, communityId } = await aPlace(admin);
  const { id, phone } = await aTenant(admin);
  leaseId = await aSignedLease(admin, roomId, id);
  tenant = await signInTenant(rig, phone);
  const key = { operatorId: parseId<'operator'>(admin.operatorId), leaseId: parseId<'lease'>(leaseId) };
  const line = {
    kind: 'rent',
    from: day,
    until: localDate('2027-02-01'),
    amountFen: fen(300_000),
    taxFen: fen(0),
  } as const;
  await withLease(rig.services.knex, key, (tx) =>
    issueBills(tx, {
      ...{ leaseId: key.leaseId, communityId: parseId(communityId), at: '2027-01-01T01:00:00.000Z' },
      drafts: [
        {
          ...{ key: 'first', kind: 'first', issueOn: day, dueOn: day, periodFrom: day, periodUntil: line.until },
          lines: [{ ...line, explain: '3000.00 元 × 1 月' }],
        },
      ],
    }),
  );
  billId = (await tenant.must('GET', `/v1/my/leases/${leaseId}/bills`)).body.items[0].id;
}, 120_000);
afterAll(() => rig.stop());

const order = async () => {
  const path = `/v1/my/leases/${leaseId}/cashier-orders`;
  const { body } = await tenant.must('POST', path, { billIds: [billId] }, { key: randomUUID() });
  return { ...body, outTradeNo: outTradeNoOf(parseId(body.orderId)) };
};

type Notice = { outTradeNo: string; amountFen: number; providerNumber: string; attach?: string };

async function notify(notice: Notice, headers?: Record<string, string>) {
  const body = JSON.stringify({
    event: 'paid',
    paidAt: '2027-01-01T02:00:00.000Z',
    attach: admin.operatorId,
    ...notice,
  });
  return new Caller(rig).send('POST', '/callbacks/cashier', body, { headers: headers ?? rig.sign(body) });
}

const count = async (path: string): Promise<number> => (await admin.must('GET', path)).body.items.length;

test('the tenant is sent to the cashier with what the bills still want, and told that no real money moves', async () => {
  const opened = await order();
  expect(opened).toMatchObject({ amountFen: 300_000, status: 'waiting', channel: 'simulator', simulated: true });
  expect(rig.orders.at(-1)).toMatchObject({
    outTradeNo: opened.outTradeNo,
    attach: admin.operatorId,
    amountFen: 300_000,
  });
  expect(opened.redirectUrl).toContain(opened.outTradeNo);
});

test('a payment that the cashier reports twice is stored once, with one message for the lease', async () => {
  const { orderId, outTradeNo } = await order();
  const paid = { outTradeNo, amountFen: 300_000, providerNumber: 'P-1' };
  for (let i = 0; i < 2; i += 1) expect(await notify(paid)).toMatchObject({ status: 200, text: 'success' });
  expect(await count(`/v1/payments?leaseId=${leaseId}`)).toBe(1);
  const rows = await withOperator(rig.services.knex, parseId(admin.operatorId), (tx) =>
    tx.query(`SELECT id FROM outbox WHERE payload ? 'paymentId'`),
  );
  expect(rows).toHaveLength(1);
  const shown = await tenant.must('GET', `/v1/my/leases/${leaseId}/cashier-orders/${orderId}`);
  expect(shown.body.status).toBe('paid');
});

test('a report that nobody signed, or that was altered on the way, is turned away', async () => {
  const { outTradeNo } = await order();
  const paid = { outTradeNo, amountFen: 300_000, providerNumber: 'P-2' };
  expect((await notify(paid, {})).body.code).toBe('BadSignature');
  const signed = rig.sign(JSON.stringify({ ...paid, amountFen: 1 }));
  expect((await notify(paid, signed)).status).toBe(401);
  expect(await count('/v1/payments')).toBe(1);
});

test('money that differs from the order is set aside for a person and never booked', async () => {
  const { outTradeNo } = await order();
  const answer = await notify({ outTradeNo, amountFen: 1, providerNumber: 'P-3' });
  expect(answer.text).toBe('success');
  await notify({ outTradeNo: randomUUID(), amountFen: 5, providerNumber: 'P-4' });
  expect(await count('/v1/payments')).toBe(1);
  const { items } = (await admin.must('GET', '/v1/work-orders')).body;
  expect(items).toHaveLength(2);
  const differs = items.find((item: { leaseId: string | null }) => item.leaseId === leaseId);
  expect(differs).toMatchObject({ kind: 'payment', leaseId, status: 'open' });
  const done = await admin.must('POST', `/v1/work-orders/${differs.id}/closure`, { result: '已退回付款人' });
  expect(done.body).toMatchObject({ status: 'closed', result: '已退回付款人' });
  expect((await admin.post(`/v1/work-orders/${differs.id}/closure`, { result: '再关一次' })).body.code).toBe(
    'WorkOrderClosed',
  );
});

test('money for an order that nobody knows waits with whoever keeps the books of all communities, and is listed', async () => {
  const orderNumber = randomUUID();
  await notify({ outTradeNo: orderNumber, amountFen: 700, providerNumber: 'P-5' });
  const finance = await addStaff(rig, admin, 'finance');
  const orders = (await finance.must('GET', '/v1/work-orders')).body.items;
  const [order] = orders.filter(({ title }: { title: string }) => title.includes('P-5'));
  expect(order).toMatchObject({ kind: 'payment', leaseId: null, roomId: null, status: 'open' });
  const { items } = (await finance.must('GET', '/v1/quarantined-payments')).body;
  expect(items).toContainEqual({
    ...{ channel: 'simulator', providerNumber: 'P-5', orderNumber, amountFen: 700, why: 'unknownOrder' },
    ...{ paidAt: '2027-01-01T02:00:00.000Z', leaseId: null, leaseNumber: null },
  });
  const [first] = (await finance.must('GET', '/v1/quarantined-payments?limit=1')).body.items;
  const { nextCursor } = (await finance.must('GET', '/v1/quarantined-payments?limit=1')).body;
  const [second] = (await finance.must('GET', `/v1/quarantined-payments?limit=1&cursor=${nextCursor}`)).body.items;
  expect(first.providerNumber).not.toBe(second.providerNumber);

  const elsewhere = await addStaff(rig, admin, 'finance', (await aPlace(admin, 'Q')).communityId);
  expect((await elsewhere.must('GET', '/v1/work-orders')).body.items).toEqual([]);
  expect((await elsewhere.must('GET', '/v1/quarantined-payments')).body.items).toEqual([]);
  expect((await addStaff(rig, admin, 'maintenance').then((m) => m.get('/v1/quarantined-payments'))).status).toBe(403);
});

test('an order that was paid twice at the provider keeps both payments, each once, and a person is told of the second', async () => {
  const { orderId, outTradeNo } = await order();
  const before = await count('/v1/payments');
  const twice = ['P-6', 'P-7', 'P-7', 'P-6'];
  for (const providerNumber of twice)
    expect(await notify({ outTradeNo, amountFen: 300_000, providerNumber })).toMatchObject({
      text: 'success',
    });
  const both = [notify({ outTradeNo, amountFen: 300_000, providerNumber: 'P-8' })];
  both.push(notify({ outTradeNo, amountFen: 300_000, providerNumber: 'P-9' }));
  expect((await Promise.all(both)).map(({ status }) => status)).toEqual([200, 200]);
  const payments = (await admin.must('GET', `/v1/payments?leaseId=${leaseId}`)).body.items;
  expect(payments.length - before).toBe(4);
  expect(payments.find(({ id }: { id: string }) => id === orderId).providerNumber).toBe('P-6');
  const { items } = (await admin.must('GET', '/v1/work-orders?status=open')).body;
  const told = items.filter(({ title }: { title: string }) => title.startsWith('同一订单重复付款'));
  expect(told).toHaveLength(3);
  expect(told[0]).toMatchObject({ kind: 'payment', leaseId });
});

test('cash is recorded once per receipt number, never from the future, and not by maintenance', async () => {
  const path = `/v1/leases/${leaseId}/payments`;
  const cash = { channel: 'cash', amountFen: 100, reference: '收据-1' };
  const first = await admin.must('POST', path, cash, { key: randomUUID() });
  const again = await admin.must('POST', path, cash, { key: randomUUID() });
  expect(again.body).toEqual({ ...first.body, duplicate: true });
  const other = await admin.post(path, { ...cash, amountFen: 200 }, { key: randomUUID() });
  expect(other.body.code).toBe('PaymentMismatch');
  const future = { ...cash, reference: '收据-2', paidAt: '2999-01-01T00:00:00Z' };
  expect((await admin.post(path, future, { key: randomUUID() })).body.code).toBe('PaymentInFuture');
  const maintenance = await addStaff(rig, admin, 'maintenance');
  expect((await maintenance.post(path, cash, { key: randomUUID() })).status).toBe(403);
});

test('bills that are paid cannot be paid again', async () => {
  const settled = { billIds: [parseId(randomUUID().replace(/^(.{14})4/, '$17'))] };
  const reply = await tenant.post(`/v1/my/leases/${leaseId}/cashier-orders`, settled, { key: randomUUID() });
  expect(reply.body.code).toBe('NothingToPay');
});
