import { describe, expect, it, jest } from '@jest/globals';
import type { Fen } from '../../../domain/money';
import { anOrder, aRefund, clientOf } from '../test-world';
import { orderState } from './orders';
import { refuseOrder, refuseRefund } from './refuse-early';

const fenOf = (amount: number) => amount as Fen;

describe('an order that the provider would refuse', () => {
  it.each([
    ['half a fen', { amountFen: fenOf(0.5) }],
    ['a negative amount', { amountFen: fenOf(-1) }],
    ['nothing to pay', { amountFen: fenOf(0) }],
    ['a short number', { outTradeNo: 'A1' }],
    ['a long number', { outTradeNo: 'A'.repeat(33) }],
    ['a number with a slash', { outTradeNo: 'order/2026/1' }],
    ['no subject', { subject: '' }],
    ['43 Chinese characters of attach', { attach: '房'.repeat(43) }],
    ['no expiry', { expiresAt: 'tomorrow' }],
    ['an address for notices with a query', { notifyUrl: 'https://rent.example/notices?key=1' }],
    ['a script as address', { notifyUrl: 'javascript:alert(1)' }],
    ['nobody to pay inside WeChat', { way: { kind: 'app' } as const }],
    ['an empty address of the payer', { payerIp: '' }],
  ])('for %s is not sent', async (_what, overrides) => {
    const fetching = jest.spyOn(globalThis, 'fetch');
    const answer = await clientOf('http://127.0.0.1:9').open(anOrder(overrides));
    expect(answer).toEqual({ kind: 'refused', code: 'PARAM_ERROR', message: expect.any(String) });
    expect(fetching).not.toHaveBeenCalled();
    fetching.mockRestore();
  });

  it('is no ordinary one', () => {
    expect(refuseOrder(anOrder())).toBeUndefined();
    expect(refuseOrder(anOrder({ way: { kind: 'app', openid: 'o1' } }))).toBeUndefined();
  });
});

describe('a refund that the provider would refuse', () => {
  it.each([
    ['half a fen', { amountFen: fenOf(0.5) }],
    ['a negative amount', { amountFen: fenOf(-1) }],
    ['more than the order', { amountFen: fenOf(300_001) }],
    ['an order of half a fen', { orderFen: fenOf(0.5) }],
    ['a number with spaces', { outRefundNo: 'a b' }],
  ])('for %s is not sent', (_what, overrides) => {
    expect(refuseRefund(aRefund(anOrder(), overrides))).toMatchObject({ kind: 'refused', code: 'PARAM_ERROR' });
  });

  it('is no ordinary one', () => {
    expect(refuseRefund(aRefund(anOrder()))).toBeUndefined();
  });
});

describe('what the provider says of an order', () => {
  const told = {
    appid: 'wx1',
    mchid: '1',
    out_trade_no: 'order-1',
    transaction_id: '42',
    success_time: '2026-01-05T10:00:00+08:00',
  };
  const amount = { total: 100, currency: 'CNY' } as const;

  it.each([
    ['SUCCESS', 'paid'],
    ['REFUND', 'paid'],
    ['NOTPAY', 'waiting'],
    ['USERPAYING', 'waiting'],
    ['ACCEPT', 'waiting'],
    ['PAYERROR', 'waiting'],
    ['CLOSED', 'closed'],
    ['REVOKED', 'closed'],
  ] as const)('%s means %s', (trade_state, status) => {
    expect(orderState({ ...told, trade_state, amount })).toMatchObject({ status, amountFen: 100 });
  });

  it('as paid without number, time or amount is not believed', () => {
    expect(orderState({ ...told, trade_state: 'SUCCESS' })).toBeUndefined();
    expect(orderState({ ...told, trade_state: 'SUCCESS', amount, success_time: undefined })).toBeUndefined();
    expect(orderState({ ...told, trade_state: 'SUCCESS', amount, transaction_id: '' })).toBeUndefined();
  });
});
