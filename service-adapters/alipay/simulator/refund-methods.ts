import { z } from 'zod';
import { fen } from '../../../domain/money';
import { shanghaiText } from '../wire/shanghai-time';
import { fenOfYuan, isPayable, yuanText } from '../wire/yuan';
import { refusal, success } from './answer';
import { isRefusal } from './book';
import { BUYER, type State } from './state';
import { type Refund, returnedFen, type Trade } from './trade';
import type { Method } from './trade-methods';
import { notifyRefund } from './trade-notice';

const RefundBiz = z.object({
  out_trade_no: z.string(),
  /** The order's number when left out, which only a full refund may do. */
  out_request_no: z.string().min(1).max(64).optional(),
  refund_amount: z.string().refine((text) => isPayable(fenOfYuan(text) ?? 0)),
  refund_reason: z.string().max(256).optional(),
});

const refundOf = (trade: Trade, requestNo: string): Refund | undefined =>
  trade.refunds.find((refund) => refund.requestNo === requestNo);

/** The bank's part of a refund that was in progress. */
export function finishRefund(state: State, outTradeNo: string, requestNo: string): void {
  const trade = state.book.finishRefund(outTradeNo, requestNo, state.now());
  const refund = trade && refundOf(trade, requestNo);
  if (trade !== undefined && refund !== undefined) notifyRefund(state, trade, refund);
}

const refund: Method = (state, { biz, method }) => {
  const parsed = RefundBiz.safeParse(biz);
  if (!parsed.success) return refusal('ACQ.INVALID_PARAMETER');
  const { out_trade_no: outTradeNo, refund_amount } = parsed.data;
  const requestNo = parsed.data.out_request_no ?? outTradeNo;
  const fault = state.faults.takeAnswer(method, ['insufficient-balance', 'in-progress']);
  if (fault?.kind === 'insufficient-balance') return refusal('ACQ.SELLER_BALANCE_NOT_ENOUGH');
  const asked = { requestNo, amountFen: fenOfYuan(refund_amount) ?? 0 };
  const pending = fault?.kind === 'in-progress';
  const outcome = state.book.refund(outTradeNo, asked, { now: state.now(), pending });
  if (isRefusal(outcome)) return refusal(outcome);
  const { trade, repeated } = outcome;
  const made = refundOf(trade, requestNo);
  if (fault !== undefined && !repeated) state.later(fault.delayMs, () => finishRefund(state, outTradeNo, requestNo));
  const moved = !repeated && !pending;
  if (made !== undefined && moved) notifyRefund(state, trade, made);
  return success({
    trade_no: trade.tradeNo,
    out_trade_no: outTradeNo,
    buyer_logon_id: BUYER.logonId,
    buyer_user_id: BUYER.id,
    fund_change: moved ? 'Y' : 'N',
    refund_fee: yuanText(fen(returnedFen(trade))),
    ...(made?.doneAt == null ? {} : { gmt_refund_pay: shanghaiText(made.doneAt) }),
  });
};

const Which = z.object({
  out_trade_no: z.string(),
  out_request_no: z.string(),
  query_options: z.array(z.string()).optional(),
});

/** Unknown refunds and unfinished ones are answered alike: done, and without a status. */
const queryRefund: Method = (state, { biz }) => {
  const which = Which.safeParse(biz);
  if (!which.success) return refusal('ACQ.INVALID_PARAMETER');
  const trade = state.book.find(which.data.out_trade_no, state.now());
  if (trade === undefined) return refusal('ACQ.TRADE_NOT_EXIST');
  const found = refundOf(trade, which.data.out_request_no);
  if (found?.doneAt == null) return success();
  return success({
    trade_no: trade.tradeNo,
    out_trade_no: trade.request.outTradeNo,
    out_request_no: found.requestNo,
    total_amount: yuanText(fen(trade.request.amountFen)),
    refund_amount: yuanText(fen(found.amountFen)),
    refund_status: 'REFUND_SUCCESS',
    ...(which.data.query_options?.includes('gmt_refund_pay') ? { gmt_refund_pay: shanghaiText(found.doneAt) } : {}),
  });
};

export const REFUND_METHODS: Readonly<Record<string, Method>> = {
  'alipay.trade.refund': refund,
  'alipay.trade.fastpay.refund.query': queryRefund,
};
