import { addDays, type LocalDate, localDate, maxDate } from '../../domain/calendar';
import { fen, sumFen } from '../../domain/money';
import type { LeasePolicy } from '../../domain/policy';
import { linesBetween } from '../../domain/schedule';
import { terminationPenalty } from '../../domain/termination';
import type { LeaseTerms } from '../../domain/terms';
import type { BillRow, Lease } from './client/contract';

export type LeavingEstimate = {
  readonly depositFen: number;
  readonly prepaymentFen: number;
  readonly openFen: number;
  /** Rent already billed for days after the last one. */
  readonly creditFen: number;
  readonly penaltyFen: number;
  /** How the penalty came about. */
  readonly explain: readonly string[];
  /** Above zero: back to the tenant; below: still to pay. */
  readonly resultFen: number;
};

const coversDays = ({ kind, voided }: BillRow): boolean => !voided && (kind === 'first' || kind === 'periodic');

/** First day that no bill covers yet. */
const billedUntil = (lease: Lease, bills: readonly BillRow[]): LocalDate =>
  bills
    .filter(coversDays)
    .reduce((until, bill) => maxDate(until, localDate(bill.periodUntil)), localDate(lease.startsOn));

/**
 * What moving out on `lastDay` would come to under the rules the lease was signed under, without damage and late fees. The same
 * domain rules as the settlement, worked out on the phone; what counts is the settlement bill.
 */
export function leavingEstimate(
  lease: Lease,
  bills: readonly BillRow[],
  lastDay: LocalDate,
  today: LocalDate,
): LeavingEstimate {
  const terms = lease.terms as unknown as LeaseTerms;
  const policy: LeasePolicy = lease.policy;
  const from = addDays(lastDay, 1);
  const until = billedUntil(lease, bills);
  const given = from < until ? linesBetween(terms, { from, until }) : [];
  const creditFen = sumFen(given.map(({ amountFen }) => amountFen));
  const penalty = terminationPenalty(terms, policy.termination, lastDay, today);
  const penaltyFen = sumFen((penalty?.lines ?? []).map(({ amountFen }) => amountFen));
  const { depositHeldFen: depositFen, prepaymentFen, openFen } = lease;
  const resultFen = fen(depositFen + prepaymentFen + creditFen - penaltyFen - openFen);
  const explain = (penalty?.lines ?? []).map((line) => line.explain);
  return { depositFen, prepaymentFen, openFen, creditFen, penaltyFen, explain, resultFen };
}
