import type { Notice, NoticeAnswer, Received } from '../../payment-provider';
import { unseal } from '../sealing';
import { Envelope, parseJson, RefundNotice, Transaction } from '../wire';
import { type Merchant, orderState, strangeness } from './orders';
import type { PlatformKeys } from './platform-keys';
import { refundState } from './refunds';
import { isFresh, isSignedBy, type SignedMessage, signedMessage } from './signed-message';

export type NoticesOptions = {
  readonly keys: PlatformKeys;
  readonly merchant: Merchant;
  readonly apiV3Key: string;
  /** How far the provider's time is ahead of ours. */
  readonly aheadMs: () => number;
};

type NoticeRefusal = Extract<NoticeAnswer, { ok: false }>;

export const refuseNotice = (code: NoticeRefusal['code'], why: string): NoticeRefusal => ({ ok: false, code, why });
const accept = (notice: Notice): NoticeAnswer => ({ ok: true, notice });

/** A notice that the provider has signed. `content` is what it seals; undefined when our APIv3 key does not open it. */
export type SignedNotice = {
  readonly ok: true;
  readonly id: string;
  readonly event: string;
  readonly content: () => unknown;
};

export function openNotice(
  { headers, body, nowMs }: Received,
  { keys, apiV3Key, aheadMs }: NoticesOptions,
): SignedNotice | NoticeRefusal {
  const message = signedMessage((name) => single(headers[name]), body);
  if (message === undefined) return refuseNotice('BadSignature', 'a header of the signature is missing');
  const refusal = refuseMessage(message, nowMs + aheadMs(), keys);
  if (refusal !== undefined) return refusal;
  const envelope = Envelope.safeParse(parseJson(body));
  if (!envelope.success) return refuseNotice('Unreadable', 'no notice');
  const { id, event_type, resource } = envelope.data;
  return { ok: true, id, event: event_type, content: () => parseJson(unseal(resource, apiV3Key) ?? '') };
}

/** Decides whether a notice is the provider's word and meant for us. Pure but for the keys. */
export function createNoticeReader(options: NoticesOptions): (received: Received) => NoticeAnswer {
  return (received) => {
    const signed = openNotice(received, options);
    if (!signed.ok) return signed;
    const { id, event } = signed;
    const read = READERS.get(event);
    if (read === undefined) return accept({ kind: 'other', noticeId: id, what: event });
    const content = signed.content();
    if (content === undefined) return refuseNotice('Unreadable', 'the APIv3 key does not open it');
    return read(id, content, options.merchant);
  };
}

const single = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

function refuseMessage(message: SignedMessage, nowMs: number, keys: PlatformKeys): NoticeRefusal | undefined {
  if (!isFresh(message, nowMs)) return refuseNotice('Stale', 'signed more than five minutes away from now');
  const key = keys.find(message.serial);
  if (key === undefined) return refuseNotice('BadSignature', `unknown serial ${message.serial}`);
  return isSignedBy(message, key) ? undefined : refuseNotice('BadSignature', 'the signature does not hold');
}

type Reader = (noticeId: string, content: unknown, merchant: Merchant) => NoticeAnswer;

const readPayment: Reader = (noticeId, content, merchant) => {
  const told = Transaction.safeParse(content);
  if (!told.success)
    return refuseNotice('Unreadable', `no payment in whole fen of CNY: ${told.error.issues[0]?.path.join('.')}`);
  const strange = strangeness(told.data, merchant);
  if (strange !== undefined) return refuseNotice('NotOurs', strange);
  const order = orderState(told.data);
  return order?.status === 'paid'
    ? accept({ kind: 'payment', noticeId, order })
    : refuseNotice('Unreadable', 'a success without number, time or amount');
};

const readRefund: Reader = (noticeId, content, merchant) => {
  const told = RefundNotice.safeParse(content);
  if (!told.success)
    return refuseNotice('Unreadable', `no refund in whole fen of CNY: ${told.error.issues[0]?.path.join('.')}`);
  const { mchid, out_trade_no: outTradeNo, refund_status: status } = told.data;
  if (mchid !== merchant.mchid) return refuseNotice('NotOurs', `for merchant ${mchid}`);
  return accept({ kind: 'refund', noticeId, outTradeNo, refund: refundState({ ...told.data, status }) });
};

const READERS: ReadonlyMap<string, Reader> = new Map([
  ['TRANSACTION.SUCCESS', readPayment],
  ['REFUND.SUCCESS', readRefund],
  ['REFUND.ABNORMAL', readRefund],
  ['REFUND.CLOSED', readRefund],
]);
