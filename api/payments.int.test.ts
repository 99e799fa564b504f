import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { fen } from '../domain/money';
import { pressButton } from '../service-adapters/alipay/press-button';
import { payAtCashier } from '../service-adapters/cashier/pay-at-cashier';
import { payAsPerson } from '../service-adapters/wechat-pay/simulator/pay-as-person';
import { type PaymentWorld, paymentWorld, type Sent } from '../test/payments/payment-world';
import { Caller } from './test-caller';

// Other tests share the two cores.
jest.setTimeout(120_000);

let all: PaymentWorld;
beforeAll(async () => {
  all = await paymentWorld();
}, 180_000);
afterAll(() => all?.close(), 120_000);
beforeEach(() => {
  all.road.losing = false;
  all.simulator.alipay.faults.clear();
  all.simulator.wechat.faults.clear();
});

const FIRST_BILL = 600_000;
const PAY = {
  alipay: (url: string) => pressButton(url, 'pay'),
  wechat: (url: string) => payAsPerson(url, 'pay'),
} as const;
const CHANNELS = ['alipay', 'wechat'] as const;

const resend = ({ path, headers, body }: Sent) => new Caller(all.rig).send('POST', path, body, { headers });
const noticesAbout = (path: string) => all.road.sent.filter((sent) => sent.path === path);
const PATHS = { alipay: '/callbacks/alipay', wechat: '/callbacks/wechat-pay' } as const;

test('the tenant is offered every provider by its name, and told which of them only pretend', async () => {
  const { tenant } = await all.newLease();
  const { items } = (await tenant.must('GET', '/v1/my/payment-methods')).body;
  expect(items).toEqual([
    { channel: 'alipay', name: { zh: '支付宝', en: 'Alipay' }, simulated: true },
    { channel: 'wechat', name: { zh: '微信支付', en: 'WeChat Pay' }, simulated: true },
    { channel: 'simulator', name: { zh: '模拟收银台', en: 'simulated cashier' }, simulated: true },
  ]);
});

describe.each(CHANNELS)('a bill paid by %s', (channel) => {
  test('on the provider’s page is paid in the app, at the right account, once however often it is reported', async () => {
    const lease = await all.newLease();
    const key = randomUUID();
    const order = await lease.openOrder(channel, key);
    expect(order.status).toBe('waiting');
    expect(await lease.openOrder(channel, key)).toEqual(order);
    all.road.sent.length = 0;
    await PAY[channel](order.redirectUrl);
    await lease.until('paid', async () => (await lease.orderStatus(order.orderId)) === 'paid');
    const [notice] = noticesAbout(PATHS[channel]);
    if (!notice) throw new Error('no notice came');
    for (let i = 0; i < 2; i += 1) expect((await resend(notice)).status).toBe(channel === 'wechat' ? 204 : 200);
    await lease.until('first payment applied', async () => (await lease.status()) === 'awaitingApproval');
    expect(await lease.payments()).toMatchObject([{ channel, amountFen: FIRST_BILL, status: 'applied' }]);
    expect(await lease.ledger()).toMatchObject({ [`cash.${channel}`]: FIRST_BILL, receivable: 0 });
    expect(await lease.workOrders()).toEqual([]);
  });

  test('is not, when the report was altered on the way or comes from another provider’s door', async () => {
    const lease = await all.newLease();
    const order = await lease.openOrder(channel);
    all.road.losing = true;
    await PAY[channel](order.redirectUrl);
    all.road.losing = false;
    all.road.sent.length = 0;
    await lease.until('a report on the road', async () => noticesAbout(PATHS[channel]).length > 0);
    const [genuine] = noticesAbout(PATHS[channel]);
    if (!genuine) throw new Error('no notice came');
    const forged = { ...genuine, body: genuine.body.replace(/6/g, '7') };
    expect(await resend(forged)).toMatchObject({ status: 401, body: { code: 'BadSignature' } });
    const elsewhere = { ...genuine, path: channel === 'alipay' ? PATHS.wechat : PATHS.alipay };
    expect((await resend(elsewhere)).body.code).toBe('BadSignature');
    await lease.until('the genuine report', async () => (await lease.payments()).length > 0);
    expect(await lease.payments()).toMatchObject([{ channel, amountFen: FIRST_BILL }]);
  });

  test('of another amount than the order is set aside for a person and pays nothing', async () => {
    const lease = await all.newLease();
    const order = await lease.openOrder(channel);
    const outTradeNo = order.orderId.replaceAll('-', '');
    const provider = all.providers.get(channel);
    await provider?.close(outTradeNo);
    const other = await provider?.open({
      ...{
        outTradeNo: `X${outTradeNo.slice(1)}`,
        amountFen: fen(100),
        subject: '别的',
        attach: lease.admin.operatorId,
      },
      ...{ notifyUrl: `${all.road.url}${PATHS[channel]}`, returnUrl: all.road.url, payerIp: '127.0.0.1' },
      ...{ expiresAt: new Date(Date.now() + 900_000).toISOString(), way: { kind: 'page' } },
    });
    if (other?.kind !== 'ok' || other.value.kind !== 'page') throw new Error('no other order');
    // The same number as ours with another amount, as a provider’s mistake or a mixed-up account would have it.
    await all.owner.raw('ALTER TABLE cashier_order DISABLE TRIGGER USER');
    await all.owner.raw(`SELECT set_config('app.operator', ?, false)`, [lease.admin.operatorId]);
    await all.owner.raw('UPDATE cashier_order SET out_trade_no = ? WHERE out_trade_no = ?', [
      `X${outTradeNo.slice(1)}`,
      outTradeNo,
    ]);
    await all.owner.raw('ALTER TABLE cashier_order ENABLE TRIGGER USER');
    await PAY[channel](other.value.url);
    await lease.until('a question', async () => (await lease.workOrders()).length > 0);
    expect(await lease.workOrders()).toEqual([expect.stringMatching(/^到账金额与订单不符.*，1\.00 元/)]);
    expect(await lease.payments()).toEqual([]);
    expect((await lease.admin.must('GET', '/v1/quarantined-payments')).body.items).toMatchObject([
      { channel, amountFen: 100, why: 'amountDiffers', leaseId: lease.id },
    ]);
    expect(await lease.orderStatus(order.orderId)).toBe('waiting');
  });
});

