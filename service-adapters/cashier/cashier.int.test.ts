import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { CreateOrder } from '../../contract/cashier';
import { type Simulator, startSimulator } from '../simulator/server';
import { type VerifiedPayment, verifyNotification } from './callback';
import { type CashierClient, createCashierClient } from './client';
import { type DemoKeys, ensureDemoKeys } from './keys';
import { payAtCashier } from './pay-at-cashier';

jest.setTimeout(60_000);

let folder: string;
let keys: DemoKeys;
let simulator: Simulator;
let gateway: CashierClient;
let merchant: Server;
/** What the merchant's callback was told, and how it answers. */
let payments: VerifiedPayment[];
let tries: number;
let answer: () => string;

const start = async () => {
  const notifyPauses = { firstPauseMs: 20, maxPauseMs: 100 };
  const bookFile = join(folder, 'cashier.jsonl');
  simulator = await startSimulator({ keyDir: folder, host: '127.0.0.1', port: 0, bookFile, notifyPauses });
  gateway = createCashierClient({
    baseUrl: simulator.url,
    merchantPrivatePem: keys.merchant.privatePem,
    providerPublicPem: keys.provider.publicPem,
  });
};
const notifyUrl = () => `http://127.0.0.1:${(merchant.address() as AddressInfo).port}/callbacks/cashier`;
const anOrder = (overrides: Partial<CreateOrder> = {}): CreateOrder => ({
  outTradeNo: randomUUID(),
  amountFen: 300_000,
  subject: '2026年1月房租 <101室>',
  notifyUrl: notifyUrl(),
  attach: 'operator-1',
  ...overrides,
});
async function created(order: CreateOrder) {
  const result = await gateway.createOrder(order);
  if (!result.ok) throw new Error(result.code);
  return result.value;
}
async function until(condition: () => boolean) {
  for (let i = 0; i < 200 && !condition(); i++) await new Promise((wake) => setTimeout(wake, 20));
  expect(condition()).toBe(true);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cashier-'));
  keys = ensureDemoKeys(folder);
  merchant = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      tries += 1;
      const body = Buffer.concat(chunks).toString('utf8');
      const verified = verifyNotification({ body, headers: req.headers, nowMs: Date.now() }, keys.provider.publicPem);
      if (verified.ok) payments.push(verified.payment);
      res.end(answer());
    });
  });
  await new Promise<void>((resolve) => merchant.listen(0, '127.0.0.1', resolve));
});
beforeEach(async () => {
  payments = [];
  tries = 0;
  answer = () => 'success';
  await start();
});
afterEach(() => simulator.close());
afterAll(() => {
  merchant.close();
  rmSync(folder, { recursive: true });
});

