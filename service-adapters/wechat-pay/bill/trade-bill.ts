import type { Fen } from '../../../domain/money';

/** A line of the provider's bill of a day: a payment, or a refund of one. */
export type TradeBillRow = {
  /** Of the file, from 1. */
  readonly line: number;
  readonly kind: 'payment' | 'refund';
  /** ISO instant. */
  readonly at: string;
  readonly appid: string;
  readonly mchid: string;
  readonly outTradeNo: string;
  /** The provider's number of the payment. */
  readonly providerNumber: string;
  /** Of the order, also in a refund's line. */
  readonly orderFen: Fen;
  /** Null for a payment. */
  readonly refund: {
    readonly outRefundNo: string;
    readonly providerNumber: string;
    readonly amountFen: Fen;
    /** SUCCESS, FAIL or PROCESSING. */
    readonly status: string;
  } | null;
  /** What the provider keeps; negative where it gives back. Rounded to whole fen, as it is told in thousandths. */
  readonly feeFen: Fen;
  readonly attach: string;
};

/** The last line; the reader has compared it with the lines. */
export type TradeBillSummary = {
  readonly count: number;
  readonly orderFen: Fen;
  readonly refundFen: Fen;
  readonly feeFen: Fen;
};

/** Columns that must be there; the provider adds others at the end now and then. */
export const COLUMNS = [
  '交易时间',
  '公众账号ID',
  '商户号',
  '微信订单号',
  '商户订单号',
  '交易状态',
  '货币种类',
  '微信退款单号',
  '商户退款单号',
  '退款状态',
  '商户数据包',
  '手续费',
  '订单金额',
  '申请退款金额',
] as const;
export type Column = (typeof COLUMNS)[number];

export const SUMMARY_COLUMNS = ['总交易单数', '手续费总金额', '订单总金额', '申请退款总金额'] as const;
export type SummaryColumn = (typeof SUMMARY_COLUMNS)[number];

const BOM = '\uFEFF';

/** Names of the heading line, which has no back-quotes. */
export const headings = (line: string): readonly string[] =>
  line
    .replace(BOM, '')
    .split(',')
    .map((name) => name.trim().replace(/^`/, ''));

/** Cells of a line. Each starts with a back-quote, which no spreadsheet takes for a number; names may contain commas. */
export const cells = (line: string): readonly string[] => line.replace(/^`/, '').split(',`');
