import { randomInt, randomUUID } from 'node:crypto';
import { type Journal, openJournal } from './journal';
import type { Entry, SettledAs, StoredNotice, StoredOrder, StoredRefund } from './records';
import { type Refusal, refusal } from './refusals';
import type { OrderRequest, Product, RefundRequest } from './requests';

type Change = Extract<Entry, { kind: 'changed' }>['change'];

function replace<T extends object>(kept: Map<string, T>, key: string, change: Partial<T>): void {
  const known = kept.get(key);
  if (known !== undefined) kept.set(key, { ...known, ...change });
}

const digits = (count: number): string => Array.from({ length: count }, () => randomInt(10)).join('');

/** What makes two requests the same order: the payer's address may change between two tries. */
const essence = ({ scene_info: _, ...request }: OrderRequest, product: StoredOrder['product']): string =>
  JSON.stringify([product, request]);

/** The simulated provider's book: every change is a line of its journal before it counts, so a killed simulator forgets no payment. */
export class Book {
  readonly #journal: Journal<Entry>;
  readonly #orders = new Map<string, StoredOrder>();
  /** Our numbers by what pages and queries know an order by. */
  readonly #names = new Map<string, string>();
  readonly #refunds = new Map<string, StoredRefund>();
  readonly #refundsOf = new Map<string, string[]>();
  readonly #notices = new Map<string, StoredNotice>();

  constructor(file?: string) {
    this.#journal = openJournal<Entry>(file);
    for (const entry of this.#journal.entries) this.#apply(entry);
  }

  order(product: Product, request: OrderRequest, nowMs: number): StoredOrder | Refusal {
    const known = this.#orders.get(request.out_trade_no);
    if (known !== undefined) {
      if (essence(known.request, known.product) !== essence(request, product)) return refusal('OUT_TRADE_NO_USED');
      if (known.state === 'CLOSED') return refusal('ORDER_CLOSED');
      return known.state === 'NOTPAY' ? known : refusal('ORDERPAID');
    }
    if (request.time_expire !== undefined && Date.parse(request.time_expire) <= nowMs) {
      return refusal('INVALID_REQUEST', 'time_expire已过期');
    }
    return this.#open(product, request, 'NOTPAY');
  }

  /** A deduction that failed is tried again under its own number. */
  deduct(request: OrderRequest): StoredOrder | Refusal {
    const known = this.#orders.get(request.out_trade_no);
    if (known === undefined) return this.#open('papay', request, 'ACCEPT');
    if (essence(known.request, known.product) !== essence(request, 'papay')) return refusal('OUT_TRADE_NO_USED');
    if (known.paidMs !== null) return refusal('ORDERPAID');
    if (known.state === 'PAYERROR') this.#change(known, { state: 'ACCEPT' });
    return this.#orders.get(request.out_trade_no) ?? known;
  }

  failDeduction(outTradeNo: string, failure: string): void {
    const order = this.#orders.get(outTradeNo);
    if (order?.state === 'ACCEPT') this.#change(order, { state: 'PAYERROR', failure });
  }

  #open(product: StoredOrder['product'], request: OrderRequest, state: StoredOrder['state']): StoredOrder {
    const token = randomUUID().replaceAll('-', '');
    const prepayId = `wx${digits(34)}`;
    const order = { token, prepayId, product, request, state, failure: null, transactionId: null, paidMs: null };
    this.#write({ kind: 'ordered', order });
    return order;
  }

  find(outTradeNo: string): StoredOrder | undefined {
    return this.#orders.get(outTradeNo);
  }

  /** By the token of its page, its prepay_id or the provider's number. */
  findBy(name: string): StoredOrder | undefined {
    return this.#orders.get(this.#names.get(name) ?? '');
  }

  /** The payer's money has moved. False when it had before, or the order takes none any more. */
  pay({ request }: StoredOrder, nowMs: number): boolean {
    const order = this.#orders.get(request.out_trade_no);
    const isPayable = order?.state === 'NOTPAY' || order?.state === 'ACCEPT';
    if (order === undefined || !isPayable || isExpired(order, nowMs)) return false;
    const transactionId = `42000${digits(23)}`;
    this.#change(order, { state: 'SUCCESS', failure: null, transactionId, paidMs: nowMs });
    return true;
  }

  fail({ request }: StoredOrder, failure: string): void {
    const order = this.#orders.get(request.out_trade_no);
    if (order?.state === 'NOTPAY') this.#change(order, { failure });
  }

  close(outTradeNo: string): Refusal | undefined {
    const order = this.#orders.get(outTradeNo);
    if (order === undefined) return refusal('ORDER_NOT_EXIST');
    if (order.state === 'CLOSED') return refusal('ORDER_CLOSED');
    if (order.paidMs !== null) return refusal('ORDERPAID');
    if (order.state === 'ACCEPT') return refusal('INVALID_REQUEST', '扣款处理中');
    this.#change(order, { state: 'CLOSED' });
    return undefined;
  }

