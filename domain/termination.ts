import type { BillDraft, BilledLine, BillLine } from './bill';
import { addDays, daysBetween, type LocalDate } from './calendar';
import { formatYuan } from './format';
import { type Fen, fen, sumFen } from './money';
import type { TerminationPolicy } from './policy';
import { monthlyRateOf } from './price';
import { rateOn } from './rate';
import { linesBetween } from './schedule';
import { segmentOn } from './segment-on';
import type { LeaseTerms } from './terms';

function monthlyRent(terms: LeaseTerms, day: LocalDate): Fen {
  const segment = segmentOn(terms, day);
  return monthlyRateOf({ rateFen: rateOn(segment, terms, day), basis: segment.basis });
}

type Charge = { readonly amountFen: Fen; readonly explain: string };

function penaltyOf(terms: LeaseTerms, { penalty }: TerminationPolicy, endsOn: LocalDate): Charge | null {
  switch (penalty.kind) {
    case 'none':
      return null;
    case 'deposit':
      return { amountFen: terms.depositFen, explain: `提前退租违约金：等于押金 ${formatYuan(terms.depositFen)}` };
    case 'months': {
      const rent = monthlyRent(terms, endsOn);
      const amountFen = fen(Math.round(rent * penalty.months));
      return { amountFen, explain: `提前退租违约金：月租金 ${formatYuan(rent)} × ${penalty.months} 个月` };
    }
  }
}

/** Rent of the days by which the notice came too late, as far as the lease would still have run. */
function shortNotice(
  terms: LeaseTerms,
  { noticeDays }: TerminationPolicy,
  endsOn: LocalDate,
  noticedOn: LocalDate,
): Charge | null {
  const missing = noticeDays - daysBetween(noticedOn, endsOn);
  if (missing <= 0) return null;
  const from = addDays(endsOn, 1);
  const rent = rentOf(terms, from, addDays(from, missing));
  return { amountFen: rent, explain: `未提前 ${noticeDays} 天通知，差 ${missing} 天，按其租金计收` };
}

const rentOf = (terms: LeaseTerms, from: LocalDate, until: LocalDate): Fen =>
  sumFen(
    linesBetween(terms, { from, until })
      .filter(({ kind }) => kind === 'rent' || kind === 'discount')
      .map(({ amountFen }) => amountFen),
  );

/** Leaving early: when, since when it is known, as which change, and the penalties that the lease was billed before. */
export type Leaving = {
  readonly endsOn: LocalDate;
  readonly noticedOn: LocalDate;
  readonly changeId: string;
  readonly billedFen: Fen;
};

/** The penalties among a lease's billed lines. */
export const penaltiesIn = (billed: readonly BilledLine[]): Fen =>
  sumFen(billed.filter(({ kind }) => kind === 'penalty').map(({ amountFen }) => amountFen));

/**
 * What leaving on `endsOn` costs under the policy, as a bill due on that day; null when nothing is owed.
 *
 * Rule: the policy's penalty, plus the rent of the days by which the notice fell short; never more than the rent of the days given
 * up, so that leaving is never dearer than staying. With the penalty `none`, short notice is free too.
 *

 * A lease whose end was brought forward before pays the difference only: penalties billed so far are taken off.
 * @param terms as they were *before* the early end was applied: with the new end in them no day is given up, and nothing is owed.
 */
export function terminationPenalty(
  terms: LeaseTerms,
  policy: TerminationPolicy,
  { endsOn, noticedOn, changeId, billedFen }: Leaving,
): BillDraft | null {
  if (endsOn >= terms.endsOn) return null;
  const penalty = penaltyOf(terms, policy, endsOn);
  if (!penalty) return null;
  let left: number = rentOf(terms, addDays(endsOn, 1), addDays(terms.endsOn, 1));
  const lines: BillLine[] = [];
  for (const { amountFen, explain } of [penalty, shortNotice(terms, policy, endsOn, noticedOn)].filter(
    (c) => c !== null,
  )) {
    const taken = fen(Math.min(amountFen, left));
    if (taken === 0) continue;
    left -= taken;
    const capped = taken < amountFen ? `，以剩余租期租金为限 ${formatYuan(taken)}` : '';
    const line = { kind: 'penalty', from: endsOn, until: endsOn, amountFen: taken, taxFen: fen(0) } as const;
    lines.push({ ...line, explain: explain + capped });
  }
  if (lines.length === 0) return null;
  const days = { periodFrom: endsOn, periodUntil: endsOn, issueOn: noticedOn, dueOn: endsOn };
  const billed = Math.min(billedFen, sumFen(lines.map(({ amountFen }) => amountFen)));
  if (billed > 0) {
    const less = { kind: 'penalty', from: endsOn, until: endsOn, amountFen: fen(-billed), taxFen: fen(0) } as const;
    lines.push({ ...less, explain: `减去此前提前退租已计的违约金 ${formatYuan(fen(billed))}` });
  }
  if (sumFen(lines.map(({ amountFen }) => amountFen)) === 0) return null;
  return { key: `penalty/${changeId}`, kind: 'penalty', ...days, lines };
}
