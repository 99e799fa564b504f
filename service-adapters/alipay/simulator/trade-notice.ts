import { fen } from '../../../domain/money';
import { shanghaiText } from '../wire/shanghai-time';
import { yuanText } from '../wire/yuan';
import { BUYER, type State } from './state';
import { type Refund, returnedFen, type Trade } from './trade';

/** What the merchant calls the trade's state. */
export function publicStatus({ status }: Trade): 'WAIT_BUYER_PAY' | 'TRADE_SUCCESS' | 'TRADE_CLOSED' {
  return status === 'TRADE_SUCCESS' || status === 'TRADE_CLOSED' ? status : 'WAIT_BUYER_PAY';
}

const time = (ms: number | null): string => (ms === null ? '' : shanghaiText(ms));

function noticeFields(state: State, trade: Trade): Record<string, string> {
  const amount = yuanText(fen(trade.request.amountFen));
  const paid = trade.paidAt === null ? '' : amount;
  return {
    notify_type: 'trade_status_sync',
    app_id: state.appId,
    auth_app_id: state.appId,
    seller_id: state.sellerId,
    trade_no: trade.tradeNo ?? '',
    out_trade_no: trade.request.outTradeNo,
    buyer_id: BUYER.id,
    buyer_logon_id: BUYER.logonId,
    trade_status: publicStatus(trade),
    subject: trade.request.subject,
    total_amount: amount,
    receipt_amount: paid,
    invoice_amount: paid,
    buyer_pay_amount: paid,
    point_amount: paid === '' ? '' : '0.00',
    fund_bill_list: paid === '' ? '' : JSON.stringify([{ amount, fundChannel: 'ALIPAYACCOUNT' }]),
    gmt_create: time(trade.createdAt),
    gmt_payment: time(trade.paidAt),
    gmt_close: time(trade.closedAt),
    passback_params: trade.request.passback ?? '',
  };
}

/** Tells the merchant how the trade stands, when it named an address. */
export function notifyTrade(state: State, trade: Trade): void {
  if (trade.request.notifyUrl !== null) state.notifier.notify(trade.request.notifyUrl, noticeFields(state, trade));
}

/** Refunds are told at the payment's own address, with all that went back so far. */
export function notifyRefund(state: State, trade: Trade, refund: Refund): void {
  if (trade.request.notifyUrl === null) return;
  state.notifier.notify(trade.request.notifyUrl, {
    ...noticeFields(state, trade),
    out_biz_no: refund.requestNo,
    refund_fee: yuanText(fen(returnedFen(trade))),
    gmt_refund: `${time(refund.doneAt)}.000`,
  });
}