  refund(request: RefundRequest, plan: { nowMs: number; afterMs: number; as: SettledAs }): StoredRefund | Refusal {
    const known = this.#refunds.get(request.out_refund_no);
    if (known !== undefined) {
      const same = JSON.stringify(known.request) === JSON.stringify(request);
      return same ? known : refusal('INVALID_REQUEST', '退款单号已用于另一笔退款');
    }
    const order = this.find(request.out_trade_no ?? '') ?? this.findBy(request.transaction_id ?? '');
    if (order === undefined) return refusal('RESOURCE_NOT_EXISTS', '订单不存在');
    if (order.paidMs === null) return refusal('INVALID_REQUEST', '订单未支付');
    const { total } = order.request.amount;
    if (request.amount.total !== total) return refusal('INVALID_REQUEST', '订单金额与之前请求不一致');
    const outTradeNo = order.request.out_trade_no;
    if (this.refundedFen(outTradeNo) + request.amount.refund > total) {
      return refusal('INVALID_REQUEST', '累计退款金额大于支付金额');
    }
    const { nowMs, afterMs, as: settlesAs } = plan;
    const settlesMs = nowMs + afterMs;
    const refundId = `50300${digits(23)}`;
    const refund = { refundId, outTradeNo, request, createdMs: nowMs, settlesMs, settlesAs, settledMs: null };
    this.#write({ kind: 'refunded', refund });
    this.#change(order, { state: 'REFUND' });
    return refund;
  }

  findRefund(outRefundNo: string): StoredRefund | undefined {
    return this.#refunds.get(outRefundNo);
  }

  /** What has left, or is to leave, towards the payer; a closed refund stays with the merchant. */
  refundedFen(outTradeNo: string): number {
    return (this.#refundsOf.get(outTradeNo) ?? [])
      .flatMap((outRefundNo) => this.#refunds.get(outRefundNo) ?? [])
      .filter(({ settledMs, settlesAs }) => settledMs === null || settlesAs !== 'CLOSED')
      .reduce((sum, { request }) => sum + request.amount.refund, 0);
  }

  settle(outRefundNo: string, nowMs: number): StoredRefund | undefined {
    this.#write({ kind: 'settled', outRefundNo, settledMs: nowMs });
    return this.#refunds.get(outRefundNo);
  }

  notice(notice: Omit<StoredNotice, 'id' | 'outcome'>): StoredNotice {
    const stored: StoredNotice = { ...notice, id: randomUUID(), outcome: 'waiting' };
    this.#write({ kind: 'noticed', notice: stored });
    return stored;
  }

  told(id: string, outcome: StoredNotice['outcome']): void {
    this.#write({ kind: 'told', id, outcome });
  }

  orders = (): readonly StoredOrder[] => [...this.#orders.values()];
  refunds = (): readonly StoredRefund[] => [...this.#refunds.values()];
  notices = (): readonly StoredNotice[] => [...this.#notices.values()];

  #change(order: StoredOrder, change: Change): void {
    this.#write({ kind: 'changed', outTradeNo: order.request.out_trade_no, change });
  }

  #write(entry: Entry): void {
    this.#journal.write(entry);
    this.#apply(entry);
  }

  #apply(entry: Entry): void {
    switch (entry.kind) {
      case 'ordered':
        this.#keep(entry.order);
        break;
      case 'changed':
        this.#keepChanged(this.#orders.get(entry.outTradeNo), entry.change);
        break;
      case 'refunded':
        this.#keepRefund(entry.refund);
        break;
      case 'settled':
        replace(this.#refunds, entry.outRefundNo, { settledMs: entry.settledMs });
        break;
      case 'noticed':
        this.#notices.set(entry.notice.id, entry.notice);
        break;
      case 'told':
        replace(this.#notices, entry.id, { outcome: entry.outcome });
    }
  }

  #keepChanged(order: StoredOrder | undefined, change: Change): void {
    if (order !== undefined) this.#keep({ ...order, ...change });
  }

  #keepRefund(refund: StoredRefund): void {
    const { outTradeNo, request } = refund;
    this.#refunds.set(request.out_refund_no, refund);
    this.#refundsOf.set(outTradeNo, [...(this.#refundsOf.get(outTradeNo) ?? []), request.out_refund_no]);
  }

  #keep(order: StoredOrder): void {
    const outTradeNo = order.request.out_trade_no;
    this.#orders.set(outTradeNo, order);
    for (const name of [order.token, order.prepayId, order.transactionId]) {
      if (name !== null) this.#names.set(name, outTradeNo);
    }
  }
}

export const isExpired = ({ request }: StoredOrder, nowMs: number): boolean =>
  request.time_expire !== undefined && Date.parse(request.time_expire) <= nowMs;
