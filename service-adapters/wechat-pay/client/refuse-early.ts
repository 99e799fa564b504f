import type { Answer, NewOrder, NewRefund } from '../../payment-provider';

export const refused = (message: string): Answer<never> => ({ kind: 'refused', code: 'PARAM_ERROR', message });

const isAmount = (amount: number): boolean => Number.isSafeInteger(amount) && amount > 0;

export const refuseAmount = (amount: number): Answer<never> | undefined =>
  isAmount(amount) ? undefined : refused('the amount is not a whole, positive number of fen');

/** The provider refuses an address with a query at the first notice only, when nobody looks any more. */
export const isNotifyUrl = (url: string): boolean => URL.canParse(url) && /^https?:\/\/[^?#]+$/.test(url);

/** What the provider would refuse is not sent to it. Undefined when nothing is wrong. */
export function refuseOrder(order: NewOrder): Answer<never> | undefined {
  if (!/^[0-9A-Za-z_\-|*]{6,32}$/.test(order.outTradeNo)) return refused('the order number has a wrong form');
  if (order.subject === '') return refused('the subject is empty');
  if (Buffer.byteLength(order.attach) > 128) return refused('attach is longer than 128 bytes');
  if (Number.isNaN(Date.parse(order.expiresAt))) return refused('expiresAt is no instant');
  if (!isNotifyUrl(order.notifyUrl)) return refused('the address for notices is no plain web address');
  if (order.way.kind === 'app' && !order.way.openid) return refused('paying inside WeChat needs the payer’s openid');
  if (order.way.kind === 'page' && !order.payerIp) return refused('the payment page needs the payer’s address');
  return refuseAmount(order.amountFen);
}

export function refuseRefund(refund: NewRefund): Answer<never> | undefined {
  if (refund.amountFen > refund.orderFen) return refused('the refund is larger than the order');
  if (!/^[0-9A-Za-z_\-|*@]{1,64}$/.test(refund.outRefundNo)) return refused('the refund number has a wrong form');
  if (!isNotifyUrl(refund.notifyUrl)) return refused('the address for notices is no plain web address');
  return refuseAmount(refund.amountFen) ?? refuseAmount(refund.orderFen);
}
