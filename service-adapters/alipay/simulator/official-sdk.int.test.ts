import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { pressButton } from '../press-button';
import { ALIPAY, APP, aMerchant, aPair, aWorld, type Merchant, officialSdk, until, type World } from '../test-peers';

jest.setTimeout(60_000);

let world: World;
let merchant: Merchant;
let number = 0;

beforeAll(async () => {
  world = await aWorld();
  merchant = await aMerchant((body) => world.alipay.readNotice({ headers: {}, body, nowMs: Date.now() }));
});
beforeEach(() => {
  merchant.bodies.length = 0;
  merchant.notices.length = 0;
});
afterAll(async () => {
  merchant.close();
  await world.close();
});

const biz = (overrides: Record<string, unknown> = {}) => {
  number += 1;
  return { outTradeNo: `sdk_order_${number}`, totalAmount: '88.10', subject: '电费 100% (一月)', ...overrides };
};
const strict = { validateSign: true };

describe("Alipay's own Node library against the simulator", () => {
  it('precreates, is paid in a browser, queries, refunds in part and asks for the refund, every answer verified', async () => {
    const sdk = officialSdk(world.gatewayUrl);
    const order = biz({ passbackParams: encodeURIComponent('op=1&at=2027') });
    const opened = await sdk.exec('alipay.trade.precreate', { notifyUrl: merchant.url, bizContent: order }, strict);
    expect(opened).toMatchObject({ code: '10000', out_trade_no: order.outTradeNo });
    const which = { outTradeNo: order.outTradeNo };
    const before = await sdk.exec('alipay.trade.query', { bizContent: which }, strict);
    expect(before).toMatchObject({ code: '40004', sub_code: 'ACQ.TRADE_NOT_EXIST' });
    await pressButton(opened.qr_code, 'pay');
    const paid = await sdk.exec('alipay.trade.query', { bizContent: which }, strict);
    expect(paid).toMatchObject({ code: '10000', trade_status: 'TRADE_SUCCESS', total_amount: '88.10' });
    const refund = { ...which, refundAmount: '8.10', outRequestNo: 'r-1', refundReason: '退' };
    const refunded = await sdk.exec('alipay.trade.refund', { bizContent: refund }, strict);
    expect(refunded).toMatchObject({ code: '10000', fund_change: 'Y', refund_fee: '8.10' });
    expect(await sdk.exec('alipay.trade.refund', { bizContent: refund }, strict)).toMatchObject({ fund_change: 'N' });
    const asked = { ...which, outRequestNo: 'r-1' };
    const done = await sdk.exec('alipay.trade.fastpay.refund.query', { bizContent: asked }, strict);
    expect(done).toMatchObject({ refund_status: 'REFUND_SUCCESS', refund_amount: '8.10' });
  });

  it('opens the cashier by address, by form and by order string', async () => {
    const sdk = officialSdk(world.gatewayUrl);
    const params = { notifyUrl: merchant.url, returnUrl: 'http://127.0.0.1:9/back' };
    const page = sdk.pageExecute('alipay.trade.wap.pay', 'GET', { ...params, bizContent: biz() });
    await pressButton(page, 'pay');
    const orderString = sdk.sdkExecute('alipay.trade.app.pay', { ...params, bizContent: biz() });
    await pressButton(`${world.gatewayUrl}?${orderString}`, 'pay');
    const form = sdk.pageExecute('alipay.trade.wap.pay', 'POST', { ...params, bizContent: biz() });
    const action = /action="([^"]+)"/.exec(form)?.[1] ?? '';
    const inputs = [...form.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(
      ([, name = '', value = '']): [string, string] => [name, value.replaceAll('&quot;', '"')],
    );
    const posted = await fetch(action, { method: 'POST', body: new URLSearchParams(inputs) });
    expect(posted.url).toContain('/alipay/cashier/');
    expect(await posted.text()).toContain('¥88.10');
    await until(() => merchant.notices.length >= 2);
  });

  it('verifies every notification, of payments and of refunds', async () => {
    const sdk = officialSdk(world.gatewayUrl);
    const order = biz({ passbackParams: encodeURIComponent('房 租&100') });
    const params = { notifyUrl: merchant.url, bizContent: order };
    await pressButton(sdk.pageExecute('alipay.trade.wap.pay', 'GET', params), 'pay');
    const refund = { outTradeNo: order.outTradeNo, refundAmount: '88.10', outRequestNo: 'all' };
    await sdk.exec('alipay.trade.refund', { bizContent: refund }, strict);
    await until(() => merchant.bodies.length === 2);
    const fields = merchant.bodies.map((body) => Object.fromEntries(new URLSearchParams(body)));
    expect(fields.map((notice) => sdk.checkNotifySignV2(notice))).toEqual([true, true]);
    expect(fields.map((notice) => sdk.checkNotifySignV2({ ...notice, total_amount: '0.01' }))).toEqual([false, false]);
    expect(fields.map(({ trade_status }) => trade_status).sort()).toEqual(['TRADE_CLOSED', 'TRADE_SUCCESS']);
    expect(merchant.notices.every(({ ok }) => ok)).toBe(true);
  });

  it('is refused under another key, and refuses the simulator under another key', async () => {
    const stranger = officialSdk(world.gatewayUrl, { privateKey: aPair().privatePem, publicKey: ALIPAY.publicPem });
    const refused = await stranger.exec('alipay.trade.precreate', { bizContent: biz() }, strict);
    expect(refused).toMatchObject({ code: '40002', sub_code: 'isv.invalid-signature' });
    const deceived = officialSdk(world.gatewayUrl, { privateKey: APP.privatePem, publicKey: APP.publicPem });
    await expect(deceived.exec('alipay.trade.precreate', { bizContent: biz() }, strict)).rejects.toThrow('验签失败');
    const page = stranger.pageExecute('alipay.trade.wap.pay', 'GET', { bizContent: biz() });
    expect(await (await fetch(page)).text()).toContain('isv.invalid-signature');
  });

  it.each([
    ['totalAmount', '0.00'],
    ['totalAmount', '-1.00'],
    ['totalAmount', '1.005'],
    ['totalAmount', 1],
    ['outTradeNo', 'has-hyphen'],
    ['subject', 'a=b&c'],
  ])('is refused as Alipay does with %s %p', async (name, value) => {
    const sdk = officialSdk(world.gatewayUrl);
    const answer = await sdk.exec('alipay.trade.precreate', { bizContent: biz({ [name]: value }) }, strict);
    expect(answer).toMatchObject({ code: '40004', sub_code: 'ACQ.INVALID_PARAMETER' });
  });

  it('is told that another amount under the same number is another order', async () => {
    const sdk = officialSdk(world.gatewayUrl);
    const order = biz();
    await sdk.exec('alipay.trade.precreate', { bizContent: order }, strict);
    const other = await sdk.exec('alipay.trade.precreate', { bizContent: { ...order, totalAmount: '1.00' } }, strict);
    expect(other).toMatchObject({ sub_code: 'ACQ.CONTEXT_INCONSISTENT' });
  });
});
