import { fen } from './money';
import type { LeasePolicy } from './policy';

/**
 * The rules of an operator that has set none. Lock-out at once and by itself is the product's default; what a city's law allows is for the
 * operator to set before signing. A lease freezes what was in force when it was signed.
 */
export const DEFAULT_POLICY: LeasePolicy = {
  enforcement: { mode: 'automatic', graceDays: 0, quietHours: null, minimumArrearsFen: fen(0), countLateFees: false },
  dunning: { remindOnDays: [-3, -1, 0, 1, 3, 7], hour: 10 },
  lateFee: { graceDays: 0, dailyRateMicros: 500, capBasisPoints: 3000 },
  allocation: { order: 'oldestDueFirst', arrearsBeforeLateFees: true },
  termination: { penalty: { kind: 'months', months: 1 }, noticeDays: 30 },
  checkout: { lockHour: 16, inspectionWorkingDays: 7 },
  firstBillHours: 24,
  endingNoticeDays: 30,
  maxRentFreeDays: 15,
};

/** Days of a lease that may be free of rent without the operator's administrator. */
export const rentFreeLimit = ({ maxRentFreeDays }: LeasePolicy): number =>
  maxRentFreeDays ?? DEFAULT_POLICY.maxRentFreeDays ?? 0;
