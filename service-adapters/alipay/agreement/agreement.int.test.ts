import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { fen } from '../../../domain/money';
import type { Received } from '../../payment-provider';
import { answerAgreement } from '../press-button';
import { APP, aConfig, aMerchant, aWorld, type Merchant, officialSdk, until, type World } from '../test-peers';
import type { AgreementNotice, AlipayAgreements, NewDeduction } from './agreement';
import { createAlipayAgreements } from './client';

jest.setTimeout(60_000);

const SCENE = 'INDUSTRY|RENT';
let folder: string;
let world: World;
let merchant: Merchant;
let agreements: AlipayAgreements;
let told: AgreementNotice[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'agreement-'));
  world = await aWorld({ dataDir: folder });
  agreements = createAlipayAgreements(aConfig(world.gatewayUrl), SCENE);
  told = [];
  merchant = await aMerchant((body) => {
    const received: Received = { headers: {}, body, nowMs: Date.now() };
    const notice = agreements.readNotice(received);
    if (notice.ok) told.push(notice.notice);
    return world.alipay.readNotice(received);
  });
});
afterEach(async () => {
  merchant.close();
  await world.close();
  rmSync(folder, { recursive: true });
});

const asked = () => ({ externalAgreementNo: 'lease0001', notifyUrl: merchant.url, returnUrl: 'http://127.0.0.1:9/' });
function pageOf(agreement: Parameters<AlipayAgreements['signUrl']>[0]): string {
  const page = agreements.signUrl(agreement);
  if (page.kind !== 'ok') throw new Error(JSON.stringify(page));
  return page.value;
}
async function signed(monthly?: {
  firstOn: string;
  months: number;
  singleFen: ReturnType<typeof fen>;
}): Promise<string> {
  await answerAgreement(pageOf({ ...asked(), ...(monthly === undefined ? {} : { monthly }) }), 'sign');
  const state = await agreements.query('lease0001');
  if (state.kind !== 'ok' || state.value.agreementNo === null) throw new Error(JSON.stringify(state));
  return state.value.agreementNo;
}
const deductionOf = (agreementNo: string, overrides: Partial<NewDeduction> = {}): NewDeduction => ({
  agreementNo,
  outTradeNo: 'deduct_1',
  amountFen: fen(300_001),
  subject: '2026年1月房租',
  notifyUrl: merchant.url,
  attach: 'op=1',
  expiresAt: new Date(Date.now() + 900_000).toISOString(),
  ...overrides,
});
const payments = () =>
  merchant.notices.flatMap((read) => (read.ok && read.notice.kind === 'payment' ? [read.notice] : []));