test('a button of the demo’s cashier does not settle an order of another provider, whatever number it names', async () => {
  const lease = await all.newLease();
  const order = await lease.openOrder('alipay');
  const opened = await all.providers.get('simulator')?.open({
    ...{ outTradeNo: order.orderId.replaceAll('-', ''), amountFen: fen(FIRST_BILL), subject: '房租' },
    ...{ attach: lease.admin.operatorId, way: { kind: 'page' }, payerIp: '127.0.0.1' },
    ...{ notifyUrl: `${all.road.url}/callbacks/cashier`, returnUrl: all.road.url },
    expiresAt: new Date(Date.now() + 900_000).toISOString(),
  });
  if (opened?.kind !== 'ok' || opened.value.kind !== 'page') throw new Error('no order at the cashier');
  await payAtCashier(opened.value.url, 'success');
  await lease.until('a question', async () => (await lease.workOrders()).length > 0);
  expect(await lease.workOrders()).toEqual([expect.stringMatching(/^收到无法对应订单的款项/)]);
  expect(await lease.orderStatus(order.orderId)).toBe('waiting');
  expect(await lease.payments()).toEqual([]);
});

describe('another way to pay the same bill', () => {
  test('closes the first order at its provider before the second is opened', async () => {
    const lease = await all.newLease();
    const first = await lease.openOrder('wechat');
    const second = await lease.openOrder('alipay');
    expect(await lease.orderStatus(first.orderId)).toBe('closed');
    expect(await all.providers.get('wechat')?.query(first.orderId.replaceAll('-', ''))).toMatchObject({
      value: { status: 'closed' },
    });
    await PAY.alipay(second.redirectUrl);
    await lease.until('paid', async () => (await lease.orderStatus(second.orderId)) === 'paid');
  });

  test('asked for at the same moment leaves one order that waits', async () => {
    const lease = await all.newLease();
    const both = await Promise.all([lease.openOrder('wechat'), lease.openOrder('alipay'), lease.openOrder('wechat')]);
    const statuses = await Promise.all(both.map(({ orderId }) => lease.orderStatus(orderId)));
    expect(statuses.filter((status) => status === 'waiting').length).toBeLessThanOrEqual(1);
    expect(statuses.filter((status) => status === 'closed').length).toBeGreaterThanOrEqual(2);
  });

  test('whose first page is paid all the same leaves the money as credit, and tells a person', async () => {
    const lease = await all.newLease();
    const first = await lease.openOrder('alipay'); // never opened by the payer, so Alipay cannot close it
    const second = await lease.openOrder('wechat');
    await PAY.wechat(second.redirectUrl);
    await lease.until('first payment applied', async () => (await lease.status()) === 'awaitingApproval');
    expect(await lease.orderStatus(first.orderId)).toBe('closed');
    await PAY.alipay(first.redirectUrl);
    await lease.until('the second payment', async () => (await lease.ledger())['cash.alipay'] === FIRST_BILL);
    expect(await lease.ledger()).toMatchObject({ 'cash.wechat': FIRST_BILL, prepayment: -FIRST_BILL });
    expect(await lease.workOrders()).toEqual([expect.stringMatching(/^已关闭的支付单收到付款/)]);
    expect(await lease.orderStatus(first.orderId)).toBe('paid');
  });

  test('is refused when the first turns out to have been paid', async () => {
    const lease = await all.newLease();
    const first = await lease.openOrder('wechat');
    all.road.losing = true;
    await PAY.wechat(first.redirectUrl);
    const bills = (await lease.tenant.must('GET', `/v1/my/leases/${lease.id}/bills?open=true`)).body.items;
    const body = { billIds: bills.map(({ id }: { id: string }) => id), channel: 'alipay' };
    const path = `/v1/my/leases/${lease.id}/cashier-orders`;
    expect((await lease.tenant.post(path, body, { key: randomUUID() })).body.code).toBe('NothingToPay');
    expect(await lease.orderStatus(first.orderId)).toBe('paid');
    const none = await lease.tenant.post(path, { ...body, channel: 'unionpay' }, { key: randomUUID() });
    expect(none.body.code).toBe('InvalidInput');
  });
});

