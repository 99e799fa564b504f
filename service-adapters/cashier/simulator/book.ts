import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type {
  CashierBook,
  CashierOrder,
  CashierRefund,
  CashierRefusal,
  CreateOrder,
  RequestRefund,
} from '../../../contract/cashier';

/** An order as the cashier keeps it. `token` is the unguessable part of its page's address. */
export type StoredOrder = {
  readonly token: string;
  readonly request: CreateOrder;
  readonly failedAttempts: number;
  readonly providerNumber: string | null;
  readonly paidAt: string | null;
  readonly closed: boolean;
  /** Our callback has answered `success`. */
  readonly notified: boolean;
};

type Entry =
  | { readonly kind: 'ordered'; readonly token: string; readonly request: CreateOrder }
  | { readonly kind: 'attemptFailed'; readonly outTradeNo: string }
  | { readonly kind: 'paid'; readonly outTradeNo: string; readonly providerNumber: string; readonly paidAt: string }
  | { readonly kind: 'closed'; readonly outTradeNo: string }
  | { readonly kind: 'notified'; readonly outTradeNo: string }
  | { readonly kind: 'refunded'; readonly request: RequestRefund; readonly refund: CashierRefund };

type Outcome<T> = T | CashierRefusal;
export const isRefusal = <T>(outcome: Outcome<T>): outcome is CashierRefusal => typeof outcome === 'string';

const same = (a: object, b: object) => JSON.stringify(a) === JSON.stringify(b);

/** The simulated provider's book: every change is a line in `file` before it counts, so a killed simulator forgets no payment. */
export class Book {
  readonly #orders = new Map<string, StoredOrder>();
  readonly #refunds = new Map<string, { readonly request: RequestRefund; readonly refund: CashierRefund }>();
  readonly #tokens = new Map<string, string>();
  readonly #refundedFen = new Map<string, number>();
  readonly #file: string | undefined;

