import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { fen } from '../../domain/money';
import type { NewOrder, OpenedOrder } from '../payment-provider';
import { pressButton } from './press-button';
import { aMerchant, anOrder, aWorld, CONTROL_KEY, type Merchant, until, type World } from './test-peers';

jest.setTimeout(60_000);

let folder: string;
let world: World;
let merchant: Merchant;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'alipay-'));
  world = await aWorld({ dataDir: folder });
  merchant = await aMerchant((body) => world.alipay.readNotice({ headers: {}, body, nowMs: Date.now() }));
});
afterEach(async () => {
  merchant.close();
  await world.close();
  rmSync(folder, { recursive: true });
});

const ours = (overrides: Partial<NewOrder> = {}): NewOrder => anOrder({ notifyUrl: merchant.url, ...overrides });

function addressOf(opened: OpenedOrder): string {
  if (opened.kind === 'page') return opened.url;
  return opened.kind === 'qr' ? opened.text : `${world.gatewayUrl}?${opened.orderString}`;
}
async function opened(order: NewOrder): Promise<string> {
  const answer = await world.alipay.open(order);
  if (answer.kind !== 'ok') throw new Error(JSON.stringify(answer));
  return addressOf(answer.value);
}
async function paid(overrides: Partial<NewOrder> = {}): Promise<NewOrder> {
  const order = ours(overrides);
  await pressButton(await opened(order), 'pay');
  return order;
}
const refundOf = (order: NewOrder, outRefundNo: string, amount: number) => ({
  outRefundNo,
  outTradeNo: order.outTradeNo,
  amountFen: fen(amount),
  orderFen: order.amountFen,
  reason: '退押金',
  notifyUrl: '',
});
const notices = (kind: 'payment' | 'refund') =>
  merchant.notices.flatMap((read) => (read.ok && read.notice.kind === kind ? [read.notice] : []));

describe('paying with Alipay', () => {
  it.each(['page', 'qr', 'app'] as const)(
    'by %s: the query knows of it once a payer came, and the notice says the same',
    async (kind) => {
      const order = ours({ way: { kind } });
      const address = await opened(order);
      expect(await world.alipay.query(order.outTradeNo)).toMatchObject({
        kind: 'refused',
        code: 'ACQ.TRADE_NOT_EXIST',
      });
      const html = await (await fetch(address)).text();
      expect(html).toContain('模拟支付宝收银台，不产生真实扣款');
      expect(html).toContain('¥3,000.01');
      expect(html).toContain('2026年1月房租 &lt;101室&gt;');
      const waiting = { status: 'waiting', providerNumber: null, paidAt: null, amountFen: 300_001 };
      expect(await world.alipay.query(order.outTradeNo)).toMatchObject({ kind: 'ok', value: waiting });
      await pressButton(address, 'pay');
      await until(() => notices('payment').length === 1);
      const queried = await world.alipay.query(order.outTradeNo);
      expect(queried).toMatchObject({ kind: 'ok', value: { status: 'paid', attach: order.attach } });
      expect(notices('payment')).toMatchObject([{ order: queried.kind === 'ok' ? queried.value : {} }]);
    },
  );

  it('takes the money once however often the button is pressed, after failures too', async () => {
    const order = ours();
    const page = await pressButton(await opened(order), 'insufficient-balance');
    expect(await (await fetch(page)).text()).toContain('余额不足');
    await pressButton(page, 'cancel');
    expect(await (await fetch(page)).text()).toContain('已取消支付');
    expect(await world.alipay.query(order.outTradeNo)).toMatchObject({ value: { status: 'waiting' } });
    await Promise.all([1, 2, 3].map(() => pressButton(page, 'pay')));
    await until(() => notices('payment').length === 1);
    const receipt = await (await fetch(page)).text();
    expect(receipt).toContain('支付成功（模拟）');
    expect(receipt).toContain('http://127.0.0.1:9/bills/1?from=alipay&amp;');
    expect(world.simulator.book().notices).toHaveLength(1);
  });

  it('closes what nobody has paid, once or twice, and refuses to close what was', async () => {
    const order = ours();
    const page = await opened(order);
    expect(await world.alipay.close(order.outTradeNo)).toMatchObject({ kind: 'refused', code: 'ACQ.TRADE_NOT_EXIST' });
    const entered = await pressButton(page, 'cancel');
    for (let i = 0; i < 2; i++) expect(await world.alipay.close(order.outTradeNo)).toEqual({ kind: 'ok', value: null });
    await pressButton(entered, 'pay');
    expect(await world.alipay.query(order.outTradeNo)).toMatchObject({ value: { status: 'closed' } });
    await until(() => notices('payment').length === 1);
    expect(notices('payment')).toMatchObject([{ order: { status: 'closed', providerNumber: null } }]);
    const other = await paid();
    expect(await world.alipay.close(other.outTradeNo)).toMatchObject({
      kind: 'refused',
      code: 'ACQ.TRADE_STATUS_ERROR',
    });
  });

  it('takes no money for an order that has expired, and tells its end though nobody asks', async () => {
    const order = ours({ expiresAt: new Date(Date.now() + 4_000).toISOString() });
    const page = await pressButton(await opened(order), 'cancel');
    await until(() => notices('payment').length === 1);
    expect(notices('payment')).toMatchObject([{ order: { status: 'closed', paidAt: null } }]);
    await pressButton(page, 'pay');
    expect(await (await fetch(page)).text()).toContain('交易已关闭');
    expect(await world.alipay.query(order.outTradeNo)).toMatchObject({ value: { status: 'closed' } });
  });

  it('opens no page for a link that was cut short or altered', async () => {
    const page = await opened(ours());
    expect(await (await fetch(page.replace('3000.01', '0.01'))).text()).toContain('isv.invalid-signature');
    const cut = await fetch(`${world.url}/alipay/cashier/1234`);
    expect(cut.status).toBe(404);
  });
});

