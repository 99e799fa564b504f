import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Aes, Formatter, Rsa, Wechatpay } from 'wechatpay-axios-plugin';
import type { WechatPay } from './client/create-wechat-pay';
import { payAsPerson } from './simulator/pay-as-person';
import {
  API_V3_KEY,
  anOrder,
  aRefund,
  clientOf,
  type Listener,
  MERCHANT,
  MERCHANT_KEYS,
  newKeys,
  newNumber,
  type RunningSimulator,
  startListener,
  startSimulator,
  until,
} from './test-world';

jest.setTimeout(60_000);

/** The independent SDK, as a merchant would set it up. */
const peerOf = (baseURL: string, certs: Record<string, string>, privateKey: string = MERCHANT_KEYS.privateKey) =>
  new Wechatpay({ baseURL, mchid: MERCHANT.mchid, serial: MERCHANT.serial, privateKey, certs });

let simulator: RunningSimulator;
let listener: Listener;
let client: WechatPay;
/** Certificates by serial, opened by the independent SDK. */
let certs: Record<string, string>;

async function downloadCertificates(baseURL: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const peer = peerOf(baseURL, { any: '' });
  const { data } = await peer.chain('v3/certificates').get({ transformResponse: [(text: string) => JSON.parse(text)] });
  for (const { serial_no, encrypt_certificate: sealed } of data.data) {
    found[serial_no] = Aes.AesGcm.decrypt(sealed.ciphertext, API_V3_KEY, sealed.nonce, sealed.associated_data);
  }
  return found;
}

beforeAll(async () => {
  simulator = await startSimulator();
  client = clientOf(simulator.url);
  await client.loadKeys();
  listener = await startListener(() => client);
  certs = await downloadCertificates(simulator.url);
});
afterAll(async () => {
  await listener.stop();
  await simulator.stop();
});

const wireOrder = (outTradeNo: string) => ({
  appid: MERCHANT.appid,
  mchid: MERCHANT.mchid,
  description: '房租',
  out_trade_no: outTradeNo,
  notify_url: listener.url,
  amount: { total: 300_000, currency: 'CNY' },
});

