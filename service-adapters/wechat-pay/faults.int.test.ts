import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { fen } from '../../domain/money';
import type { Answer, NewOrder } from '../payment-provider';
import type { WechatPay } from './client/create-wechat-pay';
import { payAsPerson } from './simulator/pay-as-person';
import {
  anOrder as anyOrder,
  aRefund,
  CONTROL_TOKEN,
  clientOf,
  type Listener,
  newKeys,
  type RunningSimulator,
  startListener,
  startSimulator,
  until,
} from './test-world';

jest.setTimeout(60_000);

let folder: string;
let simulator: RunningSimulator;
let listener: Listener;
let client: WechatPay;

const bookFile = () => join(folder, 'wechat-pay.jsonl');

beforeAll(async () => {
  listener = await startListener(() => client);
});
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wechat-pay-'));
  simulator = await startSimulator({ bookFile: bookFile(), controlToken: CONTROL_TOKEN });
  client = clientOf(simulator.url);
  await client.loadKeys();
  listener.answers.length = 0;
  listener.received.length = 0;
  listener.read = (received) => client.readNotice(received);
  listener.takes = () => true;
});
afterEach(async () => {
  await simulator.stop();
  rmSync(folder, { recursive: true });
});
afterAll(() => listener.stop());

const anOrder = (overrides: Partial<NewOrder> = {}) => anyOrder({ notifyUrl: listener.url, ...overrides });

async function paid(order: NewOrder = anOrder()): Promise<NewOrder> {
  const answer = await client.open(order);
  if (answer.kind !== 'ok' || answer.value.kind !== 'page') throw new Error(JSON.stringify(answer));
  await payAsPerson(answer.value.url, 'pay');
  return order;
}
const rest = (ms: number) => new Promise((wake) => setTimeout(wake, ms));
const kinds = () => listener.notices().map(({ kind }) => kind);

describe('an answer that cannot be known', () => {
  const hows = [
    'http-500',
    'rate-limited',
    'time-out',
    'time-out-after-success',
    'wrong-signature',
    'unsigned',
    'stale',
  ] as const;

  it.each(hows)('(%s) leaves every call unknown, and asking again makes it known', async (how) => {
    const order = await paid();
    const refund = aRefund(order);
    const other = anOrder();
    const impatient = clientOf(simulator.url, how.startsWith('time-out') ? { timeoutMs: 400 } : {});
    await impatient.loadKeys();
    const calls: ReadonlyArray<(by: WechatPay) => Promise<Answer<unknown>>> = [
      (by) => by.open(other),
      (by) => by.query(order.outTradeNo),
      (by) => by.refund(refund),
      (by) => by.queryRefund(refund),
      (by) => by.close(other.outTradeNo),
    ];
    for (const call of calls) {
      simulator.faults.add({ kind: 'answer', how });
      expect(await call(impatient)).toEqual({ kind: 'unknown', why: expect.any(String) });
      expect(await call(client)).toMatchObject({ kind: 'ok' });
    }
    expect(simulator.faults.list()).toEqual([]);
    expect(simulator.book.orders()).toHaveLength(2);
    expect(simulator.book.refundedFen(order.outTradeNo)).toBe(100_000);
  });

  it('of a provider that is away is unknown too, and so is one to another provider’s key', async () => {
    const { url } = simulator;
    await simulator.stop();
    expect(await client.open(anOrder())).toMatchObject({
      kind: 'unknown',
      why: expect.stringContaining('ECONNREFUSED'),
    });
    simulator = await startSimulator(
      { platformPrivatePem: newKeys().privateKey, apiV3Key: 'f'.repeat(32) },
      Number(new URL(url).port),
    );
    expect(await client.open(anOrder())).toMatchObject({
      kind: 'unknown',
      why: expect.stringContaining('unknown serial'),
    });
  });

  it('comes of our own wrong key as well: no order is refused for it', async () => {
    const wrong = clientOf(simulator.url, { merchantPrivatePem: newKeys().privateKey });
    expect(await wrong.open(anOrder())).toMatchObject({ kind: 'unknown', why: expect.stringContaining('SIGN_ERROR') });
  });

  it('is a refusal without signature, unless the configuration says that it is believed', async () => {
    const order = await paid();
    simulator.faults.add({ kind: 'answer', how: 'unsigned', times: 2 });
    expect(await client.close(order.outTradeNo)).toMatchObject({
      kind: 'unknown',
      why: expect.stringContaining('ORDERPAID'),
    });
    const trusting = clientOf(simulator.url, { believeUnsignedRefusals: true });
    expect(await trusting.close(order.outTradeNo)).toMatchObject({ kind: 'refused', code: 'ORDERPAID' });
    simulator.faults.add({ kind: 'answer', how: 'unsigned' });
    expect(await trusting.query(order.outTradeNo)).toMatchObject({ kind: 'unknown' });
  });
});

