import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { readTradeBill } from './read-trade-bill';

const HEADING =
  '\uFEFF交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注';
const SUMMARY = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';
const PAYMENT =
  '`2026-01-05 10:34:56,`wx1,`1230000109,`0,`,`4200001,`order-1,`o1,`JSAPI,`SUCCESS,`OTHERS,`CNY,`3000.00,`0.00,`0,`0,`0.00,`0.00,`,`,`房租,`operator-1,`18.00500,`0.60%,`3000.00,`0.00,`';
const REFUND =
  '`2026-01-05 23:59:59,`wx1,`1230000109,`0,`,`4200001,`order-1,`o1,`JSAPI,`REFUND,`OTHERS,`CNY,`0.00,`0.00,`5030001,`refund-1,`1000.01,`0.00,`ORIGINAL,`SUCCESS,`房租,`operator-1,`-6.00000,`0.60%,`3000.00,`1000.01,`';
const END = '`2,`3000.00,`1000.01,`0.00,`12.00500,`3000.00,`1000.01';

async function read(...lines: string[]) {
  const reading = readTradeBill(Readable.from(Buffer.from(lines.join('\r\n'))));
  const rows = [];
  let step = await reading.next();
  for (; !step.done; step = await reading.next()) rows.push(step.value);
  return { rows, summary: step.value };
}

describe('a bill of the provider', () => {
  it('is read into whole fen and instants, refunds apart', async () => {
    const { rows, summary } = await read(HEADING, PAYMENT, REFUND, SUMMARY, END, '');
    expect(rows).toEqual([
      expect.objectContaining({
        kind: 'payment',
        at: '2026-01-05T02:34:56.000Z',
        orderFen: 300_000,
        feeFen: 1_801,
        refund: null,
      }),
      expect.objectContaining({
        kind: 'refund',
        at: '2026-01-05T15:59:59.000Z',
        feeFen: -600,
        refund: { outRefundNo: 'refund-1', providerNumber: '5030001', amountFen: 100_001, status: 'SUCCESS' },
      }),
    ]);
    expect(summary).toEqual({ count: 2, orderFen: 300_000, refundFen: 100_001, feeFen: 1_201 });
  });

  it.each([
    [
      'has another layout',
      [HEADING.replace('商户订单号', '订单'), PAYMENT, SUMMARY, END],
      'line 1: unknown layout, without 商户订单号',
    ],
    ['is a page of HTML', ['<html>'], 'line 1: unknown layout'],
    ['is empty', [''], 'line 0: the file ends before its summary'],
    ['was cut short', [HEADING, PAYMENT, REFUND], 'line 3: the file ends before its summary'],
    ['lacks a line', [HEADING, PAYMENT, SUMMARY, END], 'line 4: 1 lines, but 2 are said to be there'],
    ['has a line twice', [HEADING, PAYMENT, PAYMENT, SUMMARY, END], 'line 5: orders sum to 600000 fen, not 300000'],
    ['has too few cells', [HEADING, PAYMENT.slice(0, -2), SUMMARY, END], 'line 2: 26 cells under 27 headings'],
    ['is in dollars', [HEADING, PAYMENT.replace('CNY', 'USD'), SUMMARY, END], 'line 2: in USD'],
    [
      'has another state',
      [HEADING, PAYMENT.replace('SUCCESS', 'REVOKED'), SUMMARY, END],
      'line 2: unknown state REVOKED',
    ],
    ['has no time', [HEADING, PAYMENT.replace('10:34:56', 'noon'), SUMMARY, END], 'line 2: no time: 2026-01-05 noon'],
  ])('that %s is refused', async (_what, lines, why) => {
    await expect(read(...lines)).rejects.toThrow(why);
  });

  it('with an amount of a tenth of a fen is refused', async () => {
    const changed = PAYMENT.replace('0.60%,`3000.00', '0.60%,`3000.001');
    await expect(read(HEADING, changed, SUMMARY, END)).rejects.toThrow('line 2: no amount: 3000.001');
  });
});