describe('an independent SDK against the simulator', () => {
  it('opens the certificates, and signs, verifies and understands order, query, close and refund', async () => {
    expect(Object.values(certs)[0]).toContain('BEGIN CERTIFICATE');
    const peer = peerOf(simulator.url, certs);
    const outTradeNo = newNumber();
    const native: { data: unknown } = await peer.chain('v3/pay/transactions/native').post(wireOrder(outTradeNo));
    expect(native.data).toEqual({ code_url: expect.stringMatching(/^weixin:/) });
    const query = peer.chain(`v3/pay/transactions/out-trade-no/${outTradeNo}`);
    const params = { mchid: MERCHANT.mchid };
    expect((await query.get({ params })).data).toMatchObject({ trade_state: 'NOTPAY', amount: { total: 300_000 } });
    const { code_url } = native.data as { code_url: string };
    await payAsPerson(`${simulator.url}/wechat-pay/scan?pr=${code_url.split('=')[1]}`, 'pay');
    expect((await query.get({ params })).data).toMatchObject({ trade_state: 'SUCCESS', trade_type: 'NATIVE' });
    const amount = { refund: 1, total: 300_000, currency: 'CNY' };
    const refund = { out_trade_no: outTradeNo, out_refund_no: newNumber(), amount };
    expect((await peer.chain('v3/refund/domestic/refunds').post(refund)).data).toMatchObject({ status: 'PROCESSING' });
    const other = newNumber();
    await peer.chain('v3/pay/transactions/native').post(wireOrder(other));
    const close = await peer.chain(`v3/pay/transactions/out-trade-no/${other}/close`).post(params);
    expect(close.status).toBe(204);
  });

  it('with another merchant’s key is refused as the provider refuses it', async () => {
    const stranger = peerOf(simulator.url, certs, newKeys().privateKey);
    const outTradeNo = newNumber();
    await expect(stranger.chain('v3/pay/transactions/native').post(wireOrder(outTradeNo))).rejects.toMatchObject({
      response: { status: 401, data: { code: 'SIGN_ERROR' } },
    });
    expect(simulator.book.find(outTradeNo)).toBeUndefined();
  });

  it('rejects the answers that the simulator signs wrongly, not at all or too late', async () => {
    const peer = peerOf(simulator.url, certs);
    for (const how of ['wrong-signature', 'unsigned', 'stale'] as const) {
      simulator.faults.add({ kind: 'answer', how });
      const call = peer.chain('v3/pay/transactions/native').post(wireOrder(newNumber()));
      await expect(call).rejects.toMatchObject({ code: expect.stringMatching(/^EV3_RES_HEADER/) });
    }
  });

  it('verifies the notices, opens them, and reads what was paid and refunded', async () => {
    const order = anOrder({ notifyUrl: listener.url });
    const opened = await client.open(order);
    if (opened.kind !== 'ok' || opened.value.kind !== 'page') throw new Error('not opened');
    await payAsPerson(opened.value.url, 'pay');
    await client.refund(aRefund(order));
    const ours = () => listener.notices().filter((notice) => JSON.stringify(notice).includes(order.outTradeNo));
    await until(() => ours().length === 2);
    const contents = listener.received.map(({ headers, body }) => {
      const header = (name: string) => String(headers[name]);
      const signed = Formatter.response(header('wechatpay-timestamp'), header('wechatpay-nonce'), body);
      const certificate = certs[header('wechatpay-serial')] ?? '';
      expect(Rsa.verify(signed, header('wechatpay-signature'), Rsa.from(certificate, 'public'))).toBe(true);
      const { resource } = JSON.parse(body);
      return JSON.parse(Aes.AesGcm.decrypt(resource.ciphertext, API_V3_KEY, resource.nonce, resource.associated_data));
    });
    const { mchid } = MERCHANT;
    expect(contents).toContainEqual(
      expect.objectContaining({ mchid, out_trade_no: order.outTradeNo, trade_state: 'SUCCESS' }),
    );
    expect(contents).toContainEqual(
      expect.objectContaining({ mchid, out_trade_no: order.outTradeNo, refund_status: 'SUCCESS' }),
    );
  });
});