describe('the provider’s keys', () => {
  it('are asked for when it has rotated them: no answer is lost, one notice comes twice', async () => {
    const before = await paid();
    await until(() => kinds().length === 1);
    simulator.platform.rotate();
    expect(await client.query(before.outTradeNo)).toMatchObject({ kind: 'ok' });
    const order = anOrder();
    const opened = await client.open(order);
    if (opened.kind !== 'ok' || opened.value.kind !== 'page') throw new Error('not opened');
    simulator.platform.rotate();
    await payAsPerson(opened.value.url, 'pay');
    await until(() => kinds().length === 2);
    expect(listener.answers.at(1)).toEqual({
      ok: false,
      code: 'BadSignature',
      why: expect.stringContaining('unknown serial'),
    });
  });

  it('may be one public key that the configuration names', async () => {
    const publicKey = newKeys();
    await simulator.stop();
    simulator = await startSimulator({ publicKey: { id: 'PUB_KEY_ID_0116', privatePem: publicKey.privateKey } });
    client = clientOf(simulator.url, { publicKey: { id: 'PUB_KEY_ID_0116', pem: publicKey.publicKey } });
    simulator.faults.add({ kind: 'answer', call: 'certificates', how: 'http-500' });
    await paid();
    await until(() => kinds().length === 1);
    expect(simulator.faults.list()).toHaveLength(1); // no certificate was asked for
  });
});

describe('a clock that is ten minutes off', () => {
  it.each([600_000, -600_000])('(%d ms) is corrected by the provider’s own time, for notices too', async (offMs) => {
    client = clientOf(simulator.url, { clock: () => Date.now() + offMs });
    listener.read = (received) => client.readNotice({ ...received, nowMs: received.nowMs + offMs });
    await paid();
    await until(() => kinds().length === 1);
  });
});

