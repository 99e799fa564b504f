import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { decodeStream } from 'iconv-lite';
import { fen } from '../../../domain/money';
import { BrokenBill } from '../../broken-bill';
import { type Layout, layoutOf, rowOf } from './read-row';
import type { TradeBillRow, TradeBillSummary } from './trade-bill';
import { filesOf } from './unzip';

/** Cells of each line, without the tabs that keep spreadsheets from making numbers of them. */
async function* linesOf(file: Readable): AsyncGenerator<readonly string[]> {
  const parser = parse({ relax_column_count: true, relax_quotes: true, max_record_size: 64 * 1024 });
  const flow = pipeline(file, decodeStream('gb18030'), parser);
  flow.catch(() => undefined); // the parser throws the same to its reader
  for await (const cells of parser as AsyncIterable<string[]>) yield cells.map((cell) => cell.trim());
}

type Sums = { payments: number; refunds: number; paidFen: number; refundedFen: number; feeFen: number };

function add(sums: Sums, { kind, amountFen, feeFen }: TradeBillRow): void {
  sums[kind === 'payment' ? 'payments' : 'refunds'] += 1;
  sums[kind === 'payment' ? 'paidFen' : 'refundedFen'] += amountFen;
  sums.feeFen += feeFen;
}

/** The lines after the end say how many there were. */
function checkCount(text: string, line: number, { payments, refunds }: Sums): void {
  const [, what, said] = /^#(交易|退款)合计：(\d+)笔/.exec(text) ?? [];
  const counted = what === '交易' ? payments : refunds;
  if (said !== undefined && Number(said) !== counted)
    throw new BrokenBill(line, `${counted} lines of ${what}, but ${said} are said to be there`);
}

/** False for a file of sums, which a zip holds as well. */
async function* readFile(file: Readable, sums: Sums): AsyncGenerator<TradeBillRow, boolean> {
  let line = 0;
  let layout: Layout | undefined;
  let ended = false;
  for await (const cells of linesOf(file)) {
    line += 1;
    const [first = ''] = cells;
    if (first.startsWith('#')) {
      if (line === 1 && first.includes('汇总')) return false;
      ended ||= first.includes('业务明细列表结束');
      if (ended) checkCount(first, line, sums);
    } else if (layout === undefined) {
      layout = layoutOf(cells, line);
    } else if (cells.some((cell) => cell !== '')) {
      if (ended) throw new BrokenBill(line, 'a line after the end');
      const row = rowOf(cells, line, layout);
      add(sums, row);
      yield row;
    }
  }
  if (!ended) throw new BrokenBill(line, 'the file ends before its last line');
  return true;
}

/**
 * Reads a bill as Alipay packs it (a zip of GBK CSVs), line by line, however long it is; returns its sums once the file's own counts
 * agree. @throws BrokenBill where the file is not such a bill, or was cut short: what was read until then is not to be used.
 */
export async function* readTradeBill(path: string): AsyncGenerator<TradeBillRow, TradeBillSummary> {
  const sums: Sums = { payments: 0, refunds: 0, paidFen: 0, refundedFen: 0, feeFen: 0 };
  let found = 0;
  for await (const file of filesOf(path)) {
    try {
      if (yield* readFile(file, sums)) found += 1;
    } catch (error) {
      throw error instanceof BrokenBill ? error : new BrokenBill(0, String(error));
    }
  }
  if (found !== 1) throw new BrokenBill(0, `${found} lists of transactions in the zip`);
  const { payments, refunds, paidFen, refundedFen, feeFen } = sums;
  return { count: payments + refunds, paidFen: fen(paidFen), refundedFen: fen(refundedFen), feeFen: fen(feeFen) };
}
