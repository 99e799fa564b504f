import { z } from 'zod';
import { day, id, instant, phone, positiveFen, reason, text } from './common';
import { escalation, paymentCycle, recurringFee } from './places';
import { draftBill, leaseTerms } from './quotes';
import { ID_KINDS } from './tenants';

export const approvalBody = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('approve') }),
  z.strictObject({ decision: z.literal('reject'), reason }),
]);
export const reasonBody = z.strictObject({ reason });

/** 变更: what is asked for. Money of periods already billed comes back as one adjustment bill. */
export const changeBody = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('renewal'),
    /** New last day, inclusive. */
    endsOn: day,
    rateFen: positiveFen.optional(),
    cycle: paymentCycle.optional(),
    escalation: escalation.optional(),
  }),
  z.strictObject({
    kind: z.literal('amendment'),
    from: day,
    rateFen: positiveFen.optional(),
    cycle: paymentCycle.optional(),
    fees: z.array(recurringFee).max(3).optional(),
  }),
  z.strictObject({ kind: z.literal('transfer'), from: day, roomId: id('room'), rateFen: positiveFen.optional() }),
  z.strictObject({
    kind: z.literal('suspension'),
    from: day,
    /** First charged day again. */
    until: day,
    reason,
  }),
  z.strictObject({
    kind: z.literal('coTenant'),
    from: day,
    name: text(60),
    phone,
    idKind: z.enum(ID_KINDS).nullable().default(null),
    idNumber: text(30).nullable().default(null),
  }),
]);
export type ChangeBody = z.infer<typeof changeBody>;

export const change = z.object({
  id: z.string(),
  leaseId: z.string(),
  kind: z.enum(['renewal', 'amendment', 'transfer', 'suspension', 'coTenant']),
  status: z.enum(['requested', 'confirmed', 'applied', 'refused', 'withdrawn']),
  requestedAt: instant,
  /** The terms as they would be. */
  terms: leaseTerms,
  /** Bills that it would add now (an adjustment may be negative: credit). */
  bills: z.array(draftBill),
  explain: z.array(z.string()),
});
export const changeList = z.object({ items: z.array(change) });
export const changeParams = z.strictObject({ id: id('lease'), changeId: id('change') });

export const terminationBody = z.strictObject({
  by: z.enum(['tenant', 'operator']),
  /** Last day of the tenancy, inclusive. */
  lastDay: day,
  reason,
});
export const terminationQuote = z.object({
  lastDay: z.string(),
  /** Below zero: credit for days paid beyond the last day. */
  adjustmentFen: z.int(),
  penaltyFen: z.int(),
  depositFen: z.int(),
  openFen: z.int(),
  /** Above zero: back to the tenant. */
  estimatedRefundFen: z.int(),
  explain: z.array(z.string()),
});

export const checkoutBody = z.strictObject({ on: day });
export const inspectionBody = z.strictObject({
  /** 查房扣款; empty: nothing is broken. */
  damages: z.array(z.strictObject({ description: text(200), amountFen: positiveFen })).max(100),
  note: text(1000).nullable().default(null),
});

/** Without `until` the exemption stays until it is replaced. */
export const exemptionBody = z.strictObject({ reason, until: day.nullable().default(null) });
export const promiseBody = z.strictObject({
  /** Promised amount and its last day; the next instalment is promised when this one came. */
  amountFen: positiveFen,
  until: day,
});
/** Waives what is left of a late fee bill. */
export const waiverBody = z.strictObject({ billKey: text(200), reason });

/** Either a length (`P30D`, `PT12H`) or a day whose first moment is to be reached. Demo installations only. */
export const timeTravelBody = z.union([
  z.strictObject({ duration: z.string().regex(/^P(?=\d|T\d)(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?$/) }),
  z.strictObject({ to: day }),
]);
export const timeTravelReply = z.object({
  leaseId: z.string(),
  /** Where the lease's clock stands now. */
  now: instant,
  closed: z.boolean(),
  seconds: z.number(),
});

export const staffPaymentBody = z.strictObject({
  channel: z.enum(['cash', 'bankTransfer']),
  amountFen: positiveFen,
  /** When the money came, if not now; never in the future. */
  paidAt: instant.optional(),
  /** Receipt or bank number; the same number is the same payment. */
  reference: text(80),
});
