import { civilOf, dateOf, type LocalDate, monthsAfter } from './calendar';
import type { LeaseTerms } from './terms';
import { type Timeline, timelineOf } from './timeline';

/**
 * One rent month (租金月) of a lease, as far as the lease covers it.
 *
 * Rule: with `leaseDate` alignment months begin on the lease's own day of the month; the 29th to 31st fall on the last day of a
 * shorter month and come back afterwards (31 Jan, 28 Feb, 31 Mar). With `calendarMonth` they begin on the 1st, so that the first
 * and the last may be short. Months are counted from the lease's first day for its whole life, renewals included.
 */
export type RentMonth = {
  /** 1 is the month in which the lease begins. */
  readonly index: number;
  readonly from: LocalDate;
  /** Exclusive. */
  readonly until: LocalDate;
  readonly days: number;
  /** Where the whole rent month begins and ends (exclusive), covered by the lease or not. */
  readonly anchorFrom: LocalDate;
  readonly anchorUntil: LocalDate;
  readonly whole: boolean;
};

/** A rent month in day numbers. */
export type MonthSpan = {
  readonly index: number;
  readonly from: number;
  readonly until: number;
  readonly anchorFrom: number;
  readonly anchorUntil: number;
};

/** First day of the whole rent month `index`. */
export const monthAnchor = ({ anchor }: Timeline, index: number): number => monthsAfter(anchor, index - 1);

export function monthSpan(timeline: Timeline, index: number): MonthSpan {
  const anchorFrom = monthAnchor(timeline, index);
  const anchorUntil = monthAnchor(timeline, index + 1);
  const from = Math.max(anchorFrom, timeline.from);
  return { index, from, until: Math.min(anchorUntil, timeline.until), anchorFrom, anchorUntil };
}

/** Index of the rent month that holds `day`. */
export function monthIndexOf(timeline: Timeline, day: number): number {
  const { y, m } = civilOf(day);
  const index = (y - timeline.anchor.y) * 12 + m - timeline.anchor.m + 1;
  return monthAnchor(timeline, index) > day ? index - 1 : index;
}

/** All rent months of the lease, in order. */
export function rentMonths(terms: LeaseTerms): RentMonth[] {
  const timeline = timelineOf(terms);
  const months: RentMonth[] = [];
  for (let span = monthSpan(timeline, 1); span.from < span.until; span = monthSpan(timeline, span.index + 1)) {
    months.push({
      index: span.index,
      from: dateOf(span.from),
      until: dateOf(span.until),
      days: span.until - span.from,
      anchorFrom: dateOf(span.anchorFrom),
      anchorUntil: dateOf(span.anchorUntil),
      whole: span.from === span.anchorFrom && span.until === span.anchorUntil,
    });
  }
  return months;
}
