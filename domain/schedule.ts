import type { BillLine } from './bill';
import { mergeCharges, toBillLine } from './bill-line';
import { dateOf, dayNumber, type LocalDate, type Span } from './calendar';
import { chargesBetween } from './charge';
import { type PeriodSpan, periodsFrom } from './period';
import type { LeaseTerms } from './terms';
import { type Timeline, timelineOf } from './timeline';

/** One payment period of a lease with what it costs, deposit apart. */
export type Period = {
  /** 1 is the period that begins with the lease. */
  readonly index: number;
  readonly from: LocalDate;
  /** Exclusive. */
  readonly until: LocalDate;
  readonly dueOn: LocalDate;
  readonly issueOn: LocalDate;
  /** Never empty: days that cost nothing (rent-free, suspended) have a line of 0 that says so. */
  readonly lines: readonly BillLine[];
};

export type PricedSpan = Omit<Period, 'index'>;

export const issueDay = ({ terms }: Timeline, from: number): number =>
  from + terms.dueDayOffset - terms.issueDaysBeforeDue;

export function pricePeriod(timeline: Timeline, { from, until }: PeriodSpan): PricedSpan {
  const { terms } = timeline;
  const charges = mergeCharges(chargesBetween(timeline, from, until));
  return {
    from: dateOf(from),
    until: dateOf(until),
    dueOn: dateOf(from + terms.dueDayOffset),
    issueOn: dateOf(issueDay(timeline, from)),
    lines: charges.map((charge) => toBillLine(charge, terms)),
  };
}

/**
 * All payment periods of the whole lease, gapless from the first day to the last, with their lines: rent per segment and step of
 * escalation, what discounts take off (negative, with its reason), recurring fees. The deposit is on the first bill, not here.
 */
export function schedule(terms: LeaseTerms): Period[] {
  const timeline = timelineOf(terms);
  return Array.from(periodsFrom(timeline, timeline.from), (span, i) => ({
    index: i + 1,
    ...pricePeriod(timeline, span),
  }));
}

/** What the terms say for some days, one line per rent month and price. Additive: parts of a span sum to the span, to the fen. */
export function linesBetween(terms: LeaseTerms, { from, until }: Span): BillLine[] {
  const charges = chargesBetween(timelineOf(terms), dayNumber(from), dayNumber(until));
  return charges.map((charge) => toBillLine(charge, terms));
}
