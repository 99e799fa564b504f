import { type Allocation, allocatePayment } from './allocation';
import type { BillDraft, BillKind, OpenBill } from './bill';
import { addDays, type LocalDate } from './calendar';
import { type BalanceReduction, lateFeeBill } from './late-fee';
import { type Fen, sumFen } from './money';
import type { LeasePolicy } from './policy';

/** Bills whose lateness costs something. A first bill that is not paid frees the room instead; arrears that were taken over bear none. */
const FEE_BEARING: readonly BillKind[] = ['periodic', 'adjustment', 'oneOff', 'damage', 'penalty'];

/** A late fee, like every bill that nobody could foresee, falls due a week after it is told. */
export const UNFORESEEN_DUE_DAYS = 7;

/** An open bill with what its late fee follows from. */
export type BillInArrears = OpenBill & {
  readonly reductions: readonly BalanceReduction[];
  readonly assessedFen: Fen;
};

export type PaymentDecision = {
  readonly lateFees: readonly BillDraft[];
  readonly allocations: readonly Allocation[];
  readonly leftoverFen: Fen;
};

/** The day of assessing, and what made us look: a payment's id, `settlement`. */
export type Assessing = { readonly today: LocalDate; readonly cause: string };

/** Late fees of these bills through `today`, each given the share of money that is about to reach it. */
export function lateFeesOf(
  open: readonly BillInArrears[],
  shares: readonly (Allocation & { readonly on: LocalDate })[],
  policy: LeasePolicy,
  { today, cause }: Assessing,
): BillDraft[] {
  return open
    .filter(({ kind, dueOn }) => FEE_BEARING.includes(kind) && dueOn < today)
    .flatMap((bill) => {
      const arriving = shares.filter(({ key }) => key === bill.key);
      const dueOn = addDays(today, UNFORESEEN_DUE_DAYS);
      const fee = lateFeeBill(bill, [...bill.reductions, ...arriving], bill.assessedFen, policy.lateFee, today, dueOn);
      if (!fee) return [];
      // A fee is charged once a day, but may be given back on the same day by each back-dated payment.
      const givesBack = sumFen(fee.lines.map(({ amountFen }) => amountFen)) < 0;
      return givesBack ? [{ ...fee, key: `${fee.key}/${cause}` }] : [fee];
    });
}

/**
 * What a payment that counts from `paidOn` does: bills by the policy's order; the late fee of each overdue bill that it reaches is assessed,
 * and may be paid from the same money; the rest is credit.
 */
export function decidePayment(
  amountFen: Fen,
  open: readonly BillInArrears[],
  policy: LeasePolicy,
  { paidOn, ...assessing }: Assessing & { readonly paidOn: LocalDate },
): PaymentDecision {
  const first = allocatePayment(amountFen, open, policy.allocation);
  const shares = first.allocations.map((share) => ({ ...share, on: paidOn }));
  const reached = open.filter(({ key }) => shares.some((share) => share.key === key));
  const lateFees = lateFeesOf(reached, shares, policy, assessing);
  const withFees = [...open, ...lateFees.map(asOpen).filter(({ openFen }) => openFen > 0)];
  return { lateFees, ...allocatePayment(amountFen, withFees, policy.allocation) };
}

function asOpen({ key, kind, issueOn, dueOn, lines }: BillDraft): OpenBill {
  const totalFen = sumFen(lines.map(({ amountFen }) => amountFen));
  return { key, kind, issueOn, dueOn, totalFen, openFen: totalFen };
}
