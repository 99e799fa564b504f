import type { MonthSpan } from './rent-month';
import type { Proration } from './terms';

/**
 * How many parts a whole rent month has: its actual days, or 30.
 *
 * `actualDays`: a day costs rate / days of the whole rent month it lies in (28 to 31), whatever part of it the lease covers.
 * `thirty360`: a day costs rate / 30; the whole month is 30 whether it has 28 or 31 days, so its last day makes up the
 * difference, and a part never counts more than what is left to 30.
 */
export const partsOfMonth = (month: MonthSpan, proration: Proration): number =>
  proration === 'thirty360' ? 30 : month.anchorUntil - month.anchorFrom;

/** Parts of the month used up from the lease's first day in it until `day` (exclusive); differences of it add up exactly. */
export function partsUsed(month: MonthSpan, day: number, proration: Proration): number {
  if (proration === 'actualDays') return day - month.from;
  const most = 30 - Math.min(29, month.from - month.anchorFrom);
  return day === month.anchorUntil ? most : Math.min(day - month.from, most);
}
