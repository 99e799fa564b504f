import { z } from 'zod';
import type { Answer, NewOrder, OrderState } from '../../payment-provider';
import type { AlipayContext } from '../context';
import { refuseOrder, titleOf } from '../open';
import { queryOrder } from '../query';
import { toPassback } from '../wire/attach';
import { AlipayTime, YuanAmount } from '../wire/fields';
import { toAnswer } from '../wire/outcome';
import { shanghaiText } from '../wire/shanghai-time';
import { yuanText } from '../wire/yuan';
import type { NewDeduction } from './agreement';
import { PRODUCT } from './sign';

const Paid = z.object({
  out_trade_no: z.string(),
  trade_no: z.string().min(1),
  total_amount: YuanAmount,
  gmt_payment: AlipayTime,
});

/** Deducts under an agreement. Asked again with its number, a deduction that went through is answered, not repeated. */
export async function deduct(context: AlipayContext, deduction: NewDeduction): Promise<Answer<OrderState>> {
  const { agreementNo, outTradeNo, amountFen, attach, notifyUrl } = deduction;
  const asOrder: NewOrder = { ...deduction, returnUrl: notifyUrl, way: { kind: 'page' } };
  const refusal = refuseOrder(asOrder, context.now());
  if (refusal !== undefined) return refusal;
  const biz = {
    out_trade_no: outTradeNo,
    total_amount: yuanText(amountFen),
    subject: titleOf(deduction.subject),
    product_code: PRODUCT.product_code,
    agreement_params: { agreement_no: agreementNo },
    time_expire: shanghaiText(Date.parse(deduction.expiresAt)),
    passback_params: toPassback(attach),
  };
  const reply = await context.gateway.call('alipay.trade.pay', biz, { notify_url: notifyUrl });
  if (reply.kind === 'reply' && reply.code === '10003') {
    const value = { outTradeNo, status: 'waiting', amountFen, providerNumber: null, paidAt: null, attach } as const;
    return { kind: 'ok', value };
  }
  const answer = toAnswer(reply, Paid);
  if (answer.kind === 'refused' && answer.code === 'ACQ.TRADE_HAS_SUCCESS') return queryOrder(context, outTradeNo);
  if (answer.kind !== 'ok') return answer;
  const paid = answer.value;
  if (paid.out_trade_no !== outTradeNo || paid.total_amount !== amountFen)
    return { kind: 'unknown', why: `the answer is about ${paid.total_amount} fen for order ${paid.out_trade_no}` };
  const { trade_no: providerNumber, gmt_payment: paidAt } = paid;
  return { kind: 'ok', value: { outTradeNo, status: 'paid', amountFen, providerNumber, paidAt, attach } };
}
