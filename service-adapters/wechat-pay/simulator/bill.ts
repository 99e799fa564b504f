import { type LocalDate, shanghaiDate } from '../../../domain/calendar';
import { roundedQuotient } from '../../../domain/money';
import { wireTime } from '../wire';
import type { Book } from './book';
import { TRADE_TYPES } from './contents';
import type { StoredOrder, StoredRefund } from './records';

const HEADING =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注';
const SUMMARY_HEADING = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';
const RATE_BASIS_POINTS = 60;

const yuan = (fen: number, decimals: 2 | 5 = 2): string => (fen / 100).toFixed(decimals);
const line = (cells: readonly string[]): string => cells.map((cell) => `\`${cell.replace(/[\r\n]/g, ' ')}`).join(',');

const feeFen = (amountFen: number): number => roundedQuotient(amountFen * RATE_BASIS_POINTS, 10_000);
const billTime = (ms: number): string => wireTime(ms).slice(0, 19).replace('T', ' ');

const start = ({ request, product, transactionId }: StoredOrder, ms: number, state: 'SUCCESS' | 'REFUND') => {
  const payer = request.payer?.openid ?? 'oSIMULATED000000000000000000';
  const numbers = ['0', '', transactionId ?? '', request.out_trade_no, payer];
  return [billTime(ms), request.appid, request.mchid, ...numbers, TRADE_TYPES[product], state, 'OTHERS', 'CNY'];
};

function paymentLine(order: StoredOrder, ms: number): string {
  const { amount, description, attach } = order.request;
  const total = yuan(amount.total);
  const refund = ['0', '0', '0.00', '0.00', '', ''];
  const end = [description, attach ?? '', yuan(feeFen(amount.total), 5), '0.60%', total, '0.00', ''];
  return line([...start(order, ms, 'SUCCESS'), total, '0.00', ...refund, ...end]);
}

const REFUND_STATUSES = { SUCCESS: 'SUCCESS', ABNORMAL: 'FAIL', CLOSED: 'FAIL' } as const;

function refundLine(refund: StoredRefund, order: StoredOrder): string {
  const { out_refund_no, amount } = refund.request;
  const status = refund.settledMs === null ? 'PROCESSING' : REFUND_STATUSES[refund.settlesAs];
  const money = yuan(amount.refund);
  const { description, attach } = order.request;
  const middle = ['0.00', '0.00', refund.refundId, out_refund_no, money, '0.00', 'ORIGINAL', status];
  const end = [description, attach ?? '', yuan(-feeFen(amount.refund), 5), '0.60%', yuan(amount.total), money, ''];
  return line([...start(order, refund.createdMs, 'REFUND'), ...middle, ...end]);
}

/** The bill of a day in Shanghai as the provider writes it; undefined for a day without any payment or refund. */
export function tradeBill(book: Book, day: LocalDate): string | undefined {
  const isOfDay = (ms: number) => shanghaiDate(ms) === day;
  const paid = book.orders().flatMap((order) => {
    return order.paidMs !== null && isOfDay(order.paidMs) ? [{ order, paidMs: order.paidMs }] : [];
  });
  const refunds = book.refunds().flatMap((refund) => {
    const order = isOfDay(refund.createdMs) ? book.find(refund.outTradeNo) : undefined;
    return order === undefined ? [] : [{ refund, order }];
  });
  if (paid.length + refunds.length === 0) return undefined;
  const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
  const totalFen = sum(paid.map(({ order }) => order.request.amount.total));
  const refundFen = sum(refunds.map(({ refund }) => refund.request.amount.refund));
  const fees = [
    ...paid.map(({ order }) => feeFen(order.request.amount.total)),
    ...refunds.map(({ refund }) => -feeFen(refund.request.amount.refund)),
  ];
  const counts = [String(paid.length + refunds.length), yuan(totalFen), yuan(refundFen), '0.00'];
  const rows = [
    ...paid.map(({ order, paidMs }) => paymentLine(order, paidMs)),
    ...refunds.map(({ refund, order }) => refundLine(refund, order)),
    SUMMARY_HEADING,
    line([...counts, yuan(sum(fees), 5), yuan(totalFen), yuan(refundFen)]),
  ];
  return `\uFEFF${HEADING}\r\n${rows.join('\r\n')}\r\n`;
}
