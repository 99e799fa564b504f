import { z } from 'zod';
import type { Notice, NoticeAnswer, Received } from '../payment-provider';
import { CLOCK_SKEW_MS } from './config';
import type { AlipayContext } from './context';
import { statusOf, TradeStatus } from './query';
import { fromPassback } from './wire/attach';
import { AlipayTime, YuanAmount } from './wire/fields';
import { type Fields, NOTICE_LEFT_OUT, signedText } from './wire/rsa2';
import { shanghaiMs } from './wire/shanghai-time';

type Refused = Extract<NoticeAnswer, { ok: false }>;
export type VerifiedFields = { readonly ok: true; readonly fields: Fields } | Refused;

const refuse = (code: Refused['code'], why: string): Refused => ({ ok: false, code, why });

/** The form's fields by name; undefined when a name comes twice, since then what was signed is not what would be read. */
export function readForm(body: string): Fields | undefined {
  const pairs = [...new URLSearchParams(body)];
  const fields = Object.fromEntries(pairs);
  return Object.keys(fields).length === pairs.length ? fields : undefined;
}

/** Any notification of Alipay's: its signature holds, it is for our app, and it was sent lately. */
export function verifyFields(context: AlipayContext, received: Received): VerifiedFields {
  const fields = readForm(received.body);
  if (fields === undefined) return refuse('Unreadable', 'a field comes twice');
  if (fields.notify_id === undefined) return refuse('Unreadable', 'no notify_id');
  if (fields.sign_type !== undefined && fields.sign_type !== 'RSA2')
    return refuse('BadSignature', `signed with ${fields.sign_type}`);
  if (!context.verify(signedText(fields, NOTICE_LEFT_OUT), fields.sign ?? ''))
    return refuse('BadSignature', 'the signature is not one of Alipay');
  if (fields.app_id !== context.appId) return refuse('NotOurs', `for app ${fields.app_id}`);
  const sentAt = shanghaiMs(fields.notify_time ?? '');
  if (sentAt === undefined) return refuse('Unreadable', 'no notify_time');
  const ageMs = received.nowMs - sentAt;
  if (ageMs > context.noticeWindowMs || ageMs < -CLOCK_SKEW_MS) return refuse('Stale', `sent at ${fields.notify_time}`);
  return { ok: true, fields };
}

const TradeNotice = z.object({
  notify_id: z.string().min(1),
  seller_id: z.string(),
  out_trade_no: z.string().min(1),
  trade_no: z.string().min(1),
  trade_status: TradeStatus,
  total_amount: YuanAmount,
  gmt_payment: AlipayTime.optional(),
  gmt_refund: z.string().optional(),
  refund_fee: YuanAmount.optional(),
  out_biz_no: z.string().optional(),
  passback_params: z.string().optional(),
});
type TradeNotice = z.infer<typeof TradeNotice>;

/** A refund's notice has the payment's fields too, and its own beside them. A later notice of a paid trade may carry a fee of zero. */
const isRefund = ({ gmt_refund, refund_fee }: TradeNotice): boolean =>
  gmt_refund !== undefined && (refund_fee ?? 0) > 0;

/**
 * `refund_fee` is all that the trade has had back so far: it does not say what this refund was, so the notice only says that something
 * is to be asked (`processing`), with that total as its amount. A refund without a number of ours has the order's.
 */
function refundNotice(trade: TradeNotice): Notice {
  const outRefundNo = trade.out_biz_no ?? trade.out_trade_no;
  const amountFen = trade.refund_fee ?? trade.total_amount;
  const refund = { outRefundNo, status: 'processing', amountFen, providerNumber: null, doneAt: null } as const;
  return { kind: 'refund', noticeId: trade.notify_id, outTradeNo: trade.out_trade_no, refund };
}

function paymentNotice(trade: TradeNotice): Notice | undefined {
  const status = statusOf(trade.trade_status, trade.gmt_payment);
  if (status === 'paid' && trade.gmt_payment === undefined) return undefined;
  const order = {
    outTradeNo: trade.out_trade_no,
    status,
    amountFen: trade.total_amount,
    providerNumber: status === 'paid' ? trade.trade_no : null,
    paidAt: status === 'paid' ? (trade.gmt_payment ?? null) : null,
    attach: trade.passback_params === undefined ? null : fromPassback(trade.passback_params),
  };
  return { kind: 'payment', noticeId: trade.notify_id, order };
}

/** Decides whether a notification is Alipay's word to us, and what it says. Pure. */
export function readNotice(context: AlipayContext, received: Received): NoticeAnswer {
  const verified = verifyFields(context, received);
  if (!verified.ok) return verified;
  const { fields } = verified;
  if (fields.notify_type !== 'trade_status_sync')
    return { ok: true, notice: { kind: 'other', noticeId: fields.notify_id ?? '', what: fields.notify_type ?? '' } };
  // An empty field says as little as an absent one.
  const parsed = TradeNotice.safeParse(Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')));
  if (!parsed.success) return refuse('Unreadable', parsed.error.message);
  if (parsed.data.seller_id !== context.sellerId) return refuse('NotOurs', `for seller ${parsed.data.seller_id}`);
  const notice = isRefund(parsed.data) ? refundNotice(parsed.data) : paymentNotice(parsed.data);
  return notice === undefined ? refuse('Unreadable', 'paid, and not said when') : { ok: true, notice };
}