describe('an agreement to deduct', () => {
  it('is unknown to Alipay before, pending on the page, active once agreed, ended once unsigned; each told', async () => {
    expect(await agreements.query('lease0001')).toMatchObject({ kind: 'refused', code: 'USER_AGREEMENT_NOT_EXIST' });
    const page = pageOf(asked());
    expect(await (await fetch(page)).text()).toContain('模拟支付宝签约页，不产生真实扣款');
    expect(await agreements.query('lease0001')).toMatchObject({ value: { status: 'pending', agreementNo: null } });
    const agreementNo = await signed();
    await until(() => told.length === 1);
    expect(await agreements.query('lease0001')).toEqual({ kind: 'ok', value: told[0]?.agreement });
    const ours = { agreementNo, externalAgreementNo: 'lease0001' };
    for (let i = 0; i < 2; i++) expect(await agreements.unsign(ours)).toEqual({ kind: 'ok', value: null });
    await until(() => told.length === 2);
    expect(told[1]?.agreement).toMatchObject({ status: 'ended', agreementNo });
    const late = await agreements.deduct(deductionOf(agreementNo));
    expect(late).toMatchObject({ kind: 'refused', code: 'ACQ.AGREEMENT_NOT_EXIST' });
  });

  it('ended by the payer is told, and outlives a restart of the simulator', async () => {
    await signed();
    await answerAgreement(pageOf(asked()), 'end');
    await until(() => told.some(({ agreement }) => agreement.status === 'ended'));
    await world.close();
    world = await aWorld({ dataDir: folder });
    agreements = createAlipayAgreements(aConfig(world.gatewayUrl), SCENE);
    expect(await agreements.query('lease0001')).toMatchObject({ value: { status: 'ended' } });
  });

  it('is the same to the official library, which verifies its notices and our requests', async () => {
    const sdk = officialSdk(world.gatewayUrl);
    const params = {
      bizContent: {
        personalProductCode: 'GENERAL_WITHHOLDING_P',
        productCode: 'GENERAL_WITHHOLDING',
        signScene: SCENE,
        externalAgreementNo: 'lease0002',
        accessParams: { channel: 'QRCODE' },
      },
      notifyUrl: merchant.url,
    };
    await answerAgreement(sdk.pageExecute('alipay.user.agreement.page.sign', 'GET', params), 'sign');
    await until(() => merchant.bodies.length === 1);
    const notice = Object.fromEntries(new URLSearchParams(merchant.bodies[0]));
    expect(sdk.checkNotifySignV2(notice)).toBe(true);
    expect(sdk.checkNotifySignV2({ ...notice, agreement_no: '1' })).toBe(false);
    const strict = { validateSign: true };
    const which = { bizContent: { agreementNo: notice.agreement_no } };
    const queried = await sdk.exec('alipay.user.agreement.query', which, strict);
    expect(queried).toMatchObject({ code: '10000', status: 'NORMAL', external_agreement_no: 'lease0002' });
    const deduction = {
      outTradeNo: 'sdk_1',
      totalAmount: '12.00',
      subject: '水费',
      productCode: 'GENERAL_WITHHOLDING',
    };
    const biz = { bizContent: { ...deduction, agreementParams: { agreementNo: notice.agreement_no } } };
    expect(await sdk.exec('alipay.trade.pay', biz, strict)).toMatchObject({ code: '10000', total_amount: '12.00' });
    expect(await sdk.exec('alipay.user.agreement.unsign', which, strict)).toMatchObject({ code: '10000' });
    const theirs = officialSdk(world.gatewayUrl, { privateKey: APP.privatePem, publicKey: APP.publicPem });
    const fields = Object.fromEntries(new URL(pageOf(asked())).searchParams);
    expect(theirs.checkNotifySignV2(fields)).toBe(true);
  });

  it('notices that were altered or are of payments are not believed', async () => {
    const agreementNo = await signed();
    await agreements.deduct(deductionOf(agreementNo));
    await until(() => merchant.bodies.length === 2);
    expect(told).toHaveLength(1);
    const body = merchant.bodies.find((text) => text.includes('dut_user_sign')) ?? '';
    const altered = body.replace('lease0001', 'lease0009');
    const read = agreements.readNotice({ headers: {}, body: altered, nowMs: Date.now() });
    expect(read).toMatchObject({ ok: false, code: 'BadSignature' });
  });

  it.each([
    [{ externalAgreementNo: 'a-b-c-d-e' }, 'InvalidAgreementNumber'],
    [{ monthly: { firstOn: '2026-01-29', months: 1, singleFen: fen(1) } }, 'InvalidDay'],
    [{ monthly: { firstOn: '2026-01-05', months: 0.5, singleFen: fen(1) } }, 'InvalidPeriod'],
    [{ monthly: { firstOn: '2026-01-05', months: 1, singleFen: fen(0) } }, 'InvalidAmount'],
  ])('is never asked for like %j', (wrong, code) =>
    expect(agreements.signUrl({ ...asked(), ...wrong })).toMatchObject({ kind: 'refused', code }),
  );
});

