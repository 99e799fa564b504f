import type { OrderChannel } from '../domain/ledger-accounts';
import type { Fen } from '../domain/money';

/** Names a provider in payments, orders and the ledger. */
export type ProviderChannel = OrderChannel;

/** How the payer comes to the provider's page or app. */
export type PayWay =
  /** A page in the phone's browser (alipay.trade.wap.pay, WeChat H5). */
  | { readonly kind: 'page' }
  /** A code that the payer scans at the desk (alipay.trade.precreate, WeChat native). */
  | { readonly kind: 'qr' }
  /** Inside the provider's own app (alipay.trade.app.pay order string; WeChat JSAPI, which needs the payer's openid). */
  | { readonly kind: 'app'; readonly openid?: string };

export type NewOrder = {
  /** Our number, 6 to 32 of [0-9A-Za-z_-]; the same number with the same content is the same order. */
  readonly outTradeNo: string;
  readonly amountFen: Fen;
  /** What the payer sees. No personal data. */
  readonly subject: string;
  readonly notifyUrl: string;
  readonly returnUrl: string;
  /** Echoed in query and notification, at most 128 bytes; ours to read (operator, business time). */
  readonly attach: string;
  /** ISO instant after which the provider takes no money for it. */
  readonly expiresAt: string;
  readonly way: PayWay;
  /** Address of the payer where a provider demands it (WeChat H5). */
  readonly payerIp?: string;
};

/** What the payer is sent to; `fields` are the parameters that the provider's script in its app wants. */
export type OpenedOrder =
  | { readonly kind: 'page'; readonly url: string }
  | { readonly kind: 'qr'; readonly text: string }
  | { readonly kind: 'app'; readonly orderString?: string; readonly fields?: Readonly<Record<string, string>> };

export type OrderState = {
  readonly outTradeNo: string;
  readonly status: 'waiting' | 'paid' | 'closed';
  readonly amountFen: Fen;
  /** The provider's number of the payment; null until paid. */
  readonly providerNumber: string | null;
  /** ISO instant; null until paid. */
  readonly paidAt: string | null;
  readonly attach: string | null;
};

export type NewRefund = {
  /** Ours; the same number with the same content is the same refund. */
  readonly outRefundNo: string;
  readonly outTradeNo: string;
  readonly amountFen: Fen;
  /** Amount of the whole order, which WeChat demands. */
  readonly orderFen: Fen;
  readonly reason: string;
  readonly notifyUrl: string;
};

export type RefundState = {
  readonly outRefundNo: string;
  /** Only `done` may be told to anybody; `abnormal` (account closed, rejected) is a person's task. */
  readonly status: 'processing' | 'done' | 'abnormal' | 'closed';
  readonly amountFen: Fen;
  readonly providerNumber: string | null;
  readonly doneAt: string | null;
};

/**
 * What a provider says. `refused` is its final word on this request, with its own code; `unknown` (time-out, system error, a reply whose
 * signature does not hold) may have happened or not, and is asked again until it is known.
 */
export type Answer<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'unknown'; readonly why: string };

export type Received = {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The very bytes, as text. */
  readonly body: string;
  readonly nowMs: number;
};

/** A notification whose signature holds and that is meant for our app and merchant. */
export type Notice =
  | { readonly kind: 'payment'; readonly noticeId: string; readonly order: OrderState }
  | { readonly kind: 'refund'; readonly noticeId: string; readonly outTradeNo: string; readonly refund: RefundState }
  /** True and of no consequence for us. */
  | { readonly kind: 'other'; readonly noticeId: string; readonly what: string };

export type NoticeAnswer =
  | { readonly ok: true; readonly notice: Notice }
  | { readonly ok: false; readonly code: 'BadSignature' | 'NotOurs' | 'Unreadable' | 'Stale'; readonly why: string };

/** What a provider wants to hear after a notification. */
export type Acknowledgement = { readonly status: number; readonly contentType: string; readonly body: string };

/** A payment provider on its own wire. Each call is idempotent by our number in it; none throws for what the provider or the line does. */
export type PaymentProvider = {
  readonly channel: ProviderChannel;
  /** True while no real money moves; screens must say so. */
  readonly simulated: boolean;
  open(order: NewOrder): Promise<Answer<OpenedOrder>>;
  query(outTradeNo: string): Promise<Answer<OrderState>>;
  /** Nobody can pay it any more; refused when it has been paid. */
  close(outTradeNo: string): Promise<Answer<null>>;
  refund(refund: NewRefund): Promise<Answer<RefundState>>;
  queryRefund(refund: Pick<NewRefund, 'outRefundNo' | 'outTradeNo'>): Promise<Answer<RefundState>>;
  readNotice(received: Received): NoticeAnswer;
  acknowledge(taken: boolean): Acknowledgement;
};

/** Every provider that an operator's tenants can pay at, by the channel it is booked under; the first one is offered first. */
export type PaymentProviders = ReadonlyMap<ProviderChannel, PaymentProvider>;

const NOT_THERE: ReadonlySet<string> = new Set([
  ...['ACQ.TRADE_NOT_EXIST', 'RefundNotFound'], // Alipay
  ...['ORDER_NOT_EXIST', 'RESOURCE_NOT_EXISTS'], // WeChat Pay
  'OrderNotFound', // the demo's cashier, which shares Alipay's word for a refund
]);

/** The provider knows no such order or refund, at least not yet. */
export const isNotThere = (answer: Answer<unknown>): boolean => answer.kind === 'refused' && NOT_THERE.has(answer.code);
