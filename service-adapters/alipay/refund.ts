import { z } from 'zod';
import type { Fen } from '../../domain/money';
import type { Answer, NewRefund, RefundState } from '../payment-provider';
import type { AlipayContext } from './context';
import { AlipayTime, YuanAmount } from './wire/fields';
import { toAnswer } from './wire/outcome';
import { isPayable, yuanText } from './wire/yuan';

const Refunded = z.object({ out_trade_no: z.string(), fund_change: z.enum(['Y', 'N']).optional() });

/**
 * `refund_fee` of Alipay's answer is all that this trade has had back so far, and `fund_change` only says whether this very call moved
 * money, not whether the refund is done: what became of it is asked.
 */
export async function refundOrder(context: AlipayContext, refund: NewRefund): Promise<Answer<RefundState>> {
  const { outTradeNo, outRefundNo, amountFen, reason } = refund;
  if (!isPayable(amountFen) || amountFen > refund.orderFen)
    return { kind: 'refused', code: 'InvalidAmount', message: `cannot refund ${amountFen} of ${refund.orderFen} fen` };
  if (!/^[0-9A-Za-z_-]{1,64}$/.test(outRefundNo))
    return { kind: 'refused', code: 'InvalidRefundNumber', message: 'at most 64 letters, digits, _ and -' };
  const reply = await context.gateway.call('alipay.trade.refund', {
    out_trade_no: outTradeNo,
    out_request_no: outRefundNo,
    refund_amount: yuanText(amountFen),
    refund_reason: reason.slice(0, 256),
  });
  const answer = toAnswer(reply, Refunded);
  if (answer.kind !== 'ok') return answer;
  if (answer.value.out_trade_no !== outTradeNo)
    return { kind: 'unknown', why: `the answer is about order ${answer.value.out_trade_no}` };
  const state = await queryRefund(context, { outTradeNo, outRefundNo }, amountFen);
  // It was taken: that the question after it failed makes it no less so.
  return state.kind === 'ok' ? state : { kind: 'ok', value: processing(outRefundNo, amountFen) };
}

const processing = (outRefundNo: string, amountFen: Fen): RefundState => ({
  outRefundNo,
  status: 'processing',
  amountFen,
  providerNumber: null,
  doneAt: null,
});

const QueriedRefund = z.object({
  out_trade_no: z.string().optional(),
  out_request_no: z.string().optional(),
  refund_amount: YuanAmount.optional(),
  refund_status: z.string().optional(),
  gmt_refund_pay: AlipayTime.optional(),
});

/**
 * Only `REFUND_SUCCESS` is done. Without a status Alipay has not received it, or is at it, or it failed: with `askedFen` known that is
 * `processing`, without it refused as `RefundNotFound`, since nothing says how much it would be. Alipay gives refunds no number.
 */
export async function queryRefund(
  { gateway }: AlipayContext,
  { outRefundNo, outTradeNo }: Pick<NewRefund, 'outRefundNo' | 'outTradeNo'>,
  askedFen?: Fen,
): Promise<Answer<RefundState>> {
  const reply = await gateway.call('alipay.trade.fastpay.refund.query', {
    out_trade_no: outTradeNo,
    out_request_no: outRefundNo,
    query_options: ['gmt_refund_pay'],
  });
  const answer = toAnswer(reply, QueriedRefund);
  if (answer.kind !== 'ok') return answer;
  const found = answer.value;
  if ((found.out_request_no ?? outRefundNo) !== outRefundNo || (found.out_trade_no ?? outTradeNo) !== outTradeNo)
    return { kind: 'unknown', why: `the answer is about refund ${found.out_request_no} of ${found.out_trade_no}` };
  const amountFen = found.refund_amount ?? askedFen;
  if (amountFen === undefined)
    return { kind: 'refused', code: 'RefundNotFound', message: 'Alipay has not received it, is at it, or it failed' };
  if (found.refund_status !== 'REFUND_SUCCESS') return { kind: 'ok', value: processing(outRefundNo, amountFen) };
  const doneAt = found.gmt_refund_pay ?? null;
  return { kind: 'ok', value: { outRefundNo, status: 'done', amountFen, providerNumber: null, doneAt } };
}
