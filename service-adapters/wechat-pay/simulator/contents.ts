import { wireTime } from '../wire';
import type { StoredOrder, StoredRefund } from './records';

const STATE_WORDS = {
  NOTPAY: '订单未支付',
  ACCEPT: '已接收，等待扣款',
  PAYERROR: '支付失败',
  SUCCESS: '支付成功',
  REFUND: '订单发生过退款',
  CLOSED: '订单已关闭',
} as const satisfies Record<StoredOrder['state'], string>;
export const TRADE_TYPES = { jsapi: 'JSAPI', native: 'NATIVE', h5: 'MWEB', papay: 'PAP' } as const;

/** A transaction as a query answers it. Until it is paid there is neither number nor time. */
export function transactionOf({ request, state, product, transactionId, paidMs }: StoredOrder) {
  const { appid, mchid, out_trade_no, attach, amount, payer } = request;
  const told = {
    appid,
    mchid,
    out_trade_no,
    trade_state: state,
    trade_state_desc: STATE_WORDS[state],
    attach: attach ?? '',
  };
  const { total, currency } = amount;
  if (transactionId === null || paidMs === null) {
    return { ...told, promotion_detail: [], payer: {}, amount: { total, payer_currency: currency } };
  }
  return {
    ...told,
    transaction_id: transactionId,
    trade_type: TRADE_TYPES[product],
    bank_type: 'OTHERS',
    success_time: wireTime(paidMs),
    payer: { openid: payer?.openid ?? 'oSIMULATED000000000000000000' },
    amount: { total, payer_total: total, currency, payer_currency: currency },
  };
}

const refundStatus = ({ settledMs, settlesAs }: StoredRefund) => (settledMs === null ? 'PROCESSING' : settlesAs);

const successTime = ({ settledMs, settlesAs }: StoredRefund) =>
  settledMs !== null && settlesAs === 'SUCCESS' ? { success_time: wireTime(settledMs) } : {};

const RECEIVED_BY = '支付用户零钱';

export function refundOf(refund: StoredRefund, { transactionId }: StoredOrder) {
  const { refund: amount, total, currency } = refund.request.amount;
  return {
    refund_id: refund.refundId,
    out_refund_no: refund.request.out_refund_no,
    transaction_id: transactionId ?? '',
    out_trade_no: refund.outTradeNo,
    channel: 'ORIGINAL',
    user_received_account: RECEIVED_BY,
    create_time: wireTime(refund.createdMs),
    ...successTime(refund),
    status: refundStatus(refund),
    funds_account: 'UNSETTLED',
    amount: {
      total,
      refund: amount,
      payer_total: total,
      payer_refund: amount,
      settlement_refund: amount,
      settlement_total: total,
      discount_refund: 0,
      currency,
      from: [],
    },
  };
}

/** What a notice of a refund contains; its names differ from those of the answer. */
export function refundNoticeOf(refund: StoredRefund, { request, transactionId }: StoredOrder) {
  const { refund: amount, total } = refund.request.amount;
  return {
    mchid: request.mchid,
    transaction_id: transactionId ?? '',
    out_trade_no: refund.outTradeNo,
    refund_id: refund.refundId,
    out_refund_no: refund.request.out_refund_no,
    refund_status: refundStatus(refund),
    ...successTime(refund),
    user_received_account: RECEIVED_BY,
    amount: { total, refund: amount, payer_total: total, payer_refund: amount },
  };
}
