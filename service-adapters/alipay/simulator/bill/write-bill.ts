import { zipSync } from 'fflate';
import { encode } from 'iconv-lite';
import { fen, roundedQuotient } from '../../../../domain/money';
import { COLUMNS } from '../../bill/trade-bill';
import { shanghaiText } from '../../wire/shanghai-time';
import { yuanText } from '../../wire/yuan';
import { BUYER } from '../state';
import type { Trade } from '../trade';

export type BillLine = {
  readonly trade: Trade;
  readonly at: number;
  /** Negative for a refund. */
  readonly amountFen: number;
  readonly refundNo: string;
};

const signed = (amountFen: number): string => `${amountFen < 0 ? '-' : ''}${yuanText(fen(Math.abs(amountFen)))}`;

/** 0.6 % of a payment; nothing comes back with a refund. */
const feeFen = (amountFen: number): number => (amountFen > 0 ? -roundedQuotient(amountFen * 6, 1_000) : 0);

function cellsOf({ trade, at, amountFen, refundNo }: BillLine): readonly string[] {
  const values: Partial<Record<(typeof COLUMNS)[number], string>> = {
    支付宝交易号: trade.tradeNo ?? '',
    商户订单号: trade.request.outTradeNo,
    业务类型: amountFen < 0 ? '退款' : '交易',
    商品名称: trade.request.subject.replace(/[,"\r\n\t]/g, ' '),
    创建时间: shanghaiText(trade.createdAt ?? at),
    完成时间: shanghaiText(at),
    对方账户: BUYER.logonId,
    '订单金额（元）': signed(amountFen),
    '商家实收（元）': signed(amountFen),
    '退款批次号/请求号': refundNo,
    '服务费（元）': signed(feeFen(amountFen)),
  };
  return COLUMNS.map((name) => values[name] ?? (name.endsWith('（元）') ? '0.00' : ''));
}

const total = (lines: readonly BillLine[]): string => signed(lines.reduce((sum, { amountFen }) => sum + amountFen, 0));

/** The zip that Alipay gives for a day: all transactions, and a file of sums, in GBK. */
export function writeBill(day: string, sellerId: string, lines: readonly BillLine[], now: number): Uint8Array {
  const payments = lines.filter(({ amountFen }) => amountFen > 0);
  const refunds = lines.filter(({ amountFen }) => amountFen < 0);
  const heading = (name: string): string[] => [
    `#支付宝${name}查询`,
    `#账号：[${sellerId}0156]`,
    `#起始日期：[${day.replace(/-/, '年').replace(/-/, '月')}日 00:00:00]   终止日期：[${day.replace(/-/, '年').replace(/-/, '月')}日 24:00:00]`,
    `#${'-'.repeat(41)}${name}列表${'-'.repeat(40)}`,
  ];
  const details = [
    ...heading('业务明细'),
    COLUMNS.join(','),
    ...lines.map((line) =>
      cellsOf(line)
        .map((cell) => `${cell}\t`)
        .join(','),
    ),
    `#${'-'.repeat(41)}业务明细列表结束${'-'.repeat(36)}`,
    `#交易合计：${payments.length}笔，商家实收共${total(payments)}元，商家优惠共0.00元`,
    `#退款合计：${refunds.length}笔，商家实收退款共${total(refunds)}元，商家优惠退款共0.00元`,
    `#导出时间：[${shanghaiText(now)}]`,
  ];
  const sums = [
    ...heading('业务汇总'),
    '门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）',
    `合计\t,\t,${payments.length}\t,${refunds.length}\t,${total(lines)}\t,${total(lines)}\t`,
    `#${'-'.repeat(41)}业务汇总列表结束${'-'.repeat(36)}`,
  ];
  const gbk = (text: readonly string[]): Uint8Array => encode(`${text.join('\r\n')}\r\n`, 'gb18030');
  const name = `${sellerId}0156_${day.replaceAll('-', '')}`;
  return zipSync({ [`${name}_业务明细.csv`]: gbk(details), [`${name}_业务明细(汇总).csv`]: gbk(sums) });
}
