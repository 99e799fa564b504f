import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { type Fen, fen, roundedQuotient } from '../../../domain/money';
import { BrokenBill } from '../../broken-bill';
import {
  COLUMNS,
  type Column,
  cells,
  headings,
  SUMMARY_COLUMNS,
  type SummaryColumn,
  type TradeBillRow,
  type TradeBillSummary,
} from './trade-bill';

type Layout<Name extends string> = Readonly<Record<Name, number>>;

function layoutOf<Name extends string>(names: readonly string[], wanted: readonly Name[], line: number): Layout<Name> {
  const missing = wanted.filter((name) => !names.includes(name));
  if (missing.length > 0) throw new BrokenBill(line, `unknown layout, without ${missing.join(', ')}`);
  return Object.fromEntries(wanted.map((name) => [name, names.indexOf(name)])) as Layout<Name>;
}

/** `12.34` yuan are 1234 fen. Fees have five decimals; `digits` says how many more than two are allowed, and rounded. */
function yuan(text: string, line: number, digits: 2 | 5 = 2): Fen {
  const parts = /^(-?)(\d{1,12})(?:\.(\d{1,5}))?$/.exec(text.trim());
  const decimals = (parts?.[3] ?? '').padEnd(5, '0');
  if (parts === null || (digits === 2 && !decimals.endsWith('000'))) throw new BrokenBill(line, `no amount: ${text}`);
  const size = roundedQuotient(Number(`${parts[2]}${decimals}`), 1_000);
  return fen(parts[1] === '-' ? -size : size);
}

function instant(text: string, line: number): string {
  const ms = Date.parse(`${text.trim().replace(' ', 'T')}+08:00`);
  if (Number.isNaN(ms)) throw new BrokenBill(line, `no time: ${text}`);
  return new Date(ms).toISOString();
}

type Totals = { count: number; orderFen: number; refundFen: number; feeFen: number };

function rowOf(text: string, line: number, layout: Layout<Column>, width: number): TradeBillRow {
  const values = cells(text);
  if (values.length !== width) throw new BrokenBill(line, `${values.length} cells under ${width} headings`);
  const cell = (name: Column) => values[layout[name]] ?? '';
  if (cell('货币种类') !== 'CNY') throw new BrokenBill(line, `in ${cell('货币种类')}`);
  const state = cell('交易状态');
  if (state !== 'SUCCESS' && state !== 'REFUND') throw new BrokenBill(line, `unknown state ${state}`);
  const refund = {
    outRefundNo: cell('商户退款单号'),
    providerNumber: cell('微信退款单号'),
    amountFen: yuan(cell('申请退款金额'), line),
    status: cell('退款状态'),
  };
  return {
    line,
    kind: state === 'SUCCESS' ? 'payment' : 'refund',
    at: instant(cell('交易时间'), line),
    appid: cell('公众账号ID'),
    mchid: cell('商户号'),
    outTradeNo: cell('商户订单号'),
    providerNumber: cell('微信订单号'),
    orderFen: yuan(cell('订单金额'), line),
    refund: state === 'REFUND' ? refund : null,
    feeFen: yuan(cell('手续费'), line, 5),
    attach: cell('商户数据包'),
  };
}

function add(totals: Totals, row: TradeBillRow): void {
  totals.count += 1;
  totals.orderFen += row.kind === 'payment' ? row.orderFen : 0;
  totals.refundFen += row.refund?.amountFen ?? 0;
  totals.feeFen += row.feeFen;
}

function summaryOf(text: string, line: number, layout: Layout<SummaryColumn>, totals: Totals): TradeBillSummary {
  const values = cells(text);
  const cell = (name: SummaryColumn) => values[layout[name]] ?? '';
  const count = Number(cell('总交易单数'));
  if (count !== totals.count) throw new BrokenBill(line, `${totals.count} lines, but ${count} are said to be there`);
  const orderFen = yuan(cell('订单总金额'), line);
  const refundFen = yuan(cell('申请退款总金额'), line);
  if (orderFen !== totals.orderFen) throw new BrokenBill(line, `orders sum to ${totals.orderFen} fen, not ${orderFen}`);
  if (refundFen !== totals.refundFen)
    throw new BrokenBill(line, `refunds sum to ${totals.refundFen} fen, not ${refundFen}`);
  return { count, orderFen, refundFen, feeFen: yuan(cell('手续费总金额'), line, 5) };
}

/**
 * Reads the provider's bill (type ALL) line by line, however long it is; returns its summary once the lines add up to it.
 * @throws BrokenBill at the line where the file is not a bill, or cut short.
 */
export async function* readTradeBill(file: Readable): AsyncGenerator<TradeBillRow, TradeBillSummary> {
  const totals: Totals = { count: 0, orderFen: 0, refundFen: 0, feeFen: 0 };
  let line = 0;
  let names: readonly string[] | undefined;
  let layout: Layout<Column> | undefined;
  let summary: Layout<SummaryColumn> | undefined;
  for await (const text of createInterface({ input: file, crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1;
    if (layout === undefined || names === undefined) {
      names = headings(text);
      layout = layoutOf(names, COLUMNS, line);
    } else if (summary !== undefined) {
      return summaryOf(text, line, summary, totals);
    } else if (text.startsWith('`')) {
      const row = rowOf(text, line, layout, names.length);
      add(totals, row);
      yield row;
    } else {
      summary = layoutOf(headings(text), SUMMARY_COLUMNS, line);
    }
  }
  throw new BrokenBill(line, 'the file ends before its summary');
}
