import { z } from 'zod';
import { ORDER_STATUSES } from '../../domain/cashier-order';
import { ORDER_CHANNELS } from '../../domain/ledger-accounts';
import { day, id, idParams, instant, pageQuery } from './common';
import { billLine } from './quotes';

export const billRow = z.object({
  id: z.string(),
  leaseId: z.string(),
  leaseNumber: z.string(),
  communityId: z.string(),
  roomName: z.string(),
  tenantName: z.string(),
  key: z.string(),
  kind: z.enum(['first', 'periodic', 'adjustment', 'lateFee', 'penalty', 'damage', 'opening', 'oneOff']),
  periodFrom: z.string(),
  /** Exclusive. */
  periodUntil: z.string(),
  issueOn: z.string(),
  dueOn: z.string(),
  totalFen: z.int(),
  openFen: z.int(),
  /** Wants money and was due before today, which is the lease's own today where it has travelled in time. */
  overdue: z.boolean(),
  /** Taken back: the lease never began or the bill was replaced. */
  voided: z.boolean(),
});
export const listBillsQuery = z.strictObject({
  ...pageQuery,
  leaseId: id('lease').optional(),
  communityId: id('community').optional(),
  /** Only bills that still want money. */
  open: z.enum(['true', 'false']).optional(),
  /** Only bills that want money and were due before today: what the overview adds up as `overdueFen`. */
  overdue: z.enum(['true', 'false']).optional(),
  dueFrom: day.optional(),
  dueBy: day.optional(),
});
export const leaseBillsQuery = z.strictObject({ ...pageQuery, open: z.enum(['true', 'false']).optional() });
export const billShow = billRow.extend({
  lines: z.array(billLine),
  payments: z.array(z.object({ paymentId: z.string(), paidAt: instant, amountFen: z.int() })),
});
export const billParams = idParams('bill');

export const paymentRow = z.object({
  id: z.string(),
  leaseId: z.string(),
  leaseNumber: z.string(),
  channel: z.string(),
  providerNumber: z.string(),
  amountFen: z.int(),
  paidAt: instant,
  status: z.string(),
});
export const listPaymentsQuery = z.strictObject({
  ...pageQuery,
  leaseId: id('lease').optional(),
  status: z.enum(['stored', 'applied']).optional(),
});
/** Money that a provider reported and that fits no order of ours; it is in no ledger. */
export const quarantinedPayment = paymentRow
  .pick({ channel: true, providerNumber: true, amountFen: true, paidAt: true })
  .extend({
    /** The order as the provider names it. */
    orderNumber: z.string(),
    why: z.enum(['unknownOrder', 'amountDiffers']),
    /** Whose order it names; null when it names none of ours. */
    leaseId: z.string().nullable(),
    leaseNumber: z.string().nullable(),
  });
export const quarantinedQuery = z.strictObject({ ...pageQuery });
export const paymentReply = z.object({ paymentId: z.string(), status: z.string(), duplicate: z.boolean() });

/** The bills to pay together; the tenant is sent to `redirectUrl`, the cashier page of the payment provider. */
export const cashierOrderBody = z.strictObject({
  billIds: z.array(id('bill')).min(1).max(50),
  /** Where to pay, one of the payment methods offered; the first of them by default. */
  channel: z.enum(ORDER_CHANNELS).optional(),
});
export const paymentMethods = z.object({
  items: z.array(
    z.object({
      channel: z.enum(ORDER_CHANNELS),
      name: z.object({ zh: z.string(), en: z.string() }),
      /** No real money moves, and the screen says so. */
      simulated: z.boolean(),
    }),
  ),
});
export const cashierOrder = z.object({
  orderId: z.string(),
  amountFen: z.int(),
  redirectUrl: z.string(),
  status: z.enum(ORDER_STATUSES),
  channel: z.enum(ORDER_CHANNELS),
  /** After this the provider takes no money for it. */
  expiresAt: instant,
  /** Set while the provider is a simulator: no real money moves, and the screen says so. */
  simulated: z.boolean(),
});
export const cashierOrderParams = z.strictObject({ id: id('lease'), orderId: id('payment') });