describe('the simulated cashier', () => {
  it('shows amount and bill under a banner that says no money moves, and tells us of the payment at its business time', async () => {
    const order = await created(anOrder({ businessAt: '2027-03-05T02:00:00.000Z' }));
    const html = await (await fetch(order.cashierUrl)).text();
    expect(html).toContain('模拟收银台，不产生真实扣款');
    expect(html).toContain('¥3,000.00');
    expect(html).toContain('2026年1月房租 &lt;101室&gt;');
    await payAtCashier(order.cashierUrl, 'success');
    await until(() => payments.length === 1);
    expect(payments[0]).toMatchObject({
      outTradeNo: order.outTradeNo,
      amountFen: 300_000,
      paidAt: '2027-03-05T02:00:00.000Z',
      attach: 'operator-1',
    });
    const { providerNumber } = payments[0] ?? {};
    const query = await gateway.queryOrder(order.outTradeNo);
    expect(query).toMatchObject({ ok: true, value: { status: 'paid', providerNumber, refundedFen: 0 } });
  });

  it('leaves the order open after a failed payment and takes the money once however often the button is pressed', async () => {
    const order = await created(anOrder());
    await payAtCashier(order.cashierUrl, 'failure');
    expect(await gateway.queryOrder(order.outTradeNo)).toMatchObject({ value: { status: 'pending' } });
    expect(await (await fetch(order.cashierUrl)).text()).toContain('上一次支付失败');
    await Promise.all([1, 2, 3].map(() => payAtCashier(order.cashierUrl, 'success')));
    await until(() => payments.length > 0);
    const numbers = new Set(payments.map(({ providerNumber }) => providerNumber));
    const query = await gateway.queryOrder(order.outTradeNo);
    expect([...numbers]).toEqual([query.ok ? query.value.providerNumber : 'none']);
  });

  it('repeats the notification until we answer success, also after it was restarted', async () => {
    let broken = true;
    answer = () => (broken ? 'database is down' : 'success');
    const order = await created(anOrder());
    await payAtCashier(order.cashierUrl, 'success');
    await until(() => tries >= 2);
    await simulator.close();
    const before = tries;
    broken = false;
    await start();
    await until(() => tries === before + 1);
    await new Promise((wake) => setTimeout(wake, 150));
    expect(tries).toBe(before + 1);
    const download = await gateway.downloadBook();
    if (!download.ok) throw new Error(download.code);
    const book = download.value;
    const paid = book.orders.find(({ outTradeNo }) => outTradeNo === order.outTradeNo);
    expect(paid?.status).toBe('paid');
    expect(book.notified).toContain(paid?.providerNumber);
  });

  it('shows its book to the merchant alone: it names every payer and the address of every open order', async () => {
    const order = await created(anOrder());
    const stranger = await fetch(`${simulator.url}/book`);
    expect(stranger.status).toBe(401);
    expect(await stranger.text()).not.toContain(order.outTradeNo);
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const impostor = createCashierClient({
      baseUrl: simulator.url,
      merchantPrivatePem: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
      providerPublicPem: keys.provider.publicPem,
    });
    expect(await impostor.downloadBook()).toEqual({ ok: false, code: 'InvalidSignature' });
  });

  it('takes no money for an order that was closed or is over, and gives back its number', async () => {
    const closed = await created(anOrder());
    expect(await gateway.closeOrder(closed.outTradeNo)).toMatchObject({ value: { status: 'closed' } });
    const over = await created(anOrder({ expiresAt: new Date(Date.now() - 1_000).toISOString() }));
    for (const { cashierUrl, outTradeNo } of [closed, over]) {
      expect(await (await fetch(cashierUrl)).text()).toContain('订单已关闭');
      await payAtCashier(cashierUrl, 'success');
      expect(await gateway.queryOrder(outTradeNo)).toMatchObject({ value: { status: 'closed', providerNumber: null } });
    }
    const paid = await created(anOrder());
    await payAtCashier(paid.cashierUrl, 'success');
    expect(await gateway.closeOrder(paid.outTradeNo)).toEqual({ ok: false, code: 'OrderPaid' });
    expect(await gateway.closeOrder('unknown')).toEqual({ ok: false, code: 'OrderNotFound' });
    const refund = { outRefundNo: randomUUID(), outTradeNo: paid.outTradeNo, amountFen: 1, reason: '退款' };
    expect(await gateway.queryRefund(refund.outRefundNo)).toEqual({ ok: false, code: 'RefundNotFound' });
    expect(await gateway.queryRefund(refund.outRefundNo)).not.toEqual(await gateway.refund(refund));
    expect(await gateway.queryRefund(refund.outRefundNo)).toEqual(await gateway.refund(refund));
  });

  it('answers the same order twice and refuses our number for another amount', async () => {
    const order = anOrder();
    expect(await created(order)).toEqual(await created(order));
    expect(await gateway.createOrder({ ...order, amountFen: 1 })).toEqual({ ok: false, code: 'OrderConflict' });
    expect(await gateway.queryOrder('unknown')).toEqual({ ok: false, code: 'OrderNotFound' });
  });

  it('refunds in parts, each once, and never more than was paid', async () => {
    const order = await created(anOrder());
    const refund = { outRefundNo: randomUUID(), outTradeNo: order.outTradeNo, amountFen: 200_000, reason: '退押金' };
    expect(await gateway.refund(refund)).toEqual({ ok: false, code: 'OrderNotPaid' });
    await payAtCashier(order.cashierUrl, 'success');
    const first = await gateway.refund(refund);
    expect(first).toMatchObject({ ok: true, value: { amountFen: 200_000 } });
    expect(await gateway.refund(refund)).toEqual(first);
    expect(await gateway.refund({ ...refund, amountFen: 1 })).toEqual({ ok: false, code: 'RefundConflict' });
    const more = { ...refund, outRefundNo: randomUUID() };
    expect(await gateway.refund(more)).toEqual({ ok: false, code: 'RefundExceedsPayment' });
    expect(await gateway.refund({ ...more, amountFen: 100_000 })).toMatchObject({ ok: true });
    expect(await gateway.queryOrder(order.outTradeNo)).toMatchObject({
      value: { status: 'refunded', refundedFen: 300_000 },
    });
  });

  it('refuses a request that somebody else has signed', async () => {
    const stranger = createCashierClient({
      baseUrl: simulator.url,
      merchantPrivatePem: keys.provider.privatePem,
      providerPublicPem: keys.provider.publicPem,
    });
    expect(await stranger.createOrder(anOrder())).toEqual({ ok: false, code: 'InvalidSignature' });
  });

  it('is not believed when its answer is signed by somebody else', async () => {
    const deceived = createCashierClient({
      baseUrl: simulator.url,
      merchantPrivatePem: keys.merchant.privatePem,
      providerPublicPem: keys.merchant.publicPem,
    });
    await expect(deceived.createOrder(anOrder())).rejects.toThrow('BadSignature');
  });

  it('knows no page for a link that was cut short', async () => {
    const order = await created(anOrder());
    const response = await fetch(order.cashierUrl.slice(0, -4));
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('没有这笔订单');
  });
});
