import { createPublicKey } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Formatter, Rsa } from 'wechatpay-axios-plugin';
import { made, NOTICE_TIME as NOW, PROVIDER, PAYMENT as payment, SERIAL } from '../test-notice';
import { API_V3_KEY, MERCHANT, newKeys } from '../test-world';
import { createNoticeReader } from './notices';

const STRANGER = newKeys();

const asked: string[] = [];
const read = createNoticeReader({
  merchant: { appid: MERCHANT.appid, mchid: MERCHANT.mchid },
  apiV3Key: API_V3_KEY,
  aheadMs: () => 0,
  keys: {
    find: (serial) => {
      asked.push(serial);
      return serial === SERIAL ? createPublicKey(PROVIDER.publicKey) : undefined;
    },
    fetch: async () => undefined,
    load: async () => true,
  },
});

const refund = {
  mchid: MERCHANT.mchid,
  transaction_id: '1217752501201407033233368018',
  out_trade_no: 'order-20260105',
  refund_id: '50300807092017082400000000000',
  out_refund_no: 'refund-1',
  refund_status: 'SUCCESS',
  success_time: '2026-01-05T11:00:00+08:00',
  user_received_account: '招商银行信用卡0403',
  amount: { total: 300_000, refund: 100_000, payer_total: 300_000, payer_refund: 100_000 },
};

describe('a notice under the provider’s signature', () => {
  it('is a payment with amount, time and our own words', () => {
    expect(read(made())).toEqual({
      ok: true,
      notice: {
        kind: 'payment',
        noticeId: 'EV-1',
        order: {
          outTradeNo: 'order-20260105',
          status: 'paid',
          amountFen: 300_000,
          providerNumber: '1217752501201407033233368018',
          paidAt: '2026-01-05T02:34:56.000Z',
          attach: 'operator-1',
        },
      },
    });
  });

  it.each([
    ['SUCCESS', 'done', '2026-01-05T03:00:00.000Z'],
    ['ABNORMAL', 'abnormal', null],
    ['CLOSED', 'closed', null],
  ])('is a refund that ended as %s', (status, expected, doneAt) => {
    const content = { ...refund, refund_status: status };
    expect(read(made({ event: `REFUND.${status}`, content }))).toEqual({
      ok: true,
      notice: {
        kind: 'refund',
        noticeId: 'EV-1',
        outTradeNo: 'order-20260105',
        refund: {
          outRefundNo: 'refund-1',
          status: expected,
          amountFen: 100_000,
          providerNumber: refund.refund_id,
          doneAt,
        },
      },
    });
  });

  it.each(['COUPON.USE', 'constructor'])('of another kind (%s) is of no consequence', (event) => {
    expect(read(made({ event }))).toEqual({ ok: true, notice: { kind: 'other', noticeId: 'EV-1', what: event } });
  });

  it.each([
    ['another merchant', { ...payment, mchid: '1900000001' }],
    ['another app', { ...payment, appid: 'wx0000000000000000' }],
  ])('that is meant for %s is not ours', (_what, content) => {
    expect(read(made({ content }))).toMatchObject({ ok: false, code: 'NotOurs' });
  });

  it('about another merchant’s refund is not ours', () => {
    const content = { ...refund, mchid: '1900000001' };
    expect(read(made({ event: 'REFUND.SUCCESS', content }))).toMatchObject({ ok: false, code: 'NotOurs' });
  });

  it.each([
    ['half a fen', { ...payment, amount: { total: 0.5, currency: 'CNY' } }],
    ['a negative amount', { ...payment, amount: { total: -300_000, currency: 'CNY' } }],
    ['nothing', { ...payment, amount: { total: 0, currency: 'CNY' } }],
    ['an amount as text', { ...payment, amount: { total: '300000', currency: 'CNY' } }],
    ['dollars', { ...payment, amount: { total: 300_000, currency: 'USD' } }],
    ['no amount', { ...payment, amount: undefined }],
    ['no number of the provider', { ...payment, transaction_id: undefined }],
    ['no time', { ...payment, success_time: undefined }],
    ['that nobody paid', { ...payment, trade_state: 'NOTPAY' }],
  ])('that says %s is no payment', (_what, content) => {
    expect(read(made({ content }))).toMatchObject({ ok: false, code: 'Unreadable' });
  });

  it.each([
    ['half a fen', { ...refund, amount: { ...refund.amount, refund: 0.5 } }],
    ['a negative amount', { ...refund, amount: { ...refund.amount, refund: -1 } }],
    ['dollars', { ...refund, amount: { ...refund.amount, currency: 'USD' } }],
  ])('that refunds %s is no refund', (_what, content) => {
    expect(read(made({ event: 'REFUND.SUCCESS', content }))).toMatchObject({ ok: false, code: 'Unreadable' });
  });

  it('that our APIv3 key does not open, or that is no JSON, is unreadable', () => {
    expect(read(made({ apiV3Key: 'f'.repeat(32) }))).toMatchObject({ ok: false, code: 'Unreadable' });
    const genuine = made();
    const timestamp = String(genuine.headers['wechatpay-timestamp']);
    const signature = Rsa.sign(Formatter.response(timestamp, 'n0nce', 'paid=1'), PROVIDER.privateKey);
    const headers = { ...genuine.headers, 'wechatpay-signature': signature };
    expect(read({ ...genuine, body: 'paid=1', headers })).toMatchObject({ ok: false, code: 'Unreadable' });
  });
});

