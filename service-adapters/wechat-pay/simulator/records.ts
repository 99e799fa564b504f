import type { OrderRequest, Product, RefundRequest } from './requests';

/** An order as the simulated provider keeps it. `token` is the unguessable part of its page's address. */
export type StoredOrder = {
  readonly token: string;
  readonly prepayId: string;
  readonly product: Product | 'papay';
  readonly request: OrderRequest;
  /** A deduction is ACCEPT until it is settled, and PAYERROR until it is tried again. */
  readonly state: 'NOTPAY' | 'ACCEPT' | 'PAYERROR' | 'SUCCESS' | 'REFUND' | 'CLOSED';
  /** Why the last try failed, in words for its payer. */
  readonly failure: string | null;
  readonly transactionId: string | null;
  readonly paidMs: number | null;
};

export type SettledAs = 'SUCCESS' | 'ABNORMAL' | 'CLOSED';

export type StoredRefund = {
  readonly refundId: string;
  readonly outTradeNo: string;
  readonly request: RefundRequest;
  readonly createdMs: number;
  /** PROCESSING until then. */
  readonly settlesMs: number;
  readonly settlesAs: SettledAs;
  readonly settledMs: number | null;
};

export type StoredNotice = {
  readonly id: string;
  readonly about: 'payment' | 'refund' | 'contract';
  readonly url: string;
  readonly eventType: string;
  readonly summary: string;
  readonly originalType: string;
  /** What is sealed in it. */
  readonly content: object;
  readonly createdMs: number;
  readonly outcome: 'waiting' | 'accepted' | 'given-up';
};

export type Entry =
  | { readonly kind: 'ordered'; readonly order: StoredOrder }
  | {
      readonly kind: 'changed';
      readonly outTradeNo: string;
      readonly change: Partial<Omit<StoredOrder, 'token' | 'request'>>;
    }
  | { readonly kind: 'refunded'; readonly refund: StoredRefund }
  | { readonly kind: 'settled'; readonly outRefundNo: string; readonly settledMs: number }
  | { readonly kind: 'noticed'; readonly notice: StoredNotice }
  | { readonly kind: 'told'; readonly id: string; readonly outcome: StoredNotice['outcome'] };
