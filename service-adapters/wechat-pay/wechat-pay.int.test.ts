import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { fen } from '../../domain/money';
import type { NewOrder, OpenedOrder } from '../payment-provider';
import type { WechatPay } from './client/create-wechat-pay';
import { payAsPerson, scannedPage } from './simulator/pay-as-person';
import {
  anOrder as anyOrder,
  aRefund,
  clientOf,
  type Listener,
  newNumber,
  type RunningSimulator,
  startListener,
  startSimulator,
  until,
} from './test-world';

jest.setTimeout(60_000);

let simulator: RunningSimulator;
let listener: Listener;
let client: WechatPay;

beforeAll(async () => {
  listener = await startListener(() => client);
});
beforeEach(async () => {
  simulator = await startSimulator();
  client = clientOf(simulator.url);
  expect(await client.loadKeys()).toBe(true);
  listener.answers.length = 0;
  listener.received.length = 0;
  listener.takes = () => true;
});
afterEach(() => simulator.stop());
afterAll(() => listener.stop());

const anOrder = (overrides: Partial<NewOrder> = {}) => anyOrder({ notifyUrl: listener.url, ...overrides });

async function opened(order: NewOrder): Promise<OpenedOrder> {
  const answer = await client.open(order);
  if (answer.kind !== 'ok') throw new Error(JSON.stringify(answer));
  return answer.value;
}
async function pageOf(order: NewOrder): Promise<string> {
  const value = await opened(order);
  if (value.kind !== 'page') throw new Error(value.kind);
  return value.url;
}
async function paid(overrides: Partial<NewOrder> = {}): Promise<NewOrder> {
  const order = anOrder(overrides);
  await payAsPerson(await pageOf(order), 'pay');
  return order;
}
const stateOf = async ({ outTradeNo }: NewOrder) => {
  const answer = await client.query(outTradeNo);
  return answer.kind === 'ok' ? answer.value.status : answer;
};