describe('a deduction', () => {
  it('is paid at once, once, and told as a payment', async () => {
    const agreementNo = await signed();
    const first = await agreements.deduct(deductionOf(agreementNo));
    expect(first).toMatchObject({ kind: 'ok', value: { status: 'paid', amountFen: 300_001, attach: 'op=1' } });
    expect(await agreements.deduct(deductionOf(agreementNo))).toEqual(first);
    expect(await world.alipay.query('deduct_1')).toEqual(first);
    await until(() => payments().length === 1);
    expect(payments()).toMatchObject([{ order: first.kind === 'ok' ? first.value : {} }]);
    const other = await agreements.deduct(deductionOf(agreementNo, { amountFen: fen(1) }));
    expect(other).toMatchObject({ kind: 'refused', code: 'ACQ.CONTEXT_INCONSISTENT' });
  });

  it('in progress is waited for, and known by asking', async () => {
    const agreementNo = await signed();
    world.simulator.faults.arm({ at: 'answer', on: 'alipay.trade.pay', kind: 'in-progress', delayMs: 60_000 });
    const deduction = deductionOf(agreementNo);
    for (let i = 0; i < 2; i++)
      expect(await agreements.deduct(deduction)).toMatchObject({ kind: 'ok', value: { status: 'waiting' } });
    expect(await world.alipay.query('deduct_1')).toMatchObject({ kind: 'ok', value: { status: 'waiting' } });
    world.simulator.settleAll();
    expect(await world.alipay.query('deduct_1')).toMatchObject({ kind: 'ok', value: { status: 'paid' } });
    await until(() => payments().length === 1);
  });

  it('that the bank declines in the end is closed, and told', async () => {
    const agreementNo = await signed();
    world.simulator.faults.arm({ at: 'answer', on: 'alipay.trade.pay', kind: 'rejected-later', delayMs: 50 });
    expect(await agreements.deduct(deductionOf(agreementNo))).toMatchObject({ value: { status: 'waiting' } });
    await until(() => payments().length === 1);
    expect(payments()).toMatchObject([{ order: { status: 'closed', paidAt: null } }]);
    expect(await world.alipay.query('deduct_1')).toMatchObject({ value: { status: 'closed' } });
  });

  it('without money is refused with the reason, and works later', async () => {
    const agreementNo = await signed();
    world.simulator.faults.arm({ at: 'answer', on: 'alipay.trade.pay', kind: 'insufficient-balance' });
    const refused = await agreements.deduct(deductionOf(agreementNo));
    expect(refused).toMatchObject({ kind: 'refused', code: 'ACQ.BUYER_BALANCE_NOT_ENOUGH' });
    expect(await agreements.deduct(deductionOf(agreementNo))).toMatchObject({ value: { status: 'paid' } });
  });

  it('whose answer was lost is unknown, and found paid, not paid twice', async () => {
    const agreementNo = await signed();
    world.simulator.faults.arm({ at: 'answer', on: 'alipay.trade.pay', kind: 'timeout-after-success' });
    expect(await agreements.deduct(deductionOf(agreementNo))).toMatchObject({ kind: 'unknown' });
    expect(await agreements.deduct(deductionOf(agreementNo))).toMatchObject({ value: { status: 'paid' } });
    expect(world.simulator.book().trades).toHaveLength(1);
  });

  it('above what the payer agreed to is refused', async () => {
    const agreementNo = await signed({ firstOn: '2026-12-05', months: 1, singleFen: fen(300_000) });
    const refused = await agreements.deduct(deductionOf(agreementNo));
    expect(refused).toMatchObject({ kind: 'refused', code: 'ACQ.CYCLE_PAY_SINGLE_FEE_EXCEED' });
  });

  it('of no or less than no money is never sent', async () => {
    for (const amount of [0, -1, 0.5]) {
      const wrong = deductionOf('2026', { amountFen: amount as ReturnType<typeof fen> });
      expect(await agreements.deduct(wrong)).toMatchObject({ kind: 'refused', code: 'InvalidAmount' });
    }
  });
});
