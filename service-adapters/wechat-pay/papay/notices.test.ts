import { createPublicKey } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { made, PAYMENT, PROVIDER } from '../test-notice';
import { API_V3_KEY, MERCHANT, newKeys } from '../test-world';
import { createPapayNoticeReader } from './notices';

const key = createPublicKey(PROVIDER.publicKey);
const read = createPapayNoticeReader({
  merchant: { appid: MERCHANT.appid, mchid: MERCHANT.mchid },
  apiV3Key: API_V3_KEY,
  aheadMs: () => 0,
  keys: { find: () => key, fetch: async () => key, load: async () => true },
});

const contract = {
  mchid: MERCHANT.mchid,
  appid: MERCHANT.appid,
  contract_id: '202001010000',
  out_contract_code: 'contract1',
  contract_state: 'TERMINATED',
  contract_signed_time: '2026-01-01T10:00:00+08:00',
  contract_terminate_info: { contract_termination_mode: 'USER', contract_terminated_time: '2026-01-05T10:00:00+08:00' },
};

describe('a notice about automatic deductions', () => {
  it('says when a contract ended', () => {
    expect(read(made({ event: 'ENTRUST.TERMINATE', content: contract }))).toEqual({
      ok: true,
      notice: {
        kind: 'contract',
        noticeId: 'EV-1',
        contract: {
          outContractCode: 'contract1',
          contractId: '202001010000',
          status: 'ended',
          signedAt: '2026-01-01T02:00:00.000Z',
          endedAt: '2026-01-05T02:00:00.000Z',
        },
      },
    });
  });

  it('says that a deduction failed, or was taken', () => {
    const failed = { ...PAYMENT, trade_state: 'PAYERROR', transaction_id: undefined, success_time: undefined };
    expect(read(made({ event: 'TRANSACTION.FAIL', content: failed }))).toMatchObject({
      notice: { kind: 'deduction', deduction: { outTradeNo: 'order-20260105', status: 'failed', paidAt: null } },
    });
    expect(read(made())).toMatchObject({
      notice: { kind: 'deduction', deduction: { status: 'paid', amountFen: 300_000 } },
    });
  });

  it.each([
    ['another merchant’s contract', 'ENTRUST.SIGN', { ...contract, mchid: '1' }, 'NotOurs'],
    ['another app’s contract', 'ENTRUST.SIGN', { ...contract, appid: 'wx1' }, 'NotOurs'],
    ['another merchant’s deduction', 'TRANSACTION.SUCCESS', { ...PAYMENT, mchid: '1' }, 'NotOurs'],
    ['no contract', 'ENTRUST.SIGN', PAYMENT, 'Unreadable'],
    ['half a fen', 'TRANSACTION.SUCCESS', { ...PAYMENT, amount: { total: 0.5, currency: 'CNY' } }, 'Unreadable'],
    ['a failure that was paid', 'TRANSACTION.FAIL', PAYMENT, 'Unreadable'],
  ])('about %s is refused', (_what, event, content, code) => {
    expect(read(made({ event, content }))).toMatchObject({ ok: false, code });
  });

  it('that somebody else signed, or that is old, is refused', () => {
    const forged = made({ event: 'ENTRUST.SIGN', content: contract, key: newKeys().privateKey });
    expect(read(forged)).toMatchObject({ ok: false, code: 'BadSignature' });
    const old = made({ event: 'ENTRUST.SIGN', content: contract });
    expect(read({ ...old, nowMs: old.nowMs + 301_000 })).toMatchObject({ ok: false, code: 'Stale' });
  });
});
