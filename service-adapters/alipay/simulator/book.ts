import { randomBytes, randomUUID } from 'node:crypto';
import { shanghaiText } from '../wire/shanghai-time';
import { Journal } from './journal';
import { nextTrade, opened, type Refund, refundedFen, type Trade, type TradeEntry, type TradeRequest } from './trade';

/** Alipay's `sub_code` for what it refuses. */
export type TradeRefusal = `ACQ.${string}`;
export const isRefusal = <T>(outcome: T | TradeRefusal): outcome is TradeRefusal => typeof outcome === 'string';

/** 28 digits that begin with the day, as Alipay's do. */
export const alipayNumber = (now: number): string =>
  `${shanghaiText(now).slice(0, 10).replaceAll('-', '')}22${(BigInt(`0x${randomBytes(8).toString('hex')}`) % 10n ** 18n).toString().padStart(18, '0')}`;

/** The simulated provider's trades. */
export class Book {
  readonly #trades = new Map<string, Trade>();
  readonly #tokens = new Map<string, string>();
  readonly #journal: Journal<TradeEntry>;
  readonly #onExpired: (trade: Trade) => void;

  /** `onExpired` hears of a trade that ran out under its payer's eyes. */
  constructor(file: string | undefined, onExpired: (trade: Trade) => void) {
    this.#onExpired = onExpired;
    this.#journal = new Journal(file, (entry) => this.#apply(entry));
  }

  /** The same order again is the same trade; Alipay compares amount and title. */
  open(request: TradeRequest): Trade | TradeRefusal {
    const known = this.#trades.get(request.outTradeNo);
    if (known === undefined) return this.#write({ kind: 'opened', token: randomUUID(), request }, request.outTradeNo);
    const same = known.request.amountFen === request.amountFen && known.request.subject === request.subject;
    return same ? known : 'ACQ.CONTEXT_INCONSISTENT';
  }

  /** A trade as the merchant knows it: not before its payer came. */
  find(outTradeNo: string, now: number): Trade | undefined {
    const trade = this.#atLast(this.#trades.get(outTradeNo), now);
    return trade?.tradeNo === null ? undefined : trade;
  }

  findByToken(token: string, now: number): Trade | undefined {
    return this.#atLast(this.#trades.get(this.#tokens.get(token) ?? ''), now);
  }

  /** The payer has come: from now on the merchant's query finds the trade. */
  enter(trade: Trade, now: number): Trade {
    if (trade.status !== 'OPENED') return trade;
    const { outTradeNo } = trade.request;
    return this.#write({ kind: 'created', outTradeNo, tradeNo: alipayNumber(now), at: now }, outTradeNo);
  }

  fail(trade: Trade, why: NonNullable<Trade['failure']>): Trade {
    const { outTradeNo } = trade.request;
    return trade.status === 'WAIT_BUYER_PAY' ? this.#write({ kind: 'failed', outTradeNo, why }, outTradeNo) : trade;
  }

  /** The payer has confirmed and the bank takes its time. */
  begin(trade: Trade): Trade {
    const { outTradeNo } = trade.request;
    return trade.status === 'WAIT_BUYER_PAY' ? this.#write({ kind: 'paying', outTradeNo }, outTradeNo) : trade;
  }

  /** The payer's money has moved; a second press of the button changes nothing. */
  pay(trade: Trade, now: number): Trade {
    const { outTradeNo } = trade.request;
    const known = this.#trades.get(outTradeNo) ?? trade;
    if (known.status !== 'WAIT_BUYER_PAY' && known.status !== 'PAYING') return known;
    return this.#write({ kind: 'paid', outTradeNo, at: now }, outTradeNo);
  }

  /** The bank has declined what the payer had confirmed. */
  giveUp(trade: Trade, now: number): Trade {
    const { outTradeNo } = trade.request;
    const paying = this.#trades.get(outTradeNo)?.status === 'PAYING';
    return paying ? this.#write({ kind: 'closed', outTradeNo, at: now }, outTradeNo) : trade;
  }

  close(outTradeNo: string, now: number): Trade | TradeRefusal {
    const trade = this.find(outTradeNo, now);
    if (trade === undefined) return 'ACQ.TRADE_NOT_EXIST';
    if (trade.status !== 'WAIT_BUYER_PAY') return 'ACQ.TRADE_STATUS_ERROR';
    return this.#write({ kind: 'closed', outTradeNo, at: now }, outTradeNo);
  }

  /** `pending`: the bank is at it until `finishRefund`. */
  refund(
    outTradeNo: string,
    asked: { readonly requestNo: string; readonly amountFen: number },
    { now, pending }: { readonly now: number; readonly pending: boolean },
  ): { readonly trade: Trade; readonly repeated: boolean } | TradeRefusal {
    const trade = this.find(outTradeNo, now);
    if (trade === undefined) return 'ACQ.TRADE_NOT_EXIST';
    const known = trade.refunds.find(({ requestNo }) => requestNo === asked.requestNo);
    if (known !== undefined)
      return known.amountFen === asked.amountFen ? { trade, repeated: true } : 'ACQ.DISCORDANT_REPEAT_REQUEST';
    if (trade.paidAt === null) return 'ACQ.TRADE_STATUS_ERROR';
    if (refundedFen(trade) + asked.amountFen > trade.request.amountFen) return 'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL';
    const refund: Refund = { ...asked, askedAt: now, doneAt: pending ? null : now };
    return { trade: this.#write({ kind: 'refunded', outTradeNo, refund }, outTradeNo), repeated: false };
  }

  finishRefund(outTradeNo: string, requestNo: string, now: number): Trade | undefined {
    const pending = this.#trades.get(outTradeNo)?.refunds.find((refund) => refund.requestNo === requestNo);
    if (pending === undefined || pending.doneAt !== null) return undefined;
    return this.#write({ kind: 'refundDone', outTradeNo, requestNo, at: now }, outTradeNo);
  }

  /** All of them, for whoever compares books. */
  all(): readonly Trade[] {
    return [...this.#trades.values()];
  }

  /** Closes what has run out. Who has confirmed in time is served. */
  #atLast(trade: Trade | undefined, now: number): Trade | undefined {
    const { expiresAt = null, outTradeNo = '' } = trade?.request ?? {};
    const open = trade?.status === 'WAIT_BUYER_PAY' || trade?.status === 'OPENED';
    if (!open || expiresAt === null || now < expiresAt) return trade;
    const closed = this.#write({ kind: 'closed', outTradeNo, at: now }, outTradeNo);
    if (closed.tradeNo !== null) this.#onExpired(closed);
    return closed;
  }

  #write(entry: TradeEntry, outTradeNo: string): Trade {
    this.#journal.write(entry);
    const trade = this.#trades.get(outTradeNo);
    if (trade === undefined) throw new Error(`the book has no order ${outTradeNo}`);
    return trade;
  }

  #apply(entry: TradeEntry): void {
    if (entry.kind === 'opened') {
      this.#trades.set(entry.request.outTradeNo, opened(entry.token, entry.request));
      this.#tokens.set(entry.token, entry.request.outTradeNo);
      return;
    }
    const trade = this.#trades.get(entry.outTradeNo);
    if (trade !== undefined) this.#trades.set(entry.outTradeNo, nextTrade(trade, entry));
  }
}