describe('a notice', () => {
  it('that comes late comes', async () => {
    simulator.faults.add({ kind: 'notice', how: 'late', delayMs: 300 });
    await paid();
    await rest(150);
    expect(kinds()).toEqual([]);
    await until(() => kinds().length === 1);
  });

  it('that comes twice has one number', async () => {
    simulator.faults.add({ kind: 'notice', how: 'duplicate' });
    await paid();
    await until(() => kinds().length === 2);
    expect(new Set(listener.notices().map(({ noticeId }) => noticeId)).size).toBe(1);
  });

  it('of a payment may follow the one of its refund', async () => {
    simulator.faults.add({ kind: 'notice', about: 'payment', how: 'out-of-order', delayMs: 5_000 });
    const order = await paid();
    await client.refund(aRefund(order));
    await until(() => kinds().length === 2);
    expect(kinds()).toEqual(['refund', 'payment']);
  });

  it('that is lost is found by asking', async () => {
    simulator.faults.add({ kind: 'notice', how: 'lost' });
    const order = await paid();
    await rest(150);
    expect(kinds()).toEqual([]);
    expect(await client.query(order.outTradeNo)).toMatchObject({ kind: 'ok', value: { status: 'paid' } });
  });

  it('with a wrong signature is refused, and believed when it comes again rightly signed', async () => {
    simulator.faults.add({ kind: 'notice', how: 'wrong-signature' });
    await paid();
    await until(() => kinds().length === 1);
    expect(listener.answers.map(({ ok }) => ok)).toEqual([false, true]);
    expect(listener.answers[0]).toMatchObject({ code: 'BadSignature' });
  });

  it('is sent again until it is taken, also after the provider was killed in the middle of a line', async () => {
    listener.takes = () => false;
    const order = await paid();
    await until(() => listener.received.length >= 2);
    await simulator.stop();
    writeFileSync(bookFile(), `${readFileSync(bookFile(), 'utf8')}{"kind":"told","id":"`);
    listener.takes = () => true;
    const before = listener.received.length;
    simulator = await startSimulator({ bookFile: bookFile() });
    client = clientOf(simulator.url);
    await client.loadKeys();
    await until(() => simulator.book.notices().every(({ outcome }) => outcome === 'accepted'));
    expect(await client.query(order.outTradeNo)).toMatchObject({
      kind: 'ok',
      value: { status: 'paid', amountFen: 300_000 },
    });
    await simulator.stop();
    const told = listener.received.length;
    expect(told).toBeGreaterThan(before);
    simulator = await startSimulator({ bookFile: bookFile() });
    await rest(150);
    expect(listener.received).toHaveLength(told);
  });

  it('is given up after sixteen tries, as the provider does after a day', async () => {
    await simulator.stop();
    simulator = await startSimulator({ gapScale: 0.000001 });
    client = clientOf(simulator.url);
    listener.takes = () => false;
    await paid();
    await until(() => simulator.book.notices()[0]?.outcome === 'given-up');
    expect(listener.received).toHaveLength(16);
  });

  it('of a refund that was in progress when the provider was restarted still comes', async () => {
    const order = await paid();
    simulator.faults.add({ kind: 'refund', how: 'success', delayMs: 400 });
    await client.refund(aRefund(order, { amountFen: fen(1) }));
    await simulator.stop();
    simulator = await startSimulator({ bookFile: bookFile() });
    await until(() => kinds().includes('refund'));
  });
});

describe('the control surface', () => {
  const control = (path: string, init: RequestInit = {}, token = CONTROL_TOKEN) =>
    fetch(`${simulator.url}/wechat-pay/control${path}`, {
      ...init,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    });

  it('orders faults, rotates certificates and shows the book to whoever has its token', async () => {
    const order = await paid();
    const fault = { kind: 'answer', call: 'query', how: 'http-500' };
    expect((await control('/faults', { method: 'POST', body: JSON.stringify(fault) })).status).toBe(204);
    expect(await (await control('/faults')).json()).toEqual([{ ...fault, times: 1 }]);
    expect(await client.query(order.outTradeNo)).toMatchObject({ kind: 'unknown' });
    expect((await control('/faults', { method: 'POST', body: '{"kind":"weather"}' })).status).toBe(400);
    expect(await (await control('/rotation', { method: 'POST' })).json()).toEqual({
      serial_no: expect.stringMatching(/^[0-9A-F]{40}$/),
    });
    await client.refund(aRefund(order));
    expect(await (await control('/book')).json()).toMatchObject({
      orders: [{ out_trade_no: order.outTradeNo, trade_state: 'REFUND', amount: { total: 300_000 } }],
      refunds: [{ out_trade_no: order.outTradeNo, amount: { refund: 100_000 } }],
    });
  });

  it('is closed to others', async () => {
    const stranger = await control('/book', {}, 'somebody-else-altogether');
    expect([stranger.status, await stranger.text()]).toEqual([401, '{"code":"Unauthorized"}']);
    await simulator.stop();
    simulator = await startSimulator();
    expect((await control('/book')).status).toBe(404);
  });
});
