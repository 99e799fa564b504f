import { createReadStream, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { Formatter } from 'wechatpay-axios-plugin';
import { localDate, shanghaiDate } from '../../../domain/calendar';
import { fen } from '../../../domain/money';
import { payAsPerson } from '../simulator/pay-as-person';
import { anOrder, aRefund, clientOf, configOf, type RunningSimulator, startSimulator } from '../test-world';
import { createWechatBills, type WechatBills } from './create-wechat-bills';
import { readTradeBill } from './read-trade-bill';
import type { TradeBillRow } from './trade-bill';

jest.setTimeout(60_000);

let folder: string;
let simulator: RunningSimulator;
let bills: WechatBills;
const file = () => join(folder, 'bills', 'today.csv');
const today = () => shanghaiDate(Date.now());

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wechat-bill-'));
  simulator = await startSimulator();
  bills = createWechatBills(configOf(simulator.url));
});
afterEach(async () => {
  await simulator.stop();
  rmSync(folder, { recursive: true });
});

async function aDay() {
  const client = clientOf(simulator.url);
  const order = anOrder({ subject: '房租, 水费`电费', attach: 'a,b' });
  const opened = await client.open(order);
  if (opened.kind !== 'ok' || opened.value.kind !== 'page') throw new Error('not opened');
  await payAsPerson(opened.value.url, 'pay');
  const refund = aRefund(order, { amountFen: fen(100_001) });
  await client.refund(refund);
  await client.open(anOrder()); // nobody pays it: it is on no bill
  return { order, refund };
}

it('downloads the bill of a day, which an independent SDK reads alike', async () => {
  const { order, refund } = await aDay();
  expect(await bills.downloadTradeBill(today(), file())).toEqual({
    kind: 'ok',
    value: { file: file(), bytes: expect.any(Number) },
  });
  const rows: TradeBillRow[] = [];
  const reading = readTradeBill(createReadStream(file()));
  let step = await reading.next();
  for (; !step.done; step = await reading.next()) rows.push(step.value);
  expect(step.value).toEqual({ count: 2, orderFen: 300_000, refundFen: 100_001, feeFen: 1_200 });
  expect(rows).toMatchObject([
    {
      line: 2,
      kind: 'payment',
      outTradeNo: order.outTradeNo,
      orderFen: 300_000,
      refund: null,
      feeFen: 1_800,
      attach: 'a,b',
    },
    {
      line: 3,
      kind: 'refund',
      outTradeNo: order.outTradeNo,
      refund: { outRefundNo: refund.outRefundNo, amountFen: 100_001 },
      feeFen: -600,
    },
  ]);
  const theirs = Formatter.castCsvBill(readFileSync(file())) as {
    rows: Record<string, string>[];
    summary: Record<string, string>;
  };
  expect(theirs.rows.map((row) => row.商户订单号)).toEqual(rows.map(({ outTradeNo }) => outTradeNo));
  expect(theirs.rows[0]).toMatchObject({
    微信订单号: rows[0]?.providerNumber,
    订单金额: '3000.00',
    商品名称: '房租, 水费`电费',
  });
  expect(theirs.summary).toMatchObject({ 总交易单数: '2', 订单总金额: '3000.00', 申请退款总金额: '1000.01' });
});

it('has no bill for a day without payments', async () => {
  expect(await bills.downloadTradeBill(localDate('2020-01-01'), file())).toMatchObject({
    kind: 'refused',
    code: 'NO_STATEMENT_EXIST',
  });
});

it('keeps no file that was changed on its way', async () => {
  await aDay();
  simulator.faults.add({ kind: 'bill', how: 'changed' });
  expect(await bills.downloadTradeBill(today(), file())).toMatchObject({
    kind: 'unknown',
    why: expect.stringContaining('hash'),
  });
  expect(existsSync(file())).toBe(false);
  expect(readdirSync(join(folder, 'bills'))).toEqual([]);
  expect(await bills.downloadTradeBill(today(), file())).toMatchObject({ kind: 'ok' });
});
