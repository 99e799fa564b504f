import type { PaymentId } from './ids';

/**
 * What becomes of an order that a tenant was sent to a payment provider with. Money that arrives for a closed or expired order is real all
 * the same, so both can still become paid; `unknown` is asked again until it is known.
 */
export const ORDER_TRANSITIONS = {
  /** Stored here; the provider may not have heard of it yet. */
  created: ['waiting', 'paid', 'closed', 'expired', 'unknown'],
  /** The payer can pay it. */
  waiting: ['paid', 'closed', 'expired', 'unknown'],
  /** The provider gave no word that can be believed. */
  unknown: ['waiting', 'paid', 'closed', 'expired'],
  /** Replaced by another order before it was paid. */
  closed: ['paid'],
  expired: ['paid'],
  paid: [],
} as const satisfies Record<string, readonly string[]>;

export type OrderStatus = keyof typeof ORDER_TRANSITIONS;
export const ORDER_STATUSES = Object.keys(ORDER_TRANSITIONS) as readonly OrderStatus[];

/** Whether nothing more is expected of it: nobody asks the provider about it any more. */
export const isOrderOver = (status: OrderStatus): boolean =>
  status === 'paid' || status === 'closed' || status === 'expired';

/** From which states an order may come to `to`. */
export const waysTo = (to: OrderStatus): readonly OrderStatus[] =>
  ORDER_STATUSES.filter((from) => (ORDER_TRANSITIONS[from] as readonly OrderStatus[]).includes(to));

/** The order as providers know it: 32 of [0-9a-f], which every provider takes as a number of ours. */
export const outTradeNoOf = (id: PaymentId): string => id.replaceAll('-', '');

/** How long a page can be paid. A bill can be paid again at once after that, with a new order. */
export const ORDER_LIVES_MS = 30 * 60_000;
