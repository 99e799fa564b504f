import { z } from 'zod';
import { fen } from '../../../domain/money';
import type { Fields } from '../wire/rsa2';
import { shanghaiMs, shanghaiText } from '../wire/shanghai-time';
import { fenOfYuan, isPayable, yuanText } from '../wire/yuan';
import { type Body, refusal, success } from './answer';
import { isRefusal, type TradeRefusal } from './book';
import { BUYER, type State } from './state';
import type { Trade, TradeRequest } from './trade';
import { notifyTrade, publicStatus } from './trade-notice';

/** One verified call. */
export type Call = { readonly biz: unknown; readonly fields: Fields; readonly method: string };
export type Method = (state: State, call: Call) => Body;

const isForbidden = (subject: string): boolean => /[/=&]/.test(subject);

const Order = z.object({
  out_trade_no: z.string().regex(/^[0-9A-Za-z_]{1,64}$/),
  total_amount: z.string().refine((text) => isPayable(fenOfYuan(text) ?? 0)),
  subject: z
    .string()
    .min(1)
    .max(256)
    .refine((subject) => !isForbidden(subject)),
  quit_url: z.string().optional(),
  time_expire: z
    .string()
    .refine((text) => shanghaiMs(text) !== undefined)
    .optional(),
  passback_params: z.string().max(512).optional(),
});

const PRECREATED_MS = 2 * 60 * 60 * 1000;

/** What a page, an app or a code asks to be paid. */
export function openTrade(state: State, call: Call): Trade | TradeRefusal {
  const parsed = Order.safeParse(call.biz);
  if (!parsed.success) return 'ACQ.INVALID_PARAMETER';
  const order = parsed.data;
  const byDefault = call.method === 'alipay.trade.precreate' ? state.now() + PRECREATED_MS : null;
  const expiresAt = order.time_expire === undefined ? byDefault : (shanghaiMs(order.time_expire) ?? byDefault);
  const request: TradeRequest = {
    outTradeNo: order.out_trade_no,
    amountFen: fenOfYuan(order.total_amount) ?? 0,
    subject: order.subject,
    notifyUrl: call.fields.notify_url ?? null,
    returnUrl: call.fields.return_url ?? null,
    quitUrl: order.quit_url ?? null,
    passback: order.passback_params ?? null,
    expiresAt,
  };
  return state.book.open(request);
}

export const cashierUrl = (state: State, { token }: Trade): string => `${state.publicUrl}/alipay/cashier/${token}`;

const precreate: Method = (state, call) => {
  const trade = openTrade(state, call);
  if (isRefusal(trade)) return refusal(trade);
  const now = state.book.findByToken(trade.token, state.now()) ?? trade;
  if (now.paidAt !== null) return refusal('ACQ.TRADE_HAS_SUCCESS');
  if (now.status === 'TRADE_CLOSED') return refusal('ACQ.TRADE_HAS_CLOSE');
  return success({ out_trade_no: trade.request.outTradeNo, qr_code: cashierUrl(state, trade) });
};

const Which = z.object({ out_trade_no: z.string() });

const query: Method = (state, { biz }) => {
  const which = Which.safeParse(biz);
  if (!which.success) return refusal('ACQ.INVALID_PARAMETER');
  const trade = state.book.find(which.data.out_trade_no, state.now());
  if (trade === undefined) return refusal('ACQ.TRADE_NOT_EXIST');
  const amount = yuanText(fen(trade.request.amountFen));
  return success({
    trade_no: trade.tradeNo,
    out_trade_no: trade.request.outTradeNo,
    buyer_logon_id: BUYER.logonId,
    buyer_user_id: BUYER.id,
    trade_status: publicStatus(trade),
    total_amount: amount,
    receipt_amount: trade.paidAt === null ? '0.00' : amount,
    ...(trade.paidAt === null ? {} : { send_pay_date: shanghaiText(trade.paidAt) }),
    ...(trade.request.passback === null ? {} : { passback_params: trade.request.passback }),
  });
};

const close: Method = (state, { biz }) => {
  const which = Which.safeParse(biz);
  if (!which.success) return refusal('ACQ.INVALID_PARAMETER');
  const trade = state.book.close(which.data.out_trade_no, state.now());
  if (isRefusal(trade)) return refusal(trade);
  notifyTrade(state, trade);
  return success({ trade_no: trade.tradeNo, out_trade_no: trade.request.outTradeNo });
};

export const TRADE_METHODS: Readonly<Record<string, Method>> = {
  'alipay.trade.precreate': precreate,
  'alipay.trade.query': query,
  'alipay.trade.close': close,
};