describe('refunding with Alipay', () => {
  it('gives back in parts, each once, and never more than was paid', async () => {
    const order = await paid();
    const first = await world.alipay.refund(refundOf(order, 'r-1', 200_000));
    expect(first).toMatchObject({ kind: 'ok', value: { status: 'done', amountFen: 200_000, outRefundNo: 'r-1' } });
    expect(await world.alipay.refund(refundOf(order, 'r-1', 200_000))).toEqual(first);
    const other = await world.alipay.refund(refundOf(order, 'r-1', 1));
    expect(other).toMatchObject({ kind: 'refused', code: 'ACQ.DISCORDANT_REPEAT_REQUEST' });
    const more = await world.alipay.refund(refundOf(order, 'r-2', 200_000));
    expect(more).toMatchObject({ kind: 'refused', code: 'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL' });
    const rest = await world.alipay.refund(refundOf(order, 'r-2', 100_001));
    expect(rest).toMatchObject({ kind: 'ok', value: { status: 'done', amountFen: 100_001 } });
    const which = { outTradeNo: order.outTradeNo, outRefundNo: 'r-1' };
    expect(await world.alipay.queryRefund(which)).toEqual(first);
    await until(() => notices('refund').length === 2);
    const totals = notices('refund').map((notice) => (notice.kind === 'refund' ? notice.refund.amountFen : 0));
    expect(totals.sort()).toEqual([200_000, 300_001]);
    expect(await world.alipay.query(order.outTradeNo)).toMatchObject({ value: { status: 'paid' } });
  });

  it('refuses what was not paid, and finds no refund that was not asked for', async () => {
    const order = ours();
    await pressButton(await opened(order), 'cancel');
    const refused = await world.alipay.refund(refundOf(order, 'r-1', 1));
    expect(refused).toMatchObject({ kind: 'refused', code: 'ACQ.TRADE_STATUS_ERROR' });
    const which = { outTradeNo: order.outTradeNo, outRefundNo: 'r-1' };
    expect(await world.alipay.queryRefund(which)).toMatchObject({ kind: 'refused', code: 'RefundNotFound' });
  });

  it('is processing while the bank is at it and done only then', async () => {
    const order = await paid();
    world.simulator.faults.arm({ at: 'answer', on: 'alipay.trade.refund', kind: 'in-progress', delayMs: 60_000 });
    const refund = refundOf(order, 'r-1', 100);
    expect(await world.alipay.refund(refund)).toMatchObject({
      kind: 'ok',
      value: { status: 'processing', doneAt: null },
    });
    expect(await world.alipay.refund(refund)).toMatchObject({ kind: 'ok', value: { status: 'processing' } });
    expect(notices('refund')).toEqual([]);
    world.simulator.settleAll();
    expect(await world.alipay.queryRefund(refund)).toMatchObject({
      kind: 'ok',
      value: { status: 'done', amountFen: 100 },
    });
    await until(() => notices('refund').length === 1);
  });

  it('is refused while the merchant has no money there, and works with the same number later', async () => {
    const order = await paid();
    world.simulator.faults.arm({ at: 'answer', on: 'alipay.trade.refund', kind: 'insufficient-balance' });
    const refund = refundOf(order, 'r-1', 100);
    expect(await world.alipay.refund(refund)).toMatchObject({ kind: 'refused', code: 'ACQ.SELLER_BALANCE_NOT_ENOUGH' });
    expect(await world.alipay.refund(refund)).toMatchObject({ kind: 'ok', value: { status: 'done' } });
  });
});

