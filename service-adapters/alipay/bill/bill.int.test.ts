import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { unzipSync, zipSync } from 'fflate';
import { decode, encode } from 'iconv-lite';
import { localDate, shanghaiDate } from '../../../domain/calendar';
import { fen } from '../../../domain/money';
import type { NewOrder } from '../../payment-provider';
import { pressButton } from '../press-button';
import { aConfig, anOrder, aWorld, officialSdk, type World } from '../test-peers';
import { createAlipayBills } from './client';
import { readTradeBill } from './read-trade-bill';
import type { TradeBillRow, TradeBillSummary } from './trade-bill';

jest.setTimeout(60_000);

let folder: string;
let world: World;
const file = () => join(folder, 'bills', 'today.zip');
const today = () => shanghaiDate(Date.now());
const download = (day = today()) => createAlipayBills(aConfig(world.gatewayUrl)).downloadTradeBill(day, file());

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'alipay-bill-'));
  world = await aWorld({ billsOfToday: true });
});
afterEach(async () => {
  await world.close();
  rmSync(folder, { recursive: true });
});

async function paid(overrides: Partial<NewOrder> = {}): Promise<NewOrder> {
  const order = anOrder(overrides);
  const opened = await world.alipay.open(order);
  if (opened.kind !== 'ok' || opened.value.kind !== 'page') throw new Error('not opened');
  await pressButton(opened.value.url, 'pay');
  return order;
}

async function aDay(): Promise<NewOrder> {
  const order = await paid({ subject: '房租, "水费"与电费', amountFen: fen(300_000) });
  const refund = { outRefundNo: 'r-1', outTradeNo: order.outTradeNo, orderFen: order.amountFen };
  await world.alipay.refund({ ...refund, amountFen: fen(100_001), reason: '退', notifyUrl: '' });
  await world.alipay.open(anOrder()); // nobody pays it: it is on no bill
  return order;
}

async function read(path = file()): Promise<{ rows: TradeBillRow[]; summary: TradeBillSummary }> {
  const rows: TradeBillRow[] = [];
  const reading = readTradeBill(path);
  let step = await reading.next();
  for (; !step.done; step = await reading.next()) rows.push(step.value);
  return { rows, summary: step.value };
}

describe("Alipay's bill of a day", () => {
  it('lists what was paid and given back, with the fees, and agrees with its own counts', async () => {
    const order = await aDay();
    expect(await download()).toEqual({ kind: 'ok', value: { file: file(), bytes: readFileSync(file()).length } });
    const { rows, summary } = await read();
    expect(summary).toEqual({ count: 2, paidFen: 300_000, refundedFen: 100_001, feeFen: 1_800 });
    const state = await world.alipay.query(order.outTradeNo);
    const numbers = state.kind === 'ok' ? { providerNumber: state.value.providerNumber, at: state.value.paidAt } : {};
    const { outTradeNo } = order;
    const payment = { line: 6, kind: 'payment', outTradeNo, amountFen: 300_000, outRefundNo: null, feeFen: 1_800 };
    expect(rows[0]).toMatchObject({ ...payment, ...numbers, subject: '房租， ＂水费＂与电费' });
    const refund = { line: 7, kind: 'refund', outTradeNo, amountFen: 100_001, outRefundNo: 'r-1', feeFen: 0 };
    expect(rows[1]).toMatchObject({ ...refund, providerNumber: numbers.providerNumber });
  });

  it('is not there for a day without transactions, nor before the day is over', async () => {
    const notThere = { kind: 'refused', code: 'BillNotThere' };
    expect(await download(localDate('2020-01-01'))).toMatchObject(notThere);
    await world.close();
    world = await aWorld();
    await aDay();
    expect(await download()).toMatchObject(notThere);
    expect(existsSync(file())).toBe(false);
  });

  it('is unknown and leaves no file when the line fails', async () => {
    await aDay();
    const on = 'alipay.data.dataservice.bill.downloadurl.query';
    world.simulator.faults.arm({ at: 'answer', on, kind: 'wrong-signature' });
    expect(await download()).toMatchObject({ kind: 'unknown' });
    expect(existsSync(join(folder, 'bills'))).toBe(false);
    expect(await download()).toMatchObject({ kind: 'ok' });
    expect(readdirSync(join(folder, 'bills'))).toEqual(['today.zip']);
  });

  it('differs from our books where somebody planted it', async () => {
    const [first, second] = [await paid(), await paid()];
    world.simulator.faults.arm({ at: 'bill', kind: 'line-missing' });
    world.simulator.faults.arm({ at: 'bill', kind: 'amount-differs' });
    await download();
    const { rows } = await read();
    expect(rows).toMatchObject([{ outTradeNo: second.outTradeNo, amountFen: second.amountFen + 1 }]);
    expect(rows.map(({ outTradeNo }) => outTradeNo)).not.toContain(first.outTradeNo);
  });

  it('is at an address that the official library gets too, and that nobody can make up', async () => {
    await aDay();
    const bizContent = { billType: 'trade', billDate: today() };
    const answer = await officialSdk(world.gatewayUrl).exec(
      'alipay.data.dataservice.bill.downloadurl.query',
      { bizContent },
      { validateSign: true },
    );
    const url = String(answer.bill_download_url);
    expect((await fetch(url)).status).toBe(200);
    expect((await fetch(url.replace(/seal=./, 'seal=x'))).status).toBe(403);
    expect((await fetch(url.replace(/expires=\d/, 'expires=9'))).status).toBe(403);
  });
});

