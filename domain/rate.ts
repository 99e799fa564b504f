import { type Civil, civil, civilOf, dayNumber, type LocalDate, minDate, monthsAfter } from './calendar';
import { type Fen, fen, roundedQuotient } from './money';
import type { LeaseTerms, TermSegment } from './terms';

/** Whole years from `pricedFrom` to `day` (29 Feb has its anniversary on 28 Feb). */
function yearsPassed(pricedFrom: Civil, day: number): number {
  const years = civilOf(day).y - pricedFrom.y;
  return Math.max(0, monthsAfter(pricedFrom, years * 12) > day ? years - 1 : years);
}

/** The segment's rate after `years` steps of escalation; a rate never falls below zero. */
function escalated({ rateFen, escalation }: TermSegment, years: number): Fen {
  if (escalation.kind === 'none' || years === 0) return rateFen;
  if (escalation.kind === 'amount') return fen(Math.max(0, rateFen + escalation.amountFen * years));
  let rate: number = rateFen;
  for (let i = 0; i < years; i++) rate = roundedQuotient(rate * (10_000 + escalation.basisPoints), 10_000);
  return fen(rate);
}

/** The rate on `day`, and the first later day on which escalation changes it (null: never). */
export function rateStep(segment: TermSegment, pricedFrom: Civil, day: number): { rateFen: Fen; until: number | null } {
  if (segment.escalation.kind === 'none') return { rateFen: segment.rateFen, until: null };
  const years = yearsPassed(pricedFrom, day);
  return { rateFen: escalated(segment, years), until: monthsAfter(pricedFrom, (years + 1) * 12) };
}

/**
 * What the segment charges per rent month (or per day) on `day`: its rate, escalated on each anniversary of the day from which
 * that price holds (`priceFrom`, else the segment's first day). A renewal is a new price, so its years start again. Past the end
 * of the lease it stays what it was on the last day.
 */
export const rateOn = (segment: TermSegment, terms: LeaseTerms, day: LocalDate): Fen =>
  rateStep(segment, civil(segment.priceFrom ?? segment.from), dayNumber(minDate(day, terms.endsOn))).rateFen;
