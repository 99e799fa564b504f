import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { localDate } from '../../../domain/calendar';
import { type Fen, fen } from '../../../domain/money';
import type { Answer } from '../../payment-provider';
import type { WechatPay } from '../client/create-wechat-pay';
import {
  anOrder,
  aRefund,
  clientOf,
  configOf,
  type Listener,
  newNumber,
  type RunningSimulator,
  startListener,
  startSimulator,
  until,
} from '../test-world';
import { createWechatPapay } from './create-wechat-papay';
import type { NewContract, NewDeduction, PapayNotice, WechatPapay } from './papay';

jest.setTimeout(60_000);

let folder: string;
let simulator: RunningSimulator;
let listener: Listener;
let client: WechatPay;
let papay: WechatPapay;

const start = async () => {
  simulator = await startSimulator({ bookFile: join(folder, 'book.jsonl'), deductMs: 50 });
  client = clientOf(simulator.url);
  papay = createWechatPapay(configOf(simulator.url));
  await client.loadKeys();
};

beforeAll(async () => {
  listener = await startListener(() => client);
});
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wechat-papay-'));
  await start();
  listener.received.length = 0;
  listener.answers.length = 0;
});
afterEach(async () => {
  await simulator.stop();
  rmSync(folder, { recursive: true });
});
afterAll(() => listener.stop());

const aContract = (overrides: Partial<NewContract> = {}): NewContract => ({
  planId: 12535,
  outContractCode: newNumber(),
  displayAccount: '101室',
  notifyUrl: listener.url,
  ...overrides,
});
const SCHEDULED = { deduction: { on: localDate('2026-02-01'), amountFen: fen(300_000), description: '2026年2月房租' } };

function valueIn<T>(answer: Answer<T>): T {
  if (answer.kind !== 'ok') throw new Error(JSON.stringify(answer));
  return answer.value;
}
const press = (url: string, button: 'sign' | 'end') =>
  fetch(url, { method: 'POST', body: new URLSearchParams({ button }) });
async function signed(contract: NewContract) {
  const { url } = valueIn(await papay.sign(contract));
  await press(url, 'sign');
  return { url, ...valueIn(await papay.queryContract(contract)) };
}
const aDeduction = (contractId: string, overrides: Partial<NewDeduction> = {}): NewDeduction => ({
  outTradeNo: newNumber(),
  contractId,
  amountFen: fen(300_000),
  subject: '房租',
  attach: 'operator-1',
  notifyUrl: listener.url,
  ...overrides,
});
/** The notices so far, as the reader of contracts and deductions understands them. */
const notices = (): PapayNotice[] =>
  listener.received.flatMap((received) => {
    const answer = papay.readNotice(received);
    return answer.ok ? [answer.notice] : [];
  });
const untilDeduction = (status: 'paid' | 'failed') =>
  until(() => notices().some((notice) => notice.kind === 'deduction' && notice.deduction.status === status));

describe('a contract', () => {
  it('is signed and ended by the payer on a page that says it is simulated, and told', async () => {
    await papay.queryContract(aContract()); // the keys are here before the first notice
    const contract = aContract();
    const { url } = valueIn(await papay.sign(contract));
    const html = await (await fetch(url)).text();
    expect(html).toContain('模拟微信支付，不产生真实扣款');
    expect(html).toContain('101室');
    expect(await papay.queryContract(contract)).toMatchObject({ kind: 'refused', code: 'CONTRACT_NOT_EXISTED' });
    await press(url, 'sign');
    const state = valueIn(await papay.queryContract(contract));
    expect(state).toMatchObject({ status: 'signed', signedAt: expect.any(String), endedAt: null });
    await until(() => notices().length === 1);
    expect(notices()[0]).toMatchObject({ kind: 'contract', contract: state });
    await press(url, 'end');
    await until(() => notices().length === 2);
    expect(notices()[1]).toMatchObject({
      kind: 'contract',
      contract: { status: 'ended', endedAt: expect.any(String) },
    });
    expect(listener.notices().every(({ kind }) => kind === 'other')).toBe(true); // no payment of anybody
  });

  it('is ended by us, once for all, and its number is not used again', async () => {
    const contract = aContract();
    const { contractId } = await signed(contract);
    expect(await papay.terminate(contract, '退租')).toEqual({ kind: 'ok', value: null });
    expect(await papay.terminate(contract, '退租')).toEqual({ kind: 'ok', value: null });
    expect(await papay.queryContract(contract)).toMatchObject({ value: { status: 'ended' } });
    expect(await papay.sign(contract)).toMatchObject({ kind: 'refused', code: 'INVALID_REQUEST' });
    expect(await papay.deduct(aDeduction(contractId))).toMatchObject({ kind: 'refused', code: 'INVALID_REQUEST' });
  });
});