describe('money back', () => {
  test('goes the way it came, through each provider, and is told once both have said that it is back', async () => {
    const lease = await all.newLease();
    const first = await lease.openOrder('alipay');
    const second = await lease.openOrder('wechat');
    await PAY.wechat(second.redirectUrl);
    await PAY.alipay(first.redirectUrl);
    await lease.until('both', async () => (await lease.payments()).length === 2);
    await lease.until('first payment applied', async () => (await lease.status()) === 'awaitingApproval');
    await lease.until('credit', async () => (await lease.ledger()).prepayment === -FIRST_BILL);
    const path = `/v1/leases/${lease.id}/approval`;
    await lease.admin.must('POST', path, { decision: 'reject', reason: '资料不全' }, { key: randomUUID() });
    await lease.until('both refunds', async () => {
      const { 'cash.alipay': alipay, 'cash.wechat': wechat } = await lease.ledger();
      return alipay === 0 && wechat === 0;
    });
    const back = all.simulator.alipay.book().trades.flatMap((trade) => trade.refunds);
    expect(back).toMatchObject([{ amountFen: FIRST_BILL, done: true }]);
    expect(all.simulator.wechat.book.refunds()).toHaveLength(1);
    expect((await lease.workOrders()).filter((title) => title.includes('退款失败'))).toEqual([]);
    const [ledger, payments, workOrders] = [await lease.ledger(), await lease.payments(), await lease.workOrders()];
    for (const notice of [...all.road.sent].reverse()) expect((await resend(notice)).status).toBeLessThan(300);
    await lease.until('nothing more', async () => true);
    expect([await lease.ledger(), await lease.payments(), await lease.workOrders()]).toEqual([
      ledger,
      payments,
      workOrders,
    ]);
  });

  test('that a provider gave back without being asked by us is a person’s question', async () => {
    const lease = await all.newLease();
    const order = await lease.openOrder('wechat');
    await PAY.wechat(order.redirectUrl);
    await lease.until('paid', async () => (await lease.orderStatus(order.orderId)) === 'paid');
    await all.providers.get('wechat')?.refund({
      ...{ outRefundNo: 'MERCHANT-DESK-1', outTradeNo: order.orderId.replaceAll('-', ''), reason: '后台退款' },
      ...{ amountFen: fen(100), orderFen: fen(FIRST_BILL), notifyUrl: `${all.road.url}${PATHS.wechat}` },
    });
    await lease.until('a question', async () => (await lease.workOrders()).length > 0);
    expect(await lease.workOrders()).toEqual([expect.stringContaining('与记录不符的退款')]);
    expect(await lease.ledger()).toMatchObject({ 'cash.wechat': FIRST_BILL });
  });

  test('that a provider cannot give back becomes finance’s task, with reason and amount', async () => {
    const lease = await all.newLease();
    all.simulator.wechat.faults.add({ kind: 'refund', how: 'abnormal', delayMs: 50 });
    const order = await lease.openOrder('wechat');
    await PAY.wechat(order.redirectUrl);
    await lease.until('first payment applied', async () => (await lease.status()) === 'awaitingApproval');
    const path = `/v1/leases/${lease.id}/approval`;
    await lease.admin.must('POST', path, { decision: 'reject', reason: '资料不全' }, { key: randomUUID() });
    await lease.until('a task', async () => (await lease.workOrders()).length > 0);
    expect(await lease.workOrders()).toEqual([expect.stringMatching(/退款失败.*微信支付退款异常.*6,000\.00 元/)]);
    expect(await lease.ledger()).toMatchObject({ 'cash.wechat': FIRST_BILL, refundPayable: -FIRST_BILL });
  });
});
