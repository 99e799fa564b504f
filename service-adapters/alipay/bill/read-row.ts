import { type Fen, fen } from '../../../domain/money';
import { BrokenBill } from '../../broken-bill';
import { shanghaiIso } from '../wire/shanghai-time';
import { fenOfYuan } from '../wire/yuan';
import { type Column, READ_COLUMNS, type TradeBillRow } from './trade-bill';

export type Layout = { readonly at: Readonly<Record<Column, number>>; readonly width: number };

/** Where the columns stand. @throws BrokenBill for another layout. */
export function layoutOf(headings: readonly string[], line: number): Layout {
  const missing = READ_COLUMNS.filter((name) => !headings.includes(name));
  if (missing.length > 0) throw new BrokenBill(line, `unknown layout, without ${missing.join(', ')}`);
  const at = Object.fromEntries(READ_COLUMNS.map((name) => [name, headings.indexOf(name)])) as Record<Column, number>;
  return { at, width: headings.length };
}

function signedFen(text: string, line: number): Fen {
  const size = fenOfYuan(text.replace(/^-/, ''));
  if (size === undefined) throw new BrokenBill(line, `no amount: ${text}`);
  return fen(text.startsWith('-') ? -size : size);
}

const KINDS: Readonly<Record<string, TradeBillRow['kind']>> = { 交易: 'payment', 退款: 'refund' };

/** @throws BrokenBill when a cell is not what its column says. */
export function rowOf(cells: readonly string[], line: number, { at, width }: Layout): TradeBillRow {
  if (cells.length !== width) throw new BrokenBill(line, `${cells.length} cells under ${width} headings`);
  const cell = (name: Column): string => cells[at[name]] ?? '';
  const kind = KINDS[cell('业务类型')];
  if (kind === undefined) throw new BrokenBill(line, `unknown kind ${cell('业务类型')}`);
  const finishedAt = shanghaiIso(cell('完成时间'));
  if (finishedAt === undefined) throw new BrokenBill(line, `no time: ${cell('完成时间')}`);
  const amount = signedFen(cell('订单金额（元）'), line);
  if (amount === 0 || amount < 0 !== (kind === 'refund')) throw new BrokenBill(line, `a ${kind} of ${amount} fen`);
  const [outTradeNo, providerNumber] = [cell('商户订单号'), cell('支付宝交易号')];
  if (outTradeNo === '' || providerNumber === '') throw new BrokenBill(line, 'no number');
  return {
    line,
    kind,
    at: finishedAt,
    outTradeNo,
    providerNumber,
    amountFen: fen(Math.abs(amount)),
    // A refund in full may have been asked for without a number: Alipay then takes the order's.
    outRefundNo: kind === 'refund' ? cell('退款批次号/请求号') || outTradeNo : null,
    feeFen: fen(-signedFen(cell('服务费（元）'), line)),
    subject: cell('商品名称'),
    remark: cell('备注'),
  };
}
