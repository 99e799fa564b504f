import type { BillDraft, BillLine } from './bill';
import { dateOf, dayNumber, type LocalDate, maxDate } from './calendar';
import { fen } from './money';
import { periodsFrom } from './period';
import { issueDay, type PricedSpan, pricePeriod } from './schedule';
import type { LeaseTerms } from './terms';
import { type Timeline, timelineOf } from './timeline';

const depositLines = ({ depositFen, startsOn }: LeaseTerms): BillLine[] =>
  depositFen === 0
    ? []
    : [
        {
          kind: 'deposit',
          from: startsOn,
          until: startsOn,
          amountFen: depositFen,
          taxFen: fen(0),
          explain: '押金，退租清算后退还',
        },
      ];

function firstPeriod(timeline: Timeline): PricedSpan {
  const first = periodsFrom(timeline, timeline.from).next().value;
  if (!first) throw new RangeError('a lease of no days has no first bill');
  return pricePeriod(timeline, first);
}

/** The bill that party B pays before anything else happens: deposit and first period, due on the day of signing. */
export function firstBill(terms: LeaseTerms, signedOn: LocalDate): BillDraft {
  const { from, until, lines } = firstPeriod(timelineOf(terms));
  return {
    key: 'first',
    kind: 'first',
    periodFrom: from,
    periodUntil: until,
    issueOn: signedOn,
    dueOn: signedOn,
    lines: [...depositLines(terms), ...lines],
  };
}

/**
 * The bills to issue by `through` for days from `billedUntil` on (the first day not yet billed). Nothing is billed twice or left
 * out: a period that is billed in part, since its cycle changed, gets a bill for the rest, keyed by its first unbilled day.
 * A period that costs nothing gets a bill of 0, so that the tenant sees it and `billedUntil` moves on.
 */
export function generateBills(terms: LeaseTerms, billedUntil: LocalDate, through: LocalDate): BillDraft[] {
  const timeline = timelineOf(terms);
  const last = dayNumber(through);
  const drafts: BillDraft[] = [];
  for (const span of periodsFrom(timeline, dayNumber(billedUntil))) {
    if (issueDay(timeline, span.from) > last) break;
    const { from, until, issueOn, dueOn, lines } = pricePeriod(timeline, span);
    const key = `period/${from}`;
    drafts.push({ key, kind: 'periodic', periodFrom: from, periodUntil: until, issueOn, dueOn, lines });
  }
  return drafts;
}

/** When the next bill goes out; null when every day of the lease is billed. Earlier than today after a change made late. */
export function nextIssueOn(terms: LeaseTerms, billedUntil: LocalDate): LocalDate | null {
  const timeline = timelineOf(terms);
  const next = periodsFrom(timeline, dayNumber(billedUntil)).next().value;
  return next ? dateOf(issueDay(timeline, next.from)) : null;
}

/** The first day not yet billed, after `drafts` are issued. Adjustments and fees bill no new days. */
export const billedUntilOf = (drafts: readonly BillDraft[], before: LocalDate): LocalDate =>
  drafts.reduce(
    (until, { kind, periodUntil }) => (kind === 'first' || kind === 'periodic' ? maxDate(until, periodUntil) : until),
    before,
  );

/** The same bill, not due before `day`: for a period that a late change put in the past, so that it is not overdue at birth. */
export const notDueBefore = (draft: BillDraft, day: LocalDate): BillDraft => ({
  ...draft,
  dueOn: maxDate(draft.dueOn, day),
});
