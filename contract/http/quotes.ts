import { z } from 'zod';
import { day, id } from './common';
import { discount, escalation, paymentCycle, recurringFee } from './places';

const lineKind = z.enum([
  'rent',
  'discount',
  'deposit',
  'propertyFee',
  'network',
  'furniture',
  'lateFee',
  'penalty',
  'damage',
  'opening',
  'water',
  'electricity',
  'other',
]);

export const billLine = z.object({
  kind: lineKind,
  from: z.string(),
  /** Exclusive. */
  until: z.string(),
  amountFen: z.int(),
  taxFen: z.int(),
  explain: z.string(),
});

/** A bill that does not exist yet: part of a quote or of a dry run. */
export const draftBill = z.object({
  key: z.string(),
  kind: z.string(),
  periodFrom: z.string(),
  periodUntil: z.string(),
  issueOn: z.string(),
  dueOn: z.string(),
  totalFen: z.int(),
  lines: z.array(billLine),
});

/** What is asked for: a room from a day to a day, paid in a cycle. The price comes from the price list, never from the caller. */
export const quoteBody = z.strictObject({
  roomId: id('room'),
  startsOn: day,
  /** Inclusive. */
  endsOn: day,
  cycle: paymentCycle,
  alignment: z.enum(['leaseDate', 'calendarMonth']).default('leaseDate'),
  proration: z.enum(['actualDays', 'thirty360']).default('actualDays'),
  rentFreeDays: z.int().min(0).max(365).default(0),
  /** A period falls due this many days before (negative) or after its first day. */
  dueDayOffset: z.int().min(-60).max(60).default(0),
  issueDaysBeforeDue: z.int().min(0).max(60).default(7),
});

const segment = z.object({
  from: z.string(),
  reason: z.enum(['original', 'renewal', 'amendment', 'transfer', 'suspension', 'resumption']),
  roomId: z.string(),
  rateFen: z.int(),
  basis: z.enum(['perMonth', 'perDay']),
  cycle: paymentCycle,
  escalation,
  fees: z.array(recurringFee),
  suspended: z.boolean(),
  priceFrom: z.string().optional(),
});

export const leaseTerms = z.object({
  startsOn: z.string(),
  endsOn: z.string(),
  alignment: z.enum(['leaseDate', 'calendarMonth']),
  proration: z.enum(['actualDays', 'thirty360']),
  dueDayOffset: z.int(),
  issueDaysBeforeDue: z.int(),
  rentFreeDays: z.int(),
  discounts: z.array(discount),
  depositFen: z.int(),
  taxBasisPoints: z.int(),
  segments: z.array(segment),
});

export const quoteReply = z.object({
  priceId: z.string(),
  terms: leaseTerms,
  depositFen: z.int(),
  firstBillFen: z.int(),
  /** Rent, discounts and fees of the whole lease, deposit apart. */
  totalFen: z.int(),
  /** What is agreed, line by line, in words that a tenant can check. */
  lines: z.array(z.object({ label: z.string(), amountFen: z.int(), explain: z.string() })),
  bills: z.array(draftBill),
});