describe('when things go wrong', () => {
  const ON_REFUND = { at: 'answer', on: 'alipay.trade.refund' } as const;
  it.each(['timeout', 'timeout-after-success', 'http-500', 'wrong-signature', 'system-error'] as const)(
    'a refund that met %s is unknown, and asked again with its number it happens once',
    async (kind) => {
      const order = await paid();
      world.simulator.faults.arm({ ...ON_REFUND, kind });
      const refund = refundOf(order, 'r-1', 100);
      expect(await world.alipay.refund(refund)).toMatchObject({ kind: 'unknown' });
      const happened = kind === 'timeout-after-success' || kind === 'wrong-signature';
      expect(world.simulator.book().trades[0]?.refunds).toHaveLength(happened ? 1 : 0);
      expect(await world.alipay.refund(refund)).toMatchObject({
        kind: 'ok',
        value: { status: 'done', amountFen: 100 },
      });
      expect(world.simulator.book().trades[0]?.refunds).toHaveLength(1);
    },
  );

  it('a refund whose second question fails is processing, not lost', async () => {
    const order = await paid();
    world.simulator.faults.arm({ at: 'answer', on: 'alipay.trade.fastpay.refund.query', kind: 'http-500' });
    const answer = await world.alipay.refund(refundOf(order, 'r-1', 100));
    expect(answer).toMatchObject({ kind: 'ok', value: { status: 'processing', amountFen: 100 } });
  });

  it('a lost notice never comes, and the query knows', async () => {
    world.simulator.faults.arm({ at: 'notice', kind: 'lost' });
    const order = await paid();
    await new Promise((wake) => setTimeout(wake, 100));
    expect(merchant.bodies).toEqual([]);
    expect(world.simulator.book().notices).toMatchObject([{ state: 'lost', tries: 0 }]);
    expect(await world.alipay.query(order.outTradeNo)).toMatchObject({ value: { status: 'paid' } });
  });

  it('a duplicate notice has the same id, a late one comes late', async () => {
    world.simulator.faults.arm({ at: 'notice', kind: 'duplicate' });
    await paid();
    await until(() => notices('payment').length === 2);
    expect(new Set(notices('payment').map(({ noticeId }) => noticeId)).size).toBe(1);
    world.simulator.faults.arm({ at: 'notice', kind: 'late', delayMs: 300 });
    const since = Date.now();
    await paid();
    await until(() => notices('payment').length === 3);
    expect(Date.now() - since).toBeGreaterThanOrEqual(295);
  });

  it('notices out of order: the refund is told before the payment', async () => {
    world.simulator.faults.arm({ at: 'notice', kind: 'out-of-order', delayMs: 30_000 });
    const order = await paid();
    await world.alipay.refund(refundOf(order, 'r-1', 100));
    await until(() => merchant.notices.length === 2);
    expect(merchant.notices.map((read) => (read.ok ? read.notice.kind : read.code))).toEqual(['refund', 'payment']);
  });

  it('a notice with a wrong signature is refused, and the right one after it is taken', async () => {
    merchant.answer = () => world.alipay.acknowledge(merchant.notices.at(-1)?.ok === true).body;
    world.simulator.faults.arm({ at: 'notice', kind: 'wrong-signature' });
    await paid();
    await until(() => merchant.notices.length === 2);
    expect(merchant.notices).toMatchObject([{ ok: false, code: 'BadSignature' }, { ok: true }]);
    await until(() => world.simulator.book().notices[0]?.state === 'taken');
  });

  it('a payer without money, or whose bank takes its time, is still waited for', async () => {
    world.simulator.faults.arm({ at: 'payer', kind: 'insufficient-balance' });
    const order = await paid();
    expect(await world.alipay.query(order.outTradeNo)).toMatchObject({ value: { status: 'waiting' } });
    world.simulator.faults.arm({ at: 'payer', kind: 'in-progress', delayMs: 60_000 });
    const slow = await paid();
    expect(await world.alipay.query(slow.outTradeNo)).toMatchObject({ value: { status: 'waiting' } });
    expect(await world.alipay.close(slow.outTradeNo)).toMatchObject({ kind: 'refused' });
    world.simulator.settleAll();
    await until(() => notices('payment').length === 1);
    expect(await world.alipay.query(slow.outTradeNo)).toMatchObject({ value: { status: 'paid' } });
  });

  it('repeats a notice eight times at most, and goes on after a restart where it was', async () => {
    merchant.answer = () => 'fail';
    const order = await paid();
    await until(() => merchant.bodies.length >= 3);
    await world.close();
    await new Promise((wake) => setTimeout(wake, 50)); // what was on its way
    const before = merchant.bodies.length;
    merchant.answer = () => 'success';
    world = await aWorld({ dataDir: folder });
    await until(() => world.simulator.book().notices[0]?.state === 'taken');
    expect(merchant.bodies.length - before).toBe(1);
    expect(new Set(notices('payment').map(({ noticeId }) => noticeId)).size).toBe(1);
    expect(await world.alipay.query(order.outTradeNo)).toMatchObject({ value: { status: 'paid' } });
    merchant.answer = () => 'fail';
    await paid();
    await until(() => world.simulator.book().notices[1]?.state === 'given-up');
    expect(world.simulator.book().notices[1]?.tries).toBe(8);
  });
});

describe('the control surface', () => {
  const call = (method: string, path: string, body?: object, key = CONTROL_KEY) =>
    fetch(`${world.url}/alipay/control/${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });

  it('arms faults, shows and clears them, settles, and gives the book to whoever has the key', async () => {
    const fault = { at: 'payer', kind: 'in-progress', delayMs: 60_000 };
    expect((await call('POST', 'faults', fault)).status).toBe(204);
    expect(await (await call('GET', 'faults')).json()).toEqual([{ ...fault, times: 1 }]);
    await paid();
    await call('POST', 'settlement');
    await until(() => notices('payment').length === 1);
    expect(await (await call('GET', 'book')).json()).toMatchObject({ trades: [{ status: 'TRADE_SUCCESS' }] });
    await call('POST', 'faults', { at: 'notice', kind: 'lost', times: 3 });
    expect((await call('DELETE', 'faults')).status).toBe(204);
    expect(world.simulator.faults.list()).toEqual([]);
  });

  it('refuses strangers and faults that there are none of', async () => {
    expect((await call('GET', 'book', undefined, 'guessed')).status).toBe(401);
    expect((await call('POST', 'faults', { at: 'payer', kind: 'lost' })).status).toBe(400);
  });
});