  constructor(file?: string) {
    this.#file = file;
    if (file === undefined) return;
    mkdirSync(dirname(file), { recursive: true });
    if (!existsSync(file)) return;
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      const entry = parseEntry(line);
      if (entry !== undefined) this.#apply(entry);
    }
  }

  order(request: CreateOrder): Outcome<StoredOrder> {
    const known = this.#orders.get(request.outTradeNo);
    if (known !== undefined) return same(known.request, request) ? known : 'OrderConflict';
    return this.#write({ kind: 'ordered', token: randomUUID(), request }, request.outTradeNo);
  }

  find(outTradeNo: string): StoredOrder | undefined {
    return this.#orders.get(outTradeNo);
  }

  findByToken(token: string): StoredOrder | undefined {
    return this.#orders.get(this.#tokens.get(token) ?? '');
  }

  /** Nobody can pay it any more. Closing twice is closed. */
  close(outTradeNo: string): Outcome<StoredOrder> {
    const order = this.#orders.get(outTradeNo);
    if (order === undefined) return 'OrderNotFound';
    if (order.paidAt !== null) return 'OrderPaid';
    return order.closed ? order : this.#write({ kind: 'closed', outTradeNo }, outTradeNo);
  }

  findRefund(outRefundNo: string): Outcome<CashierRefund> {
    return this.#refunds.get(outRefundNo)?.refund ?? 'RefundNotFound';
  }

  /**
   * The payer's money has moved; a second press of the button changes nothing, nor does one on an order that is over. `now` is used unless
   * the order has a business time.
   */
  pay(order: StoredOrder, now: string): StoredOrder {
    const { outTradeNo, businessAt } = order.request;
    const known = this.#orders.get(outTradeNo);
    if (known !== undefined && (known.paidAt !== null || isOver(known, now))) return known;
    const providerNumber = `SIM${randomUUID().replaceAll('-', '')}`;
    return this.#write({ kind: 'paid', outTradeNo, providerNumber, paidAt: businessAt ?? now }, outTradeNo);
  }

  failAttempt(order: StoredOrder): StoredOrder {
    if (order.paidAt !== null) return order;
    const { outTradeNo } = order.request;
    return this.#write({ kind: 'attemptFailed', outTradeNo }, outTradeNo);
  }

  markNotified(order: StoredOrder): void {
    const { outTradeNo } = order.request;
    this.#write({ kind: 'notified', outTradeNo }, outTradeNo);
  }

  refund(request: RequestRefund, now: string): Outcome<CashierRefund> {
    const known = this.#refunds.get(request.outRefundNo);
    if (known !== undefined) return same(known.request, request) ? known.refund : 'RefundConflict';
    const order = this.#orders.get(request.outTradeNo);
    if (order === undefined) return 'OrderNotFound';
    if (order.paidAt === null) return 'OrderNotPaid';
    if (this.refundedFen(request.outTradeNo) + request.amountFen > order.request.amountFen)
      return 'RefundExceedsPayment';
    const { outRefundNo, outTradeNo, amountFen } = request;
    const providerRefundNumber = `SIMR${randomUUID().replaceAll('-', '')}`;
    const refund = { outRefundNo, outTradeNo, providerRefundNumber, amountFen, refundedAt: request.businessAt ?? now };
    this.#write({ kind: 'refunded', request, refund }, outTradeNo);
    return refund;
  }

  refundedFen(outTradeNo: string): number {
    return this.#refundedFen.get(outTradeNo) ?? 0;
  }

  unnotified(): readonly StoredOrder[] {
    return [...this.#orders.values()].filter((order) => order.paidAt !== null && !order.notified);
  }

  /** For reconciliation. */
  download(describe: (order: StoredOrder) => CashierOrder): CashierBook {
    const orders = [...this.#orders.values()];
    return {
      orders: orders.map(describe),
      refunds: [...this.#refunds.values()].map(({ refund }) => refund),
      notified: orders.flatMap((order) => (order.notified && order.providerNumber ? [order.providerNumber] : [])),
    };
  }

  #write(entry: Entry, outTradeNo: string): StoredOrder {
    if (this.#file !== undefined) appendFileSync(this.#file, `${JSON.stringify(entry)}\n`);
    this.#apply(entry);
    const order = this.#orders.get(outTradeNo);
    if (order === undefined) throw new Error(`the book has no order ${outTradeNo}`);
    return order;
  }

  #apply(entry: Entry): void {
    if (entry.kind === 'refunded') {
      const { outRefundNo, outTradeNo, amountFen } = entry.refund;
      this.#refunds.set(outRefundNo, { request: entry.request, refund: entry.refund });
      this.#refundedFen.set(outTradeNo, this.refundedFen(outTradeNo) + amountFen);
      return;
    }
    const outTradeNo = entry.kind === 'ordered' ? entry.request.outTradeNo : entry.outTradeNo;
    const next = nextOrder(this.#orders.get(outTradeNo), entry);
    if (next === undefined) return;
    this.#orders.set(outTradeNo, next);
    this.#tokens.set(next.token, outTradeNo);
  }
}

/** Closed, or past its time, without having been paid. */
export const isOver = ({ paidAt, closed, request }: StoredOrder, now: string): boolean =>
  paidAt === null && (closed || (request.expiresAt !== undefined && request.expiresAt <= now));

function nextOrder(
  order: StoredOrder | undefined,
  entry: Exclude<Entry, { kind: 'refunded' }>,
): StoredOrder | undefined {
  if (entry.kind === 'ordered') {
    const { token, request } = entry;
    return { token, request, failedAttempts: 0, providerNumber: null, paidAt: null, closed: false, notified: false };
  }
  if (order === undefined) return undefined;
  if (entry.kind === 'attemptFailed') return { ...order, failedAttempts: order.failedAttempts + 1 };
  if (entry.kind === 'closed') return { ...order, closed: true };
  if (entry.kind === 'notified') return { ...order, notified: true };
  return { ...order, providerNumber: entry.providerNumber, paidAt: entry.paidAt };
}

/** Undefined for the line that a crash cut short: its request was never answered, so its sender asks again. */
function parseEntry(line: string): Entry | undefined {
  try {
    return JSON.parse(line) as Entry;
  } catch {
    return undefined;
  }
}
