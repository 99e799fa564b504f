import { createSign } from 'node:crypto';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { fen } from '../../../domain/money';
import type { PaymentProvider } from '../../payment-provider';
import { createAlipay } from '../client';
import { ALIPAY, APP, aConfig, anOrder, officialSdk } from '../test-peers';

/** A gateway that answers what a test says and keeps what it was asked. */
let server: Server;
let url: string;
let asked: Record<string, string>[];
let reply: (res: ServerResponse) => void;
let alipay: PaymentProvider;

const sign = (text: string, pem = ALIPAY.privatePem): string =>
  createSign('RSA-SHA256').update(text, 'utf8').sign(pem, 'base64');
const says = (name: string, inner: string, { over = inner, pem = ALIPAY.privatePem } = {}) => {
  reply = (res) => res.end(`{"${name}":${inner},"sign":"${sign(over, pem)}"}`);
};
const signedQuery = (inner: string): string => `{"alipay_trade_query_response":${inner},"sign":"${sign(inner)}"}`;
const PAID =
  '{"code":"10000","msg":"Success","out_trade_no":"order_1","trade_no":"2026","trade_status":"TRADE_SUCCESS","total_amount":"3.00","send_pay_date":"2026-11-25 10:00:00"}';
const queried = (inner: string, options = {}) => {
  says('alipay_trade_query_response', inner, options);
  return alipay.query('order_1');
};