describe('our client before a server that the independent SDK checks and signs for', () => {
  const platform = newKeys();
  const requests: Array<{ method: string; url: string; authorization: string; body: string }> = [];
  let server: Server;
  let answer: { status: number; body: string };

  beforeAll(async () => {
    server = createServer((req, res) => {
      const chunks: Buffer[] = [];
      req.on('data', (chunk: Buffer) => chunks.push(chunk));
      req.on('end', () => {
        const { method = '', url = '', headers } = req;
        requests.push({
          method,
          url,
          authorization: String(headers.authorization),
          body: Buffer.concat(chunks).toString(),
        });
        const timestamp = Formatter.timestamp();
        const nonce = Formatter.nonce();
        const signature = Rsa.sign(
          Formatter.response(timestamp, nonce, answer.body),
          Rsa.from(platform.privateKey, 'private'),
        );
        res.writeHead(answer.status, {
          'Wechatpay-Timestamp': String(timestamp),
          'Wechatpay-Nonce': nonce,
          'Wechatpay-Signature': signature,
          'Wechatpay-Serial': 'PUB_KEY_ID_0116',
        });
        res.end(answer.body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const ask = () =>
    clientOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, {
      publicKey: { id: 'PUB_KEY_ID_0116', pem: platform.publicKey },
    });

  it('signs each request so that the SDK’s arithmetic confirms it, bodies in Chinese included', async () => {
    answer = {
      status: 200,
      body: '{"code_url":"weixin://wxpay/bizpayurl?pr=1","h5_url":"https://wx.example/p?x=1","prepay_id":"wx1"}',
    };
    await ask().open(anOrder());
    await ask().query('order|number*1');
    await ask().close('order|number*1');
    await ask().refund(aRefund(anOrder()));
    await ask().queryRefund(aRefund(anOrder()));
    expect(requests).toHaveLength(5);
    for (const { method, url, authorization, body } of requests) {
      const [scheme, rest = ''] = authorization.split(/ (.*)/s);
      const fields = Object.fromEntries([...rest.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));
      expect([scheme, fields.mchid, fields.serial_no]).toEqual([
        'WECHATPAY2-SHA256-RSA2048',
        MERCHANT.mchid,
        MERCHANT.serial,
      ]);
      const text = Formatter.request(method, url, fields.timestamp ?? '', fields.nonce_str ?? '', body);
      expect(Rsa.verify(text, fields.signature ?? '', Rsa.from(MERCHANT_KEYS.publicKey, 'public'))).toBe(true);
    }
  });

  it('believes what the SDK signs, and signs what WeChat’s script gets as the SDK would', async () => {
    answer = { status: 200, body: '{"prepay_id":"wx26112221580621e9b071c00d9e093b0000"}' };
    const opened = await ask().open(anOrder({ way: { kind: 'app', openid: 'oUpF8uMuAJO' } }));
    if (opened.kind !== 'ok' || opened.value.kind !== 'app') throw new Error(JSON.stringify(opened));
    const fields: Record<string, string> = { ...opened.value.fields };
    const text = Formatter.joinedByLineFeed(
      MERCHANT.appid,
      fields.timeStamp ?? '',
      fields.nonceStr ?? '',
      'prepay_id=wx26112221580621e9b071c00d9e093b0000',
    );
    expect(fields).toMatchObject({ appId: MERCHANT.appid, signType: 'RSA' });
    expect(Rsa.verify(text, fields.paySign ?? '', Rsa.from(MERCHANT_KEYS.publicKey, 'public'))).toBe(true);
  });

  it.each([
    [500, 'INVALID_REQUEST'],
    [502, 'PARAM_ERROR'],
    [429, 'RULE_LIMIT'],
    [400, 'SYSTEM_ERROR'],
    [400, 'BANK_ERROR'],
    [403, 'USERPAYING'],
    [401, 'SIGN_ERROR'],
    [202, 'USERPAYING'],
  ])('takes %d %s, though signed, for neither done nor refused', async (status, code) => {
    answer = { status, body: JSON.stringify({ code, message: '' }) };
    expect(await ask().open(anOrder())).toMatchObject({ kind: 'unknown', why: expect.stringContaining(code) });
    expect(await ask().close('order-1')).toMatchObject({ kind: 'unknown', why: expect.stringContaining(code) });
  });

  it.each([
    ['another order', { out_trade_no: 'order-2' }],
    ['another merchant', { mchid: '1900000001' }],
    ['another app', { appid: 'wx0' }],
    ['half a fen', { amount: { total: 0.5, currency: 'CNY' } }],
    ['dollars', { amount: { total: 100, currency: 'USD' } }],
    ['a payment without number', { transaction_id: '' }],
  ])('does not believe an answer about %s', async (_what, change) => {
    const told = {
      appid: MERCHANT.appid,
      mchid: MERCHANT.mchid,
      out_trade_no: 'order-1',
      transaction_id: '42',
      trade_state: 'SUCCESS',
      success_time: '2026-01-05T10:00:00+08:00',
      amount: { total: 100, currency: 'CNY' },
    };
    answer = { status: 200, body: JSON.stringify(told) };
    expect(await ask().query('order-1')).toMatchObject({ kind: 'ok', value: { status: 'paid', amountFen: 100 } });
    answer = { status: 200, body: JSON.stringify({ ...told, ...change }) };
    expect(await ask().query('order-1')).toMatchObject({ kind: 'unknown' });
  });

  it('takes a refusal that is signed for a refusal', async () => {
    answer = { status: 403, body: '{"code":"NO_AUTH","message":"商户号没有权限"}' };
    expect(await ask().open(anOrder())).toEqual({ kind: 'refused', code: 'NO_AUTH', message: '商户号没有权限' });
  });
});