describe('a notice that is not the provider’s word', () => {
  it('is refused when anybody else signed it', () => {
    expect(read(made({ key: STRANGER.privateKey }))).toMatchObject({ ok: false, code: 'BadSignature' });
  });

  it('is refused when a byte of it was changed, a space included', () => {
    const genuine = made();
    expect(read({ ...genuine, body: genuine.body.replace('EV-1', 'EV-2') })).toMatchObject({ code: 'BadSignature' });
    expect(read({ ...genuine, body: `${genuine.body} ` })).toMatchObject({ code: 'BadSignature' });
  });

  it('is refused when it was recorded and is sent again after five minutes, or dated ahead', () => {
    const genuine = made();
    expect(read({ ...genuine, nowMs: NOW + 300_000 })).toMatchObject({ ok: true });
    expect(read({ ...genuine, nowMs: NOW + 301_000 })).toMatchObject({ ok: false, code: 'Stale' });
    expect(read(made({ atMs: NOW + 301_000 }))).toMatchObject({ ok: false, code: 'Stale' });
    const redated = { ...genuine.headers, 'wechatpay-timestamp': String(NOW / 1000 + 301) };
    expect(read({ ...genuine, headers: redated, nowMs: NOW + 301_000 })).toMatchObject({ code: 'BadSignature' });
  });

  it('is refused under a serial that nobody knows, which is asked for', () => {
    expect(read(made({ serial: 'F00D' }))).toMatchObject({ ok: false, code: 'BadSignature' });
    expect(asked).toContain('F00D');
  });

  it.each(['wechatpay-timestamp', 'wechatpay-nonce', 'wechatpay-signature', 'wechatpay-serial'])(
    'is refused without %s, or with two of it',
    (name) => {
      const genuine = made();
      for (const value of [undefined, '', ['1', '2']]) {
        const headers = { ...genuine.headers, [name]: value };
        expect(read({ ...genuine, headers })).toMatchObject({ ok: false, code: 'BadSignature' });
      }
    },
  );

  it('is refused when it is the provider’s probe of whether we look', () => {
    const genuine = made();
    const headers = {
      ...genuine.headers,
      'wechatpay-signature': `WECHATPAY/SIGNTEST/${genuine.headers['wechatpay-signature']}`,
    };
    expect(read({ ...genuine, headers })).toMatchObject({ ok: false, code: 'BadSignature' });
  });
});
