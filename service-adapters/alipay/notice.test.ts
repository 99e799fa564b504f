import { createSign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createAlipay } from './client';
import type { AlipayConfig } from './config';
import { ALIPAY, APP, APP_ID, aConfig, aPair, SELLER_ID } from './test-peers';

const NOW = Date.parse('2026-11-25T02:00:00Z');
const FIELDS: Record<string, string> = {
  notify_time: '2026-11-25 09:59:58',
  notify_type: 'trade_status_sync',
  notify_id: 'n-1',
  app_id: APP_ID,
  seller_id: SELLER_ID,
  charset: 'utf-8',
  version: '1.0',
  trade_no: '2026112522001',
  out_trade_no: 'order_1',
  trade_status: 'TRADE_SUCCESS',
  total_amount: '3000.01',
  gmt_payment: '2026-11-25 09:59:57',
  subject: '房租 + 100%',
  body: '',
  passback_params: 'op=1&at=2',
};

type Overrides = Record<string, string | undefined>;
const fieldsWith = (overrides: Overrides): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ ...FIELDS, ...overrides }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );

/** Signed by node's own crypto, as Alipay's documents say, empty fields and both sign fields left out. */
function signed(overrides: Overrides = {}, privatePem = ALIPAY.privatePem): URLSearchParams {
  const fields = fieldsWith(overrides);
  const text = Object.entries(fields)
    .filter(([, value]) => value !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const sign = createSign('RSA-SHA256').update(text, 'utf8').sign(privatePem, 'base64');
  return new URLSearchParams({ ...fields, sign_type: 'RSA2', sign });
}

const read = (form: URLSearchParams | string, config: Partial<AlipayConfig> = {}, nowMs = NOW) =>
  createAlipay(aConfig('http://127.0.0.1:9/gateway.do', config)).readNotice({ headers: {}, body: `${form}`, nowMs });

const PAID = {
  ok: true,
  notice: {
    kind: 'payment',
    noticeId: 'n-1',
    order: {
      outTradeNo: 'order_1',
      status: 'paid',
      amountFen: 300_001,
      providerNumber: '2026112522001',
      paidAt: '2026-11-25T01:59:57.000Z',
      attach: 'op=1&at=2',
    },
  },
};

describe('a notification of Alipay', () => {
  it('says what was paid, when and for which order, empty fields notwithstanding', () => {
    expect(read(signed())).toEqual(PAID);
  });

  it('gives back what we attached, whether Alipay decoded it or not', () => {
    expect(read(signed({ passback_params: encodeURIComponent('op=1&at=2') }))).toEqual(PAID);
    expect(read(signed({ passback_params: undefined }))).toMatchObject({ notice: { order: { attach: null } } });
  });

  it.each(Object.keys(FIELDS).filter((name) => name !== 'body'))('is refused when %s was altered', (name) => {
    const form = signed();
    form.set(name, `${form.get(name)}1`);
    expect(read(form)).toMatchObject({ ok: false, code: 'BadSignature' });
  });

  it('is refused when a field was added or taken away', () => {
    const more = signed();
    more.set('gmt_refund', '2026-11-25 09:59:57');
    const less = signed();
    less.delete('gmt_payment');
    expect([read(more), read(less)]).toMatchObject([{ code: 'BadSignature' }, { code: 'BadSignature' }]);
  });

  it('is refused when forged: signed by us or a stranger, with SHA-1, or not at all', () => {
    const unsigned = signed();
    unsigned.delete('sign');
    const weak = signed();
    weak.set('sign_type', 'RSA');
    const forged = [signed({}, APP.privatePem), signed({}, aPair().privatePem), unsigned, weak];
    for (const form of forged) expect(read(form)).toMatchObject({ ok: false, code: 'BadSignature' });
  });

  it('is refused when a field comes twice, whichever was signed', () => {
    expect(read(`${signed()}&total_amount=0.01`)).toMatchObject({ ok: false, code: 'Unreadable' });
    expect(read(`total_amount=0.01&${signed()}`)).toMatchObject({ ok: false, code: 'Unreadable' });
  });

  it('is not ours when it is for another app or seller, or for none', () => {
    for (const other of [{ app_id: '2021000000000000' }, { seller_id: '2088000000000000' }, { app_id: undefined }])
      expect(read(signed(other))).toMatchObject({ ok: false, code: 'NotOurs' });
    expect(read(signed({ seller_id: undefined }))).toMatchObject({ ok: false, code: 'Unreadable' });
  });

  it('is taken as long as Alipay repeats it and refused when replayed later or dated ahead of the clock', () => {
    const hours = (count: number) => NOW + count * 3_600_000;
    expect(read(signed(), {}, hours(25))).toEqual(PAID);
    expect(read(signed(), {}, hours(26.1))).toMatchObject({ ok: false, code: 'Stale' });
    expect(read(signed(), {}, hours(-0.1))).toEqual(PAID);
    expect(read(signed(), {}, hours(-0.5))).toMatchObject({ ok: false, code: 'Stale' });
  });

  it.each(['3000.1', '3000', '-3000.01', '3000.005', '1e3'])('is unreadable with an amount of %s', (total_amount) =>
    expect(read(signed({ total_amount }))).toMatchObject({ ok: false, code: 'Unreadable' }),
  );

  it('is unreadable when it says paid and not when', () => {
    expect(read(signed({ gmt_payment: undefined }))).toMatchObject({ ok: false, code: 'Unreadable' });
    expect(read('')).toMatchObject({ ok: false, code: 'Unreadable' });
  });

  it('of a refund, in part or in full, is told apart and never says that the refund is done', () => {
    const refund = { gmt_refund: '2026-11-25 09:59:57.120', refund_fee: '1000.00', out_biz_no: 'r-1' };
    const part = {
      kind: 'refund',
      noticeId: 'n-1',
      outTradeNo: 'order_1',
      refund: { outRefundNo: 'r-1', amountFen: 100_000 },
    };
    expect(read(signed(refund))).toMatchObject({ ok: true, notice: part });
    const full = read(
      signed({ ...refund, refund_fee: '3000.01', trade_status: 'TRADE_CLOSED', out_biz_no: undefined }),
    );
    expect(full).toMatchObject({
      notice: { kind: 'refund', refund: { outRefundNo: 'order_1', status: 'processing' } },
    });
    expect(read(signed({ refund_fee: '0.00' }))).toEqual(PAID);
  });

  it('of a closed order says closed only when it was never paid', () => {
    const unpaid = read(signed({ trade_status: 'TRADE_CLOSED', gmt_payment: undefined }));
    expect(unpaid).toMatchObject({ notice: { kind: 'payment', order: { status: 'closed', providerNumber: null } } });
    expect(read(signed({ trade_status: 'TRADE_CLOSED' }))).toMatchObject({ notice: { order: { status: 'paid' } } });
    expect(read(signed({ trade_status: 'TRADE_FINISHED' }))).toEqual(PAID);
  });

  it('of another kind is true and of no consequence', () => {
    const other = read(signed({ notify_type: 'dut_user_sign', seller_id: undefined }));
    expect(other).toEqual({ ok: true, notice: { kind: 'other', noticeId: 'n-1', what: 'dut_user_sign' } });
  });

  it('is believed under the old and the new key while Alipay changes it, and under the old one no longer after that', () => {
    const next = aPair();
    const both = { alipayPublicPems: [next.publicPem, ALIPAY.publicPem] };
    expect([read(signed(), both), read(signed({}, next.privatePem), both)]).toEqual([PAID, PAID]);
    const after = { alipayPublicPems: [next.publicPem] };
    expect(read(signed(), after)).toMatchObject({ ok: false, code: 'BadSignature' });
  });

  it('is refused and never thrown at, whatever somebody posts', () => {
    const alipay = createAlipay(aConfig('http://127.0.0.1:9/gateway.do'));
    const names = fc.constantFrom(...Object.keys(FIELDS), 'sign', 'sign_type', '__proto__', 'constructor');
    const forms = fc.array(fc.tuple(names, fc.string())).map((pairs) => new URLSearchParams(pairs).toString());
    fc.assert(
      fc.property(fc.oneof(fc.string(), forms), (body) => {
        expect(alipay.readNotice({ headers: {}, body, nowMs: NOW }).ok).toBe(false);
      }),
    );
  });

  it('is answered with the one word that ends the repeats, and with another one when it could not be kept', () => {
    const alipay = createAlipay(aConfig('http://127.0.0.1:9/gateway.do'));
    expect(alipay.acknowledge(true)).toMatchObject({ status: 200, body: 'success' });
    expect(alipay.acknowledge(false).body).not.toBe('success');
  });
});

describe('the configuration', () => {
  it.each([
    [{ alipayPublicPems: [] }],
    [{ alipayPublicPems: [ALIPAY.privatePem.replaceAll('PRIVATE', 'PUBLIC')] }],
    [{ appPrivatePem: APP.publicPem }],
    [{ sellerId: '1' }],
    [{ gatewayUrl: 'file:///etc/passwd' }],
  ])('is refused at the start, not at the first payment: %#', (wrong) => {
    expect(() => createAlipay(aConfig('http://127.0.0.1:9/gateway.do', wrong))).toThrow();
  });
});
