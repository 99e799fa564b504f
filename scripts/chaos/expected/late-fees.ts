import type { LateFeePolicy } from '../../../domain/policy';
import { plusDays } from './own-calendar';

export type Reduction = { readonly on: string; readonly amountFen: number };

/**
 * The late fee of one bill through a day, counted day by day: what was owed when the day began, times the daily rate, from the day after
 * grace on; rounded once at the end, never above the cap.
 */
export function expectedLateFee(
  bill: { readonly dueOn: string; readonly totalFen: number },
  reductions: readonly Reduction[],
  policy: LateFeePolicy,
  through: string,
): number {
  let fenDays = 0n;
  for (let day = plusDays(bill.dueOn, policy.graceDays + 1); day <= through; day = plusDays(day, 1)) {
    const paid = reductions.reduce((total, { on, amountFen }) => (on < day ? total + amountFen : total), 0);
    if (bill.totalFen > paid) fenDays += BigInt(bill.totalFen - paid);
  }
  const fee = Number((fenDays * BigInt(policy.dailyRateMicros) * 2n + 1_000_000n) / 2_000_000n);
  return Math.min(fee, Math.floor((bill.totalFen * policy.capBasisPoints) / 10_000));
}
