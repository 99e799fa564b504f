import type { Fen } from '../../../domain/money';

/** A line of Alipay's bill of a day (业务明细): a payment, or a refund of one. */
export type TradeBillRow = {
  /** Of the file, from 1. */
  readonly line: number;
  readonly kind: 'payment' | 'refund';
  /** When it was finished, ISO instant. */
  readonly at: string;
  readonly outTradeNo: string;
  /** Alipay's number of the payment, also in a refund's line. */
  readonly providerNumber: string;
  /** Paid, or given back; above zero either way. */
  readonly amountFen: Fen;
  /** Null for a payment. */
  readonly outRefundNo: string | null;
  /** What Alipay keeps; negative where it gives back. */
  readonly feeFen: Fen;
  readonly subject: string;
  readonly remark: string;
};

/** Sums of the lines, once the file's own counts agree with them. */
export type TradeBillSummary = {
  readonly count: number;
  readonly paidFen: Fen;
  readonly refundedFen: Fen;
  readonly feeFen: Fen;
};

/** In Alipay's order. */
export const COLUMNS = [
  '支付宝交易号',
  '商户订单号',
  '业务类型',
  '商品名称',
  '创建时间',
  '完成时间',
  '门店编号',
  '门店名称',
  '操作员',
  '终端号',
  '对方账户',
  '订单金额（元）',
  '商家实收（元）',
  '支付宝红包（元）',
  '集分宝（元）',
  '支付宝优惠（元）',
  '商家优惠（元）',
  '券核销金额（元）',
  '券名称',
  '商家红包消费金额（元）',
  '卡消费金额（元）',
  '退款批次号/请求号',
  '服务费（元）',
  '分润（元）',
  '备注',
] as const;

/** Those that are read; they may stand anywhere. */
export const READ_COLUMNS = [
  '支付宝交易号',
  '商户订单号',
  '业务类型',
  '商品名称',
  '完成时间',
  '订单金额（元）',
  '退款批次号/请求号',
  '服务费（元）',
  '备注',
] as const satisfies readonly (typeof COLUMNS)[number][];
export type Column = (typeof READ_COLUMNS)[number];
