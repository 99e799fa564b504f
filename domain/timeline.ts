import { type Civil, civil, dayNumber } from './calendar';
import type { LeaseTerms, TermSegment } from './terms';

/** A segment with its own end, in day numbers. */
export type Stretch = {
  readonly from: number;
  readonly until: number;
  readonly segment: TermSegment;
  /** The day from which the anniversaries of its price are counted. */
  readonly pricedFrom: Civil;
};

/** Terms in day numbers, so that thousands of days can be worked through without parsing text. */
export type Timeline = {
  readonly terms: LeaseTerms;
  readonly from: number;
  /** Exclusive. */
  readonly until: number;
  /** End of the rent-free days, exclusive. */
  readonly freeUntil: number;
  /** The day on which rent months begin: the lease's own, or the 1st. */
  readonly anchor: Civil;
  readonly stretches: readonly Stretch[];
};

export function timelineOf(terms: LeaseTerms): Timeline {
  const from = dayNumber(terms.startsOn);
  const until = dayNumber(terms.endsOn) + 1;
  const start = civil(terms.startsOn);
  const starts = terms.segments.map((segment) => dayNumber(segment.from));
  return {
    terms,
    from,
    until,
    freeUntil: from + terms.rentFreeDays,
    anchor: terms.alignment === 'calendarMonth' ? { ...start, d: 1 } : start,
    stretches: terms.segments.map((segment, i) => ({
      from: starts[i] ?? from,
      until: Math.min(starts[i + 1] ?? until, until),
      segment,
      pricedFrom: civil(segment.priceFrom ?? segment.from),
    })),
  };
}