describe('a file that is no bill', () => {
  /** The bill of a day with its list changed. */
  async function changed(change: (list: string) => string): Promise<string> {
    await aDay();
    await download();
    const files = unzipSync(readFileSync(file()));
    const lists = Object.entries(files).map(([name, bytes]): [string, Uint8Array] => {
      const text = decode(Buffer.from(bytes), 'gb18030');
      return [name, text.includes('业务明细列表结束') ? encode(change(text), 'gb18030') : bytes];
    });
    const path = join(folder, 'changed.zip');
    writeFileSync(path, zipSync(Object.fromEntries(lists)));
    return path;
  }

  it.each<[string, (list: string) => string, string]>([
    ['was cut short', (list) => list.slice(0, list.indexOf('#----', 200)), 'ends before its last line'],
    ['lacks a line', (list) => list.replace(/^\d+\t,.*\r\n/m, ''), 'are said to be there'],
    ['has another layout', (list) => list.replace('商户订单号', '订单'), 'unknown layout, without 商户订单号'],
    ['has an amount of three decimals', (list) => list.replace('3000.00', '3000.005'), 'line 6: no amount: 3000.005'],
    ['has a refund above zero', (list) => list.replace('-1000.01', '1000.01'), 'line 7: a refund of 100001 fen'],
    ['has a cell too many', (list) => list.replace('交易\t', '交易\t,\t'), 'line 6: 26 cells under 25 headings'],
    ['has a day that does not exist', (list) => list.replaceAll(/\d{4}-\d\d-\d\d /g, '2026-02-30 '), 'no time'],
    ['has an unknown kind', (list) => list.replace('退款\t', '冲正\t'), 'unknown kind 冲正'],
    ['goes on after its end', (list) => `${list}x,y\r\n`, 'a line after the end'],
  ])('because it %s is refused with the reason', async (_, change, why) => {
    await expect(read(await changed(change))).rejects.toThrow(why);
  });

  it('because it is no zip, or damaged, or holds no list, is refused', async () => {
    const path = join(folder, 'x.zip');
    writeFileSync(path, 'hello');
    await expect(read(path)).rejects.toThrow('damaged or no zip');
    await aDay();
    await download();
    const bytes = readFileSync(file());
    bytes.fill(0xff, 80, 120);
    writeFileSync(path, bytes);
    await expect(read(path)).rejects.toThrow('line 0: ');
    writeFileSync(path, zipSync({ 'a.csv': encode('#支付宝业务汇总查询\r\n', 'gb18030') }));
    await expect(read(path)).rejects.toThrow('0 lists of transactions');
  });

  it('is left in the middle without harm', async () => {
    await aDay();
    await download();
    for await (const row of readTradeBill(file())) {
      expect(row.kind).toBe('payment');
      break;
    }
    expect((await read()).rows).toHaveLength(2);
  });
});
