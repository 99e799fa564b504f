import { z } from 'zod';
import type { LeasePolicy } from '../../domain/policy';
import { id, nonNegativeFen, text } from './common';
import { login, password } from './session';

/** Opens a trial: an operator with one administrator, usable at once. */
export const signUpBody = z.strictObject({ name: text(80), adminName: text(60), login, password });

export const operator = z.object({ id: z.string(), name: z.string(), createdAt: z.string().nullable() });
export const editOperatorBody = z.strictObject({ name: text(80) });

const hour = z.int().min(0).max(23);

/** The operator's rules (策略); each lease keeps the ones it was signed under. */
export const policy = z.strictObject({
  enforcement: z.strictObject({
    mode: z.enum(['automatic', 'confirmed', 'notifyOnly']),
    graceDays: z.int().min(0).max(365),
    quietHours: z.strictObject({ from: hour, until: z.int().min(0).max(24) }).nullable(),
    minimumArrearsFen: nonNegativeFen,
    countLateFees: z.boolean(),
  }),
  dunning: z.strictObject({ remindOnDays: z.array(z.int().min(-60).max(365)).max(30), hour }),
  lateFee: z.strictObject({
    graceDays: z.int().min(0).max(365),
    dailyRateMicros: z.int().min(0).max(100_000),
    capBasisPoints: z.int().min(0).max(100_000),
  }),
  allocation: z.strictObject({ order: z.literal('oldestDueFirst'), arrearsBeforeLateFees: z.boolean() }),
  termination: z.strictObject({
    penalty: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('none') }),
      z.strictObject({ kind: z.literal('months'), months: z.int().min(1).max(24) }),
      z.strictObject({ kind: z.literal('deposit') }),
    ]),
    noticeDays: z.int().min(0).max(365),
  }),
  checkout: z.strictObject({ lockHour: hour, inspectionWorkingDays: z.int().min(0).max(60) }),
  firstBillHours: z.int().min(1).max(720),
  endingNoticeDays: z.int().min(0).max(365),
  /** Rent-free days that whoever signs may give away; 15 when it is left out. */
  maxRentFreeDays: z.int().min(0).max(366).optional(),
}) satisfies z.ZodType<LeasePolicy>;

export const overviewQuery = z.strictObject({ communityId: id('community').optional() });
export const overview = z.object({
  rooms: z.int(),
  occupied: z.int(),
  restricted: z.int(),
  leases: z.record(z.string(), z.int()),
  openFen: z.int(),
  overdueFen: z.int(),
  awaitingApproval: z.int(),
  openWorkOrders: z.int(),
});
