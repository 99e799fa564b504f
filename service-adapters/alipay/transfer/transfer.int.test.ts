import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { fen } from '../../../domain/money';
import { aConfig, aWorld, officialSdk, type World } from '../test-peers';
import { createAlipayTransfers } from './client';
import type { AlipayTransfers, NewTransfer, Payee } from './transfer';

jest.setTimeout(60_000);

let folder: string;
let world: World;
let transfers: AlipayTransfers;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'transfer-'));
  world = await aWorld({ dataDir: folder });
  transfers = createAlipayTransfers(aConfig(world.gatewayUrl));
});
afterEach(async () => {
  await world.close();
  rmSync(folder, { recursive: true });
});

const PAYEES: readonly Payee[] = [
  { kind: 'logonId', logonId: '13800000000', name: '张三' },
  { kind: 'userId', userId: '2088722000000019' },
  { kind: 'openId', openId: 'open-1' },
  { kind: 'bankCard', cardNumber: '6222020000000000', name: '张三', bank: '中国工商银行' },
];
const aTransfer = (overrides: Partial<NewTransfer> = {}): NewTransfer => ({
  outBizNo: 'payout_1',
  amountFen: fen(123_456),
  payee: { kind: 'logonId', logonId: '13800000000', name: '张三' },
  title: '退还押金',
  remark: '101室',
  ...overrides,
});
const ON = { at: 'answer', on: 'alipay.fund.trans.uni.transfer' } as const;

describe('a transfer', () => {
  it.each(PAYEES)('reaches $kind once, however often it is asked', async (payee) => {
    const order = aTransfer({ payee });
    const first = await transfers.transfer(order);
    expect(first).toMatchObject({ kind: 'ok', value: { status: 'done', amountFen: 123_456, failure: null } });
    expect(await transfers.transfer(order)).toEqual(first);
    expect(await transfers.query(order)).toEqual(first);
    expect(world.simulator.book().transfers).toEqual([{ outBizNo: 'payout_1', amountFen: 123_456, status: 'SUCCESS' }]);
  });

  it('under a number that was used for another amount is refused', async () => {
    await transfers.transfer(aTransfer());
    expect(await transfers.transfer(aTransfer({ amountFen: fen(10) }))).toMatchObject({ kind: 'refused' });
  });

  it.each([
    ['timeout', 0],
    ['timeout-after-success', 1],
    ['http-500', 0],
    ['wrong-signature', 1],
    ['system-error', 0],
  ] as const)('that met %s is unknown, and asked again it happens once', async (kind, happened) => {
    world.simulator.faults.arm({ ...ON, kind });
    expect(await transfers.transfer(aTransfer())).toMatchObject({ kind: 'unknown' });
    expect(world.simulator.book().transfers).toHaveLength(happened);
    const asked = await transfers.query(aTransfer());
    expect(asked).toMatchObject(
      happened ? { value: { status: 'done' } } : { kind: 'refused', code: 'ORDER_NOT_EXIST' },
    );
    expect(await transfers.transfer(aTransfer())).toMatchObject({ value: { status: 'done' } });
    expect(world.simulator.book().transfers).toHaveLength(1);
  });

  it('in progress is processing until it arrives, over a restart of the simulator', async () => {
    world.simulator.faults.arm({ ...ON, kind: 'in-progress', delayMs: 60_000 });
    const processing = { kind: 'ok', value: { status: 'processing', doneAt: null } };
    expect(await transfers.transfer(aTransfer())).toMatchObject(processing);
    expect(await transfers.query(aTransfer())).toMatchObject(processing);
    await world.close();
    world = await aWorld({ dataDir: folder });
    transfers = createAlipayTransfers(aConfig(world.gatewayUrl));
    expect(await transfers.query(aTransfer())).toMatchObject({ value: { status: 'done' } });
  });

  it('that the bank rejects later has failed, with the reason', async () => {
    world.simulator.faults.arm({ ...ON, kind: 'rejected-later', delayMs: 60_000 });
    expect(await transfers.transfer(aTransfer())).toMatchObject({ value: { status: 'processing' } });
    world.simulator.settleAll();
    const failed = { status: 'failed', doneAt: null, failure: 'PAYEE_ACCOUNT_STATUS_ERROR: 收款账户状态异常' };
    expect(await transfers.query(aTransfer())).toMatchObject({ kind: 'ok', value: failed });
  });

  it('that arrived and came back is returned, and no longer done', async () => {
    world.simulator.faults.arm({ ...ON, kind: 'returned-later', delayMs: 60_000 });
    const card = aTransfer({ payee: { kind: 'bankCard', cardNumber: '6222', name: '张三', bank: '中国工商银行' } });
    expect(await transfers.transfer(card)).toMatchObject({ value: { status: 'done' } });
    world.simulator.settleAll();
    expect(await transfers.query(card)).toMatchObject({ value: { status: 'returned', doneAt: null } });
  });

  it('without money there is refused, and goes through later', async () => {
    world.simulator.faults.arm({ ...ON, kind: 'insufficient-balance' });
    const refused = { kind: 'refused', code: 'PAYER_BALANCE_NOT_ENOUGH' };
    expect(await transfers.transfer(aTransfer())).toMatchObject(refused);
    expect(await transfers.transfer(aTransfer())).toMatchObject({ value: { status: 'done' } });
  });

  it.each([0, 9, -10, 10.5])('of %p fen is never sent', async (amount) => {
    const order = aTransfer({ amountFen: amount as ReturnType<typeof fen> });
    expect(await transfers.transfer(order)).toMatchObject({ kind: 'refused', code: 'InvalidAmount' });
    expect(world.simulator.book().transfers).toEqual([]);
  });

  it('by the official library is answered the same way, and a person without a name refused', async () => {
    const sdk = officialSdk(world.gatewayUrl);
    const biz = {
      outBizNo: 'sdk_1',
      transAmount: '0.10',
      productCode: 'TRANS_ACCOUNT_NO_PWD',
      bizScene: 'DIRECT_TRANSFER',
      orderTitle: '退还押金',
      payeeInfo: { identity: '13800000000', identityType: 'ALIPAY_LOGON_ID', name: '张三' },
    };
    const strict = { validateSign: true };
    const method = 'alipay.fund.trans.uni.transfer';
    expect(await sdk.exec(method, { bizContent: biz }, strict)).toMatchObject({ code: '10000', status: 'SUCCESS' });
    const nameless = { ...biz, outBizNo: 'sdk_2', payeeInfo: { ...biz.payeeInfo, name: undefined } };
    expect(await sdk.exec(method, { bizContent: nameless }, strict)).toMatchObject({ sub_code: 'INVALID_PARAMETER' });
  });
});
