import type { BillDraft, BillLine } from './bill';
import { addDays, daysBetween, type LocalDate } from './calendar';
import { formatPercent, formatYuan } from './format';
import { type Fen, fen } from './money';
import type { LateFeePolicy } from './policy';

/** The overdue bill that a fee is charged on. */
export type FeeBearingBill = { readonly key: string; readonly dueOn: LocalDate; readonly totalFen: Fen };

/** Anything that made the bill's balance smaller on a day: a payment's share, used credit, a waiver. */
export type BalanceReduction = { readonly on: LocalDate; readonly amountFen: Fen };

type Stretch = { readonly balanceFen: number; readonly days: number };

/**
 * The late fee (滞纳金) on one bill, as its own bill `late-fee/<bill key>/<through>`, for the days up to and including `through`.
 *
 * The rule: simple interest by the day on what was owed at the start of the day, so the day of payment still counts as late (逾期天数 = paid
 * on - due on) and a back-dated payment counts from its own day. Charging begins on dueOn + graceDays + 1; grace days are never charged,
 * also not after they ran out. The fee of a bill never exceeds its cap; it is rounded once, half up, at the end; what was assessed
 * before is taken off. A fee bears no fee.
 *
 * `through` is the day of assessing (today), never before an earlier assessment: a back-dated payment is assessed on the day it became
 * known. It may then turn out that too much was assessed; the draft is negative and goes to the tenant's credit.
 * `dueOn` is the fee bill's own due day. Null: nothing to charge or give back.
 */
export function lateFeeBill(
  bill: FeeBearingBill,
  payments: readonly BalanceReduction[],
  alreadyAssessedFen: Fen,
  policy: LateFeePolicy,
  through: LocalDate,
  dueOn: LocalDate,
): BillDraft | null {
  const amountFen = fen(accruedLateFee(bill, payments, policy, through) - alreadyAssessedFen);
  if (amountFen === 0) return null;
  const until = addDays(through, 1);
  const first = firstFeeDay(bill, policy);
  const from = daysBetween(first, until) > 0 ? first : until;
  const line: BillLine = {
    kind: 'lateFee',
    from,
    until,
    amountFen,
    taxFen: fen(0),
    explain: explainFee(bill, payments, alreadyAssessedFen, policy, through),
  };
  return {
    key: `late-fee/${bill.key}/${through}`,
    kind: 'lateFee',
    periodFrom: from,
    periodUntil: until,
    issueOn: through,
    dueOn,
    lines: [line],
  };
}

/** What the bill's late fee comes to through that day, assessed or not; for screens and for the assessment itself. */
export function accruedLateFee(
  bill: FeeBearingBill,
  payments: readonly BalanceReduction[],
  policy: LateFeePolicy,
  through: LocalDate,
): Fen {
  if (bill.key.startsWith('late-fee/')) return fen(0);
  return fen(Math.min(uncappedFee(overdueStretches(bill, payments, policy, through), policy), capFen(bill, policy)));
}

const firstFeeDay = (bill: FeeBearingBill, policy: LateFeePolicy): LocalDate =>
  addDays(bill.dueOn, policy.graceDays + 1);

/** Rounded down: a cap is not exceeded by half a fen. */
const capFen = (bill: FeeBearingBill, policy: LateFeePolicy): number =>
  Number((BigInt(Math.max(0, bill.totalFen)) * BigInt(policy.capBasisPoints)) / 10_000n);

/** BigInt inside only: fen × days × millionths leaves the safe integers at a few million yuan. */
function uncappedFee(stretches: readonly Stretch[], policy: LateFeePolicy): number {
  const fenDays = stretches.reduce((sum, s) => sum + BigInt(s.balanceFen) * BigInt(s.days), 0n);
  return Number((fenDays * BigInt(policy.dailyRateMicros) + 500_000n) / 1_000_000n);
}

/** The chargeable days, cut where the balance changes; the balance of a day is what was owed when it began. */
function overdueStretches(
  bill: FeeBearingBill,
  payments: readonly BalanceReduction[],
  policy: LateFeePolicy,
  through: LocalDate,
): readonly Stretch[] {
  const end = addDays(through, 1);
  const start = firstFeeDay(bill, policy);
  const changes = payments.map(({ on }) => addDays(on, 1)).filter((day) => day > start && day < end);
  const cuts = [start, ...new Set(changes.sort()), end];
  return cuts.slice(1).flatMap((until, i) => {
    const from = cuts[i] ?? until;
    const paid = payments.reduce((sum, p) => (p.on < from ? sum + p.amountFen : sum), 0);
    const days = daysBetween(from, until);
    const balanceFen = bill.totalFen - paid;
    return days > 0 && balanceFen > 0 ? [{ balanceFen, days }] : [];
  });
}

function explainFee(
  bill: FeeBearingBill,
  payments: readonly BalanceReduction[],
  alreadyAssessedFen: Fen,
  policy: LateFeePolicy,
  through: LocalDate,
): string {
  const stretches = overdueStretches(bill, payments, policy, through);
  const sum = stretches.map((s) => `${formatYuan(fen(s.balanceFen))} × ${s.days} 天`).join(' + ');
  const rate = formatPercent(policy.dailyRateMicros, 1_000_000);
  const total = uncappedFee(stretches, policy);
  const parts = [`逾期滞纳金：${sum === '' ? '无逾期欠款' : `(${sum}) × 日费率 ${rate}`} = ${formatYuan(fen(total))}`];
  const cap = capFen(bill, policy);
  if (total > cap) {
    parts.push(`已达上限（账单金额的 ${formatPercent(policy.capBasisPoints, 10_000)}）${formatYuan(fen(cap))}`);
  }
  if (alreadyAssessedFen !== 0) parts.push(`减去此前已计 ${formatYuan(alreadyAssessedFen)}`);
  return parts.join('；');
}
