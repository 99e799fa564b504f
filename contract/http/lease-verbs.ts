import { z } from 'zod';
import type { LeaseChange } from '../../domain/change';
import { day, id, instant, nonNegativeFen, positiveFen, reason, text } from './common';
import { escalation, paymentCycle, recurringFee } from './places';
import { draftBill, leaseTerms } from './quotes';

export const approvalBody = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('approve') }),
  z.strictObject({ decision: z.literal('reject'), reason }),
]);
export const confirmationBody = z.strictObject({});
export const reasonBody = z.strictObject({ reason });

const conditions = {
  rateFen: z.exactOptional(positiveFen),
  cycle: z.exactOptional(paymentCycle),
  escalation: z.exactOptional(escalation),
  fees: z.exactOptional(z.array(recurringFee).max(3)),
  depositFen: z.exactOptional(nonNegativeFen),
};

/** 变更: what is asked for; what is left out stays as it is. Periods already billed are corrected by one adjustment bill. */
export const changeBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('renewal'), newEndsOn: day, ...conditions }),
  z.strictObject({ kind: z.literal('amendment'), from: day, ...conditions }),
  z.strictObject({
    kind: z.literal('transfer'),
    from: day,
    roomId: id('room'),
    rateFen: positiveFen,
    depositFen: conditions.depositFen,
  }),
  z.strictObject({
    kind: z.literal('suspension'),
    from: day,
    /** First charged day again; null: until a resumption or the end. */
    until: day.nullable(),
  }),
  z.strictObject({ kind: z.literal('resumption'), from: day }),
  /** Who lives there beside the tenant, all of them; bills are not touched. */
  z.strictObject({ kind: z.literal('coTenants'), coTenantIds: z.array(id('tenant')).max(20) }),
]) satisfies z.ZodType<LeaseChange>;

/** Days that one bill covers, and what they cost. */
const period = z.object({ from: z.string(), until: z.string(), dueOn: z.string(), amountFen: z.int() });

export const change = z.object({
  id: z.string(),
  leaseId: z.string(),
  kind: z.enum(['renewal', 'amendment', 'coTenants', 'transfer', 'suspension', 'resumption', 'earlyEnd']),
  status: z.enum(['requested', 'confirmed', 'applied', 'refused', 'withdrawn']),
  requestedAt: instant,
  /** The change as it was asked for: its day, rent, room. */
  asked: z.record(z.string(), z.unknown()),
  /** The terms as they would be. */
  terms: leaseTerms,
  /** Corrects what was billed already; below zero: credit. null: nothing is corrected. */
  adjustment: draftBill.nullable(),
  before: z.array(period),
  after: z.array(period),
  /** What the whole lease costs more (or less), deposit apart. */
  deltaFen: z.int(),
});
export const changeList = z.object({ items: z.array(change) });
export const changeParams = z.strictObject({ id: id('lease'), changeId: id('change') });

export const terminationBody = z.strictObject({
  /** Last day of the tenancy, inclusive. */
  lastDay: day,
  reason,
});
export const terminationQuote = z.object({
  lastDay: z.string(),
  /** Corrects days billed beyond the last day; below zero: credit. */
  adjustment: draftBill.nullable(),
  /** Rent and fees that are still to be billed until the last day. */
  upcoming: z.array(draftBill),
  /** What leaving early costs; null: nothing. */
  penalty: draftBill.nullable(),
  depositFen: z.int(),
  prepaymentFen: z.int(),
  /** Open today, the above not included. */
  openFen: z.int(),
  /** Above zero: back to the tenant; below: still owed. Damage and late fees come on top. */
  estimateFen: z.int(),
});

export const checkoutBody = z.strictObject({ on: day });
export const inspectionBody = z.strictObject({
  /** 查房扣款; empty: nothing is broken. */
  damages: z
    .array(
      z.strictObject({ text: text(200), amountFen: positiveFen, evidence: z.array(text(200)).max(20).default([]) }),
    )
    .max(100),
});
/** 清退: the last day in the room, and why. */
export const evictionBody = z.strictObject({ moveOutOn: day, reason });

/** Without `until` the tenant stays let in until these arrears are paid. */
export const releaseBody = z.strictObject({ reason, until: day.nullable().default(null) });

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