describe('a deduction', () => {
  it('of an ordinary plan is announced, taken, told, and refunded like any other order; the next one is announced again', async () => {
    const { contractId } = await signed(aContract());
    const deduction = aDeduction(contractId);
    expect(await papay.deduct(deduction)).toMatchObject({ kind: 'refused', code: 'INVALID_REQUEST' });
    expect(await papay.announce(contractId, fen(300_000))).toEqual({ kind: 'ok', value: null });
    expect(await papay.deduct(deduction)).toEqual({ kind: 'ok', value: null });
    expect(await papay.queryDeduction(deduction.outTradeNo)).toMatchObject({ value: { status: 'in-progress' } });
    await untilDeduction('paid');
    const query = await client.query(deduction.outTradeNo);
    expect(query).toMatchObject({ kind: 'ok', value: { status: 'paid', amountFen: 300_000, attach: 'operator-1' } });
    expect(listener.notices()).toContainEqual(expect.objectContaining({ kind: 'payment', order: valueIn(query) }));
    expect(await papay.deduct(deduction)).toMatchObject({ kind: 'refused', code: 'ORDERPAID' });
    const order = anOrder({ outTradeNo: deduction.outTradeNo, notifyUrl: listener.url });
    expect(await client.refund(aRefund(order))).toMatchObject({ kind: 'ok' });
    expect(await papay.deduct(aDeduction(contractId))).toMatchObject({ kind: 'refused', code: 'INVALID_REQUEST' });
  });

  it('that fails twice for want of money is told, and tried again under its own number until it is paid', async () => {
    const { contractId } = await signed(aContract());
    const deduction = aDeduction(contractId);
    await papay.announce(contractId, fen(300_000));
    simulator.faults.add({ kind: 'payment', by: 'deduction', how: 'insufficient-balance', times: 2 });
    for (let failures = 1; failures <= 2; failures++) {
      expect(await papay.deduct(deduction)).toEqual({ kind: 'ok', value: null });
      await until(() => notices().filter(({ kind }) => kind === 'deduction').length === failures);
      expect(await papay.queryDeduction(deduction.outTradeNo)).toMatchObject({ value: { status: 'failed' } });
    }
    expect(await client.query(deduction.outTradeNo)).toMatchObject({ value: { status: 'waiting' } });
    await papay.deduct(deduction);
    await untilDeduction('paid');
  });

  it('of a scheduled plan is booked with the amount that was signed, and ends the contract', async () => {
    const contract = aContract(SCHEDULED);
    const { contractId } = await signed(contract);
    expect(await papay.querySchedule(contractId)).toEqual({
      kind: 'ok',
      value: { status: 'none', from: null, until: null },
    });
    expect(await papay.schedule(contractId, fen(1))).toMatchObject({ kind: 'refused', code: 'INVALID_REQUEST' });
    const booked = { status: 'booked', from: '2026-02-01', until: '2026-02-01' };
    expect(await papay.schedule(contractId, fen(300_000))).toEqual({ kind: 'ok', value: booked });
    expect(await papay.deduct(aDeduction(contractId))).toEqual({ kind: 'ok', value: null });
    await untilDeduction('paid');
    expect(await papay.querySchedule(contractId)).toMatchObject({ value: { status: 'paid' } });
    expect(await papay.queryContract(contract)).toMatchObject({ value: { status: 'ended' } });
  });

  it('that nobody answered for is one deduction, also when the provider was restarted meanwhile', async () => {
    const { contractId } = await signed(aContract());
    const deduction = aDeduction(contractId);
    await papay.announce(contractId, fen(300_000));
    const impatient = createWechatPapay(configOf(simulator.url, { timeoutMs: 400 }));
    simulator.faults.add({ kind: 'answer', call: 'papay', how: 'time-out-after-success' });
    expect(await impatient.deduct(deduction)).toMatchObject({ kind: 'unknown' });
    await simulator.stop();
    await start();
    const again = await papay.deduct(deduction);
    expect(again.kind === 'ok' || (again.kind === 'refused' && again.code === 'ORDERPAID')).toBe(true);
    await until(() => simulator.book.find(deduction.outTradeNo)?.state === 'SUCCESS');
    expect(simulator.book.orders()).toHaveLength(1);
  });

  it('of half a fen, less than nothing or to a wrong address is not sent', async () => {
    for (const amountFen of [0.5 as Fen, fen(-1), fen(0)]) {
      expect(await papay.deduct(aDeduction('1', { amountFen }))).toMatchObject({
        kind: 'refused',
        code: 'PARAM_ERROR',
      });
      expect(await papay.announce('1', amountFen)).toMatchObject({ kind: 'refused', code: 'PARAM_ERROR' });
      expect(await papay.schedule('1', amountFen)).toMatchObject({ kind: 'refused', code: 'PARAM_ERROR' });
    }
    const elsewhere = aDeduction('1', { notifyUrl: 'https://rent.example/?a=1' });
    expect(await papay.deduct(elsewhere)).toMatchObject({ kind: 'refused', code: 'PARAM_ERROR' });
    expect(simulator.book.orders()).toEqual([]);
  });
});
