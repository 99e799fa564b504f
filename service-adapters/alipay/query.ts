import { z } from 'zod';
import type { Answer, OrderState } from '../payment-provider';
import type { AlipayContext } from './context';
import { fromPassback } from './wire/attach';
import { AlipayTime, YuanAmount } from './wire/fields';
import { mapAnswer, toAnswer } from './wire/outcome';

export const TradeStatus = z.enum(['WAIT_BUYER_PAY', 'TRADE_CLOSED', 'TRADE_SUCCESS', 'TRADE_FINISHED']);
export type TradeStatus = z.infer<typeof TradeStatus>;

/** A trade that was refunded in full is closed as well: the time at which it was paid tells it from one that never was. */
export function statusOf(status: TradeStatus, paidAt: string | undefined): OrderState['status'] {
  if (status === 'WAIT_BUYER_PAY') return 'waiting';
  return status === 'TRADE_CLOSED' && paidAt === undefined ? 'closed' : 'paid';
}

const Queried = z.object({
  out_trade_no: z.string(),
  trade_no: z.string().min(1),
  trade_status: TradeStatus,
  total_amount: YuanAmount,
  send_pay_date: AlipayTime.optional(),
  passback_params: z.string().optional(),
});

function stateOf(trade: z.infer<typeof Queried>): Answer<OrderState> {
  const status = statusOf(trade.trade_status, trade.send_pay_date);
  const paidAt = trade.send_pay_date ?? null;
  if (status === 'paid' && paidAt === null) return { kind: 'unknown', why: 'Alipay calls it paid and says not when' };
  const value: OrderState = {
    outTradeNo: trade.out_trade_no,
    status,
    amountFen: trade.total_amount,
    providerNumber: status === 'paid' ? trade.trade_no : null,
    paidAt: status === 'paid' ? paidAt : null,
    attach: trade.passback_params === undefined ? null : fromPassback(trade.passback_params),
  };
  return { kind: 'ok', value };
}

/** Refused with `ACQ.TRADE_NOT_EXIST` as long as no payer has opened it: until it expires that may still happen. */
export async function queryOrder({ gateway }: AlipayContext, outTradeNo: string): Promise<Answer<OrderState>> {
  const reply = await gateway.call('alipay.trade.query', { out_trade_no: outTradeNo });
  return mapAnswer(toAnswer(reply, Queried), (trade) =>
    trade.out_trade_no === outTradeNo
      ? stateOf(trade)
      : { kind: 'unknown', why: `the answer is about order ${trade.out_trade_no}` },
  );
}

const Closed = z.object({ out_trade_no: z.string().optional(), trade_no: z.string().optional() });

/** Alipay's ways to say that the trade is not one that can be closed: paid, or closed before. */
const NOT_OPEN = new Set(['ACQ.TRADE_STATUS_ERROR', 'ACQ.REASON_TRADE_STATUS_INVALID', 'ACQ.REASON_ILLEGAL_STATUS']);

/**
 * Closing twice is closed. Refused with `ACQ.TRADE_NOT_EXIST` when no payer has opened it: Alipay cannot close what it does not know,
 * and the page can be opened until the order expires.
 */
export async function closeOrder(context: AlipayContext, outTradeNo: string): Promise<Answer<null>> {
  const answer = toAnswer(await context.gateway.call('alipay.trade.close', { out_trade_no: outTradeNo }), Closed);
  if (answer.kind === 'refused' && NOT_OPEN.has(answer.code)) {
    const state = await queryOrder(context, outTradeNo);
    if (state.kind === 'unknown') return state;
    return state.kind === 'ok' && state.value.status === 'closed' ? { kind: 'ok', value: null } : answer;
  }
  return mapAnswer(answer, (closed) =>
    closed.out_trade_no === undefined || closed.out_trade_no === outTradeNo
      ? { kind: 'ok', value: null }
      : { kind: 'unknown', why: `the answer is about order ${closed.out_trade_no}` },
  );
}
