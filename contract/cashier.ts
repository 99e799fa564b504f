import { z } from 'zod';

const number = z.string().min(1).max(64);
const amountFen = z.int().positive();
const instant = z.iso.datetime();
const webUrl = z.url({ protocol: /^https?$/ }); // a javascript: address must not become a link on the page

/** Every request, reply body and notification carries these; they are what a signature covers besides the body. */
export const SIGNATURE_HEADERS = {
  timestamp: 'x-cashier-timestamp',
  nonce: 'x-cashier-nonce',
  signature: 'x-cashier-signature',
} as const;

/** Signed messages older (or from further ahead) than this are refused, so that a recorded one cannot be replayed later. */
export const SIGNATURE_WINDOW_SECONDS = 300;

export const CreateOrder = z.strictObject({
  /** Our number for the order. Creating it again with the same content answers the same order. */
  outTradeNo: number,
  amountFen,
  /** What the payer sees, e.g. the bill's name. No personal data. */
  subject: z.string().min(1).max(128),
  /** Where the signed notification goes. */
  notifyUrl: webUrl,
  /** Where the page's button leads after paying. */
  returnUrl: webUrl.optional(),
  /** Echoed in query and notification; lets the callback find the operator. */
  attach: z.string().max(256).optional(),
  /** After this nobody can pay it. */
  expiresAt: instant.optional(),
  /** Business time of a lease that travels in time; becomes `paidAt`. A real provider has no such field. */
  businessAt: instant.optional(),
});
export type CreateOrder = z.infer<typeof CreateOrder>;

const ORDER_STATUSES = ['pending', 'paid', 'refunded', 'closed'] as const;

export const CashierOrder = z.strictObject({
  outTradeNo: number,
  amountFen,
  status: z.enum(ORDER_STATUSES),
  cashierUrl: webUrl,
  /** The provider's number of the payment; null until paid. */
  providerNumber: number.nullable(),
  paidAt: instant.nullable(),
  refundedFen: z.int().nonnegative(),
  attach: z.string().nullable(),
});
export type CashierOrder = z.infer<typeof CashierOrder>;

export const RequestRefund = z.strictObject({
  /** Our number for the refund. Asking again with the same content answers the same refund. */
  outRefundNo: number,
  outTradeNo: number,
  amountFen,
  reason: z.string().max(128),
  businessAt: instant.optional(),
});
export type RequestRefund = z.infer<typeof RequestRefund>;

export const CashierRefund = z.strictObject({
  outRefundNo: number,
  outTradeNo: number,
  providerRefundNumber: number,
  amountFen,
  refundedAt: instant,
});
export type CashierRefund = z.infer<typeof CashierRefund>;

/** Sent to `notifyUrl` after a payment until the receiver answers the plain text `success`. */
export const PaymentNotification = z.strictObject({
  event: z.literal('paid'),
  providerNumber: number,
  outTradeNo: number,
  amountFen,
  paidAt: instant,
  attach: z.string().nullable(),
});
export type PaymentNotification = z.infer<typeof PaymentNotification>;

/** Why the cashier refuses; anything else is a failure of the line and worth a retry. */
const CASHIER_REFUSALS = [
  'InvalidRequest',
  'InvalidSignature',
  'OrderConflict',
  'OrderNotFound',
  'OrderNotPaid',
  'OrderPaid',
  'RefundConflict',
  'RefundExceedsPayment',
  'RefundNotFound',
] as const;
export type CashierRefusal = (typeof CASHIER_REFUSALS)[number];
export const CashierError = z.strictObject({ code: z.enum(CASHIER_REFUSALS), message: z.string() });
export type CashierError = z.infer<typeof CashierError>;

/** Everything the cashier holds, for reconciliation. */
export const CashierBook = z.strictObject({
  orders: z.array(CashierOrder),
  refunds: z.array(CashierRefund),
  /** Notifications that were answered `success`, by the provider's number. */
  notified: z.array(number),
});
export type CashierBook = z.infer<typeof CashierBook>;
