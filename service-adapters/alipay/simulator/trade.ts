/** What a merchant asked for. Times are epoch ms, money is fen. */
export type TradeRequest = {
  readonly outTradeNo: string;
  readonly amountFen: number;
  readonly subject: string;
  readonly notifyUrl: string | null;
  readonly returnUrl: string | null;
  readonly quitUrl: string | null;
  /** As sent, still encoded. */
  readonly passback: string | null;
  readonly expiresAt: number | null;
};

export type Refund = {
  readonly requestNo: string;
  readonly amountFen: number;
  readonly askedAt: number;
  /** Null while the bank is at it. */
  readonly doneAt: number | null;
};

/**
 * `OPENED`: asked for, and no payer has come yet, so the merchant's query finds no such trade. `PAYING` is a `WAIT_BUYER_PAY` to the
 * merchant whose payer has confirmed and whose bank is at it.
 */
export type TradeStatus = 'OPENED' | 'WAIT_BUYER_PAY' | 'PAYING' | 'TRADE_SUCCESS' | 'TRADE_CLOSED';

export type Trade = {
  /** The unguessable part of its page's address. */
  readonly token: string;
  readonly request: TradeRequest;
  readonly status: TradeStatus;
  /** The provider's number; null until a payer came. */
  readonly tradeNo: string | null;
  readonly createdAt: number | null;
  readonly paidAt: number | null;
  readonly closedAt: number | null;
  /** What went wrong at the last attempt. */
  readonly failure: 'insufficient-balance' | 'cancelled' | null;
  readonly refunds: readonly Refund[];
};

export type TradeEntry =
  | { readonly kind: 'opened'; readonly token: string; readonly request: TradeRequest }
  | { readonly kind: 'created'; readonly outTradeNo: string; readonly tradeNo: string; readonly at: number }
  | { readonly kind: 'failed'; readonly outTradeNo: string; readonly why: NonNullable<Trade['failure']> }
  | { readonly kind: 'paying'; readonly outTradeNo: string }
  | { readonly kind: 'paid'; readonly outTradeNo: string; readonly at: number }
  | { readonly kind: 'closed'; readonly outTradeNo: string; readonly at: number }
  | { readonly kind: 'refunded'; readonly outTradeNo: string; readonly refund: Refund }
  | { readonly kind: 'refundDone'; readonly outTradeNo: string; readonly requestNo: string; readonly at: number };

export const opened = (token: string, request: TradeRequest): Trade => ({
  token,
  request,
  status: 'OPENED',
  tradeNo: null,
  createdAt: null,
  paidAt: null,
  closedAt: null,
  failure: null,
  refunds: [],
});

/** What the merchant has promised to give back, done or not. */
export const refundedFen = ({ refunds }: Trade): number => refunds.reduce((sum, refund) => sum + refund.amountFen, 0);

/** What has been given back. */
export const returnedFen = ({ refunds }: Trade): number =>
  refunds.reduce((sum, refund) => sum + (refund.doneAt === null ? 0 : refund.amountFen), 0);

/** A trade whose money went back in full is closed. */
const withRefunds = (trade: Trade, refunds: readonly Refund[], at: number): Trade => {
  const next = { ...trade, refunds };
  return returnedFen(next) < trade.request.amountFen ? next : { ...next, status: 'TRADE_CLOSED', closedAt: at };
};

export function nextTrade(trade: Trade, entry: Exclude<TradeEntry, { kind: 'opened' }>): Trade {
  switch (entry.kind) {
    case 'created':
      return { ...trade, status: 'WAIT_BUYER_PAY', tradeNo: entry.tradeNo, createdAt: entry.at };
    case 'failed':
      return { ...trade, failure: entry.why };
    case 'paying':
      return { ...trade, status: 'PAYING', failure: null };
    case 'paid':
      return { ...trade, status: 'TRADE_SUCCESS', paidAt: entry.at, failure: null };
    case 'closed':
      return { ...trade, status: 'TRADE_CLOSED', closedAt: entry.at };
    case 'refunded':
      return withRefunds(trade, [...trade.refunds, entry.refund], entry.refund.askedAt);
    case 'refundDone': {
      const refunds = trade.refunds.map((refund) =>
        refund.requestNo === entry.requestNo ? { ...refund, doneAt: entry.at } : refund,
      );
      return withRefunds(trade, refunds, entry.at);
    }
  }
}