describe('a payer with a phone', () => {
  it('pays a bill on the simulated page, which says that it is simulated, and leads back to us', async () => {
    const order = anOrder();
    const url = await pageOf(order);
    const html = await (await fetch(url)).text();
    expect(html).toContain('模拟微信支付，不产生真实扣款');
    expect(html).toContain('¥3,000.00');
    expect(html).toContain('2026年1月房租 &lt;101室&gt;');
    expect(await stateOf(order)).toBe('waiting');
    const receipt = await payAsPerson(url, 'pay');
    expect(receipt).toContain('支付成功（模拟）');
    expect(receipt).toContain('href="http://127.0.0.1:9/bills/1?from=wechat"');
    await until(() => listener.notices().length === 1);
    const query = await client.query(order.outTradeNo);
    expect(query).toMatchObject({
      kind: 'ok',
      value: {
        status: 'paid',
        amountFen: 300_000,
        attach: 'operator-1',
        providerNumber: expect.stringMatching(/^42000\d{23}$/),
      },
    });
    expect(listener.notices()[0]).toMatchObject({ kind: 'payment', order: query.kind === 'ok' ? query.value : {} });
  });

  it('scans the code at the desk and pays in a browser', async () => {
    const order = anOrder({ way: { kind: 'qr' } });
    const value = await opened(order);
    if (value.kind !== 'qr') throw new Error(value.kind);
    expect(value.text).toMatch(/^weixin:\/\/wxpay\/bizpayurl\?pr=\w+$/);
    await payAsPerson(scannedPage(value.text, simulator.url), 'pay');
    expect(await stateOf(order)).toBe('paid');
  });

  it('pays inside WeChat only with parameters that we have signed', async () => {
    const order = anOrder({ way: { kind: 'app', openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' } });
    const value = await opened(order);
    if (value.kind !== 'app') throw new Error(value.kind);
    const page = (fields: Record<string, string>) => `${simulator.url}/wechat-pay/jsapi?${new URLSearchParams(fields)}`;
    const changed = await fetch(page({ ...value.fields, timeStamp: '1' }));
    expect([changed.status, await changed.text()]).toEqual([400, expect.stringContaining('支付验证签名失败')]);
    await payAsPerson(page({ ...value.fields }), 'pay');
    expect(await stateOf(order)).toBe('paid');
  });

  it('who fails, lacks money or turns back has not paid and may try again', async () => {
    const order = anOrder();
    const url = await pageOf(order);
    expect(await payAsPerson(url, 'fail')).toContain('上一次支付失败');
    expect(await payAsPerson(url, 'cancel')).toContain('支付已取消');
    simulator.faults.add({ kind: 'payment', how: 'insufficient-balance' });
    expect(await payAsPerson(url, 'pay')).toContain('余额不足');
    expect(await stateOf(order)).toBe('waiting');
    await payAsPerson(url, 'pay');
    expect(await stateOf(order)).toBe('paid');
    await expect(payAsPerson(url, 'pay')).rejects.toThrow('the cashier page answered 200'); // no button any more
    await until(() => listener.notices().length > 0);
    expect(simulator.book.notices()).toHaveLength(1);
  });

  it('cannot pay an order that has expired or was closed', async () => {
    const expiring = anOrder({ expiresAt: new Date(Date.now() + 2_000).toISOString() });
    const url = await pageOf(expiring);
    await until(() => Date.now() > Date.parse(expiring.expiresAt));
    await expect(payAsPerson(url, 'pay')).rejects.toThrow();
    expect(await (await fetch(url)).text()).toContain('订单已过期');
    const closed = anOrder();
    const page = await pageOf(closed);
    expect(await client.close(closed.outTradeNo)).toEqual({ kind: 'ok', value: null });
    expect(await (await fetch(page)).text()).toContain('订单已关闭');
    expect(await stateOf(closed)).toBe('closed');
  });
});

describe('an order', () => {
  it('is the same order when it is opened again, and refused with another amount', async () => {
    const order = anOrder();
    expect(await opened(order)).toEqual(await opened(order));
    expect(await client.open({ ...order, amountFen: fen(1) })).toMatchObject({
      kind: 'refused',
      code: 'OUT_TRADE_NO_USED',
    });
    expect(simulator.book.orders()).toHaveLength(1);
  });

  it('is closed once for all, and not once it is paid', async () => {
    const order = anOrder();
    await opened(order);
    expect(await client.close(order.outTradeNo)).toEqual({ kind: 'ok', value: null });
    expect(await client.close(order.outTradeNo)).toEqual({ kind: 'ok', value: null });
    expect(await client.open(order)).toMatchObject({ kind: 'refused', code: 'ORDER_CLOSED' });
    const settled = await paid();
    expect(await client.close(settled.outTradeNo)).toMatchObject({ kind: 'refused', code: 'ORDERPAID' });
    expect(await client.open(settled)).toMatchObject({ kind: 'refused', code: 'ORDERPAID' });
  });

  it('that was never opened is refused by its code', async () => {
    expect(await client.query(newNumber())).toMatchObject({ kind: 'refused', code: 'ORDER_NOT_EXIST' });
    expect(await client.close(newNumber())).toMatchObject({ kind: 'refused', code: 'ORDER_NOT_EXIST' });
  });
});

describe('a refund', () => {
  it('is in progress first, and told when it is done', async () => {
    const order = await paid();
    const refund = aRefund(order);
    const answer = await client.refund(refund);
    expect(answer).toMatchObject({ kind: 'ok', value: { status: 'processing', amountFen: 100_000, doneAt: null } });
    await until(() => listener.notices().some(({ kind }) => kind === 'refund'));
    const query = await client.queryRefund(refund);
    expect(query).toMatchObject({ kind: 'ok', value: { status: 'done', doneAt: expect.any(String) } });
    const told = listener.notices().find(({ kind }) => kind === 'refund');
    expect(told).toMatchObject({ outTradeNo: order.outTradeNo, refund: query.kind === 'ok' ? query.value : {} });
    expect(await stateOf(order)).toBe('paid');
  });

  it('is made once however often it is asked for, and never more than was paid', async () => {
    const order = await paid();
    const refund = aRefund(order, { amountFen: fen(200_000) });
    await client.refund(refund);
    expect(await client.refund(refund)).toMatchObject({ kind: 'ok', value: { amountFen: 200_000 } });
    expect(simulator.book.refundedFen(order.outTradeNo)).toBe(200_000);
    expect(await client.refund({ ...refund, amountFen: fen(1) })).toMatchObject({
      kind: 'refused',
      code: 'INVALID_REQUEST',
    });
    expect(await client.refund(aRefund(order, { amountFen: fen(100_001) }))).toMatchObject({ kind: 'refused' });
    expect(await client.refund(aRefund(order))).toMatchObject({ kind: 'ok' });
    expect(simulator.book.refundedFen(order.outTradeNo)).toBe(300_000);
  });

  it.each([
    ['abnormal', 'abnormal', 200_000],
    ['closed', 'closed', 0],
  ] as const)('may end %s, which is told and asked alike', async (how, status, leftFen) => {
    const order = await paid();
    simulator.faults.add({ kind: 'refund', how, delayMs: 30 });
    const refund = aRefund(order, { amountFen: fen(200_000) });
    expect(await client.refund(refund)).toMatchObject({ kind: 'ok', value: { status: 'processing' } });
    await until(() => listener.notices().some(({ kind }) => kind === 'refund'));
    expect(listener.notices().find(({ kind }) => kind === 'refund')).toMatchObject({
      refund: { status, doneAt: null },
    });
    expect(await client.queryRefund(refund)).toMatchObject({ kind: 'ok', value: { status } });
    expect(simulator.book.refundedFen(order.outTradeNo)).toBe(leftFen);
  });

  it('is refused for want of balance, for an unpaid order, and when nobody asked for it', async () => {
    const order = await paid();
    simulator.faults.add({ kind: 'refund', how: 'not-enough' });
    expect(await client.refund(aRefund(order))).toMatchObject({ kind: 'refused', code: 'NOT_ENOUGH' });
    const unpaid = anOrder();
    await opened(unpaid);
    expect(await client.refund(aRefund(unpaid))).toMatchObject({ kind: 'refused', code: 'INVALID_REQUEST' });
    expect(await client.queryRefund(aRefund(order))).toMatchObject({ kind: 'refused', code: 'RESOURCE_NOT_EXISTS' });
  });
});