beforeAll(async () => {
  server = createServer((req, res) => {
    let body = '';
    req.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8');
    });
    req.on('end', () => {
      const query = new URL(req.url ?? '', 'http://x').searchParams;
      asked.push(Object.fromEntries([...query, ...new URLSearchParams(body)]));
      reply(res);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/gateway.do`;
});
beforeEach(() => {
  asked = [];
  alipay = createAlipay(aConfig(url, { timeoutMs: 300 }));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe('what we send to Alipay', () => {
  it("is signed as Alipay's own library verifies it, and no field can be altered", async () => {
    reply = (res) => res.end('{}');
    const order = anOrder({ subject: '水费 100% + 电费', way: { kind: 'qr' } });
    await alipay.open(order);
    await alipay.query('order_1');
    await alipay.close('order_1');
    const refund = {
      outRefundNo: 'r-1',
      outTradeNo: 'order_1',
      amountFen: fen(1),
      orderFen: fen(2),
      reason: '退 & 款',
    };
    await alipay.refund({ ...refund, notifyUrl: 'http://127.0.0.1:9/' });
    await alipay.queryRefund({ outRefundNo: 'r-1', outTradeNo: 'order_1' });
    const page = await alipay.open(anOrder());
    const app = await alipay.open(anOrder({ way: { kind: 'app' } }));
    if (page.kind !== 'ok' || page.value.kind !== 'page') throw new Error('no page');
    if (app.kind !== 'ok' || app.value.kind !== 'app') throw new Error('no order string');
    asked.push(Object.fromEntries(new URL(page.value.url).searchParams));
    asked.push(Object.fromEntries(new URLSearchParams(app.value.orderString)));
    expect(asked.map(({ method }) => method)).toEqual([
      'alipay.trade.precreate',
      'alipay.trade.query',
      'alipay.trade.close',
      'alipay.trade.refund',
      'alipay.trade.fastpay.refund.query',
      'alipay.trade.wap.pay',
      'alipay.trade.app.pay',
    ]);
    const theirs = officialSdk(url, { privateKey: APP.privatePem, publicKey: APP.publicPem });
    for (const fields of asked) {
      expect(theirs.checkNotifySignV2(fields)).toBe(true);
      for (const name of Object.keys(fields).filter((field) => !field.startsWith('sign')))
        expect(theirs.checkNotifySignV2({ ...fields, [name]: `${fields[name]}.` })).toBe(false);
    }
  });

  it('is dated in GMT+8, names amounts in yuan and carries the certificates in their mode', async () => {
    reply = (res) => res.end('{}');
    const now = () => Date.parse('2026-12-31T16:00:00Z');
    const certificates = { appCertSn: 'app-sn', alipayRootCertSn: 'root-sn' };
    const dated = createAlipay(aConfig(url, { certificates }), now);
    await dated.open(anOrder({ way: { kind: 'qr' }, expiresAt: '2027-01-01T00:15:00.999+08:00', subject: 'a/b=c&d' }));
    expect(asked[0]).toMatchObject({
      timestamp: '2027-01-01 00:00:00',
      app_cert_sn: 'app-sn',
      alipay_root_cert_sn: 'root-sn',
    });
    expect(JSON.parse(asked[0]?.biz_content ?? '')).toMatchObject({
      total_amount: '3000.01',
      time_expire: '2027-01-01 00:15:00',
      subject: 'a／b＝c＆d',
    });
  });

  it.each([
    [{ amountFen: fen(0) }, 'InvalidAmount'],
    [{ amountFen: fen(-1) }, 'InvalidAmount'],
    [{ amountFen: 0.5 as ReturnType<typeof fen> }, 'InvalidAmount'],
    [{ outTradeNo: 'a-b-c-d' }, 'InvalidOrderNumber'],
    [{ outTradeNo: 'a'.repeat(33) }, 'InvalidOrderNumber'],
    [{ attach: '100%' }, 'InvalidAttach'],
    [{ attach: '房'.repeat(43) }, 'InvalidAttach'],
    [{ attach: '\ud800' }, 'InvalidAttach'],
    [{ returnUrl: 'javascript:alert(1)' }, 'InvalidUrl'],
    [{ expiresAt: '2020-01-01T00:00:00Z' }, 'Expired'],
    [{ expiresAt: 'soon' }, 'InvalidExpiry'],
  ])('is never an order like %j', async (wrong, code) => {
    for (const kind of ['page', 'qr', 'app'] as const)
      expect(await alipay.open(anOrder({ ...wrong, way: { kind } }))).toMatchObject({ kind: 'refused', code });
    expect(asked).toEqual([]);
  });

  it.each([0, -1, 0.5, 301])('is never a refund of %p fen of an order of 300', async (amount) => {
    const refund = { outRefundNo: 'r-1', outTradeNo: 'order_1', orderFen: fen(300), reason: '', notifyUrl: url };
    const answer = await alipay.refund({ ...refund, amountFen: amount as ReturnType<typeof fen> });
    expect(answer).toMatchObject({ kind: 'refused', code: 'InvalidAmount' });
    expect(asked).toEqual([]);
  });
});

describe('what Alipay answers', () => {
  it('is believed over its own characters, spaces and escaped slashes included, whichever side escaped them', async () => {
    const paid = { kind: 'ok', value: { status: 'paid', amountFen: 300, paidAt: '2026-11-25T02:00:00.000Z' } };
    expect(await queried(PAID)).toMatchObject(paid);
    expect(await queried(PAID.replaceAll(',', ' , '))).toMatchObject(paid);
    const escaped = PAID.replace('Success', 'a\\/b');
    expect(await queried(escaped)).toMatchObject(paid);
    expect(await queried(escaped, { over: escaped.replaceAll('\\/', '/') })).toMatchObject(paid);
  });

  it('is unknown when altered, unsigned, signed by another, or about another order', async () => {
    const unknown = { kind: 'unknown' };
    expect(await queried(PAID, { over: PAID.replace('3.00', '4.00') })).toMatchObject(unknown);
    expect(await queried(PAID, { pem: APP.privatePem })).toMatchObject(unknown);
    expect(await queried(PAID.replace('order_1', 'order_2'))).toMatchObject(unknown);
    reply = (res) => res.end(`{"alipay_trade_query_response":${PAID}}`);
    expect(await alipay.query('order_1')).toMatchObject(unknown);
  });

  it('is unknown when the amount or the time is not as documented', async () => {
    for (const [right, wrong] of [
      ['3.00', '3.0'],
      ['3.00', '3.005'],
      ['2026-11-25 10:00:00', '2026-02-30 10:00:00'],
      [',"send_pay_date":"2026-11-25 10:00:00"', ''],
    ] as const)
      expect(await queried(PAID.replace(right, wrong))).toMatchObject({ kind: 'unknown' });
  });

  it.each([
    ['HTTP 500', (res: ServerResponse) => res.writeHead(500).end(signedQuery(PAID))],
    ['a redirect', (res: ServerResponse) => res.writeHead(302, { location: url }).end()],
    ['a page', (res: ServerResponse) => res.end('<html>')],
    ['an empty object', (res: ServerResponse) => res.end('{}')],
    ['a cut line', (res: ServerResponse) => res.destroy()],
    ['silence', () => undefined],
  ])('is unknown and never thrown when it is %s', async (_, answer) => {
    reply = answer;
    expect(await alipay.query('order_1')).toMatchObject({ kind: 'unknown' });
  });

  it.each([
    ['40004', 'ACQ.TRADE_NOT_EXIST', 'refused'],
    ['40004', 'ACQ.INVALID_PARAMETER', 'refused'],
    ['40002', 'isv.invalid-signature', 'refused'],
    ['40006', 'isv.insufficient-isv-permissions', 'refused'],
    ['40004', 'ACQ.SYSTEM_ERROR', 'unknown'],
    ['40005', 'isv.app-call-limited', 'unknown'],
    ['20000', 'isp.unknow-error', 'unknown'],
    ['10003', '', 'unknown'],
  ])('is with %s %s %s', async (code, subCode, kind) => {
    const answer = await queried(JSON.stringify({ code, msg: 'm', sub_code: subCode, sub_msg: '说明 "sign":"x"}' }));
    expect(answer).toMatchObject(kind === 'refused' ? { kind, code: subCode } : { kind });
  });

  it('is a refusal as well when it comes as an error response that is signed', async () => {
    says('error_response', '{"code":"40002","msg":"Invalid Arguments","sub_code":"isv.invalid-app-id"}');
    expect(await alipay.query('order_1')).toMatchObject({ kind: 'refused', code: 'isv.invalid-app-id' });
  });

  it('of a trade that was paid and given back in full is paid, of one never paid closed', async () => {
    const closed = PAID.replace('TRADE_SUCCESS', 'TRADE_CLOSED');
    expect(await queried(closed)).toMatchObject({ value: { status: 'paid' } });
    const never = closed.replace(',"send_pay_date":"2026-11-25 10:00:00"', '');
    expect(await queried(never)).toMatchObject({ value: { status: 'closed', providerNumber: null, paidAt: null } });
  });
});
