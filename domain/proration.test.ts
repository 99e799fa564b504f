import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dayNumber } from './calendar';
import { partsOfMonth, partsUsed } from './proration';
import { type MonthSpan, monthSpan } from './rent-month';
import { day } from './test-terms';
import { anyTerms } from './test-terms-arbitraries';
import { timelineOf } from './timeline';

const monthOf = (from: string, until: string, covered = from): MonthSpan => ({
  index: 1,
  from: dayNumber(day(covered)),
  until: dayNumber(day(until)),
  anchorFrom: dayNumber(day(from)),
  anchorUntil: dayNumber(day(until)),
});

test.each([
  ['2026-02-01', '2026-03-01', 28],
  ['2024-02-01', '2024-03-01', 29],
  ['2026-01-31', '2026-02-28', 28],
  ['2026-12-01', '2027-01-01', 31],
])('the month from %s to %s has %i parts by actual days, and always 30 by 30/360', (from, until, days) => {
  const month = monthOf(from, until);
  expect(partsOfMonth(month, 'actualDays')).toBe(days);
  expect(partsOfMonth(month, 'thirty360')).toBe(30);
  expect(partsUsed(month, month.anchorUntil, 'thirty360')).toBe(30);
});

test('by 30/360 the last day of a short February makes up for the days it lacks', () => {
  const february = monthOf('2026-02-01', '2026-03-01');
  const used = (text: string): number => partsUsed(february, dayNumber(day(text)), 'thirty360');
  expect([used('2026-02-28'), used('2026-03-01')]).toEqual([27, 30]);
});

test('by 30/360 the 31st is free once thirty days are counted, and is one day for who moves in on it', () => {
  const january = monthOf('2026-01-01', '2026-02-01');
  expect(partsUsed(january, dayNumber(day('2026-01-31')), 'thirty360')).toBe(30);
  expect(partsUsed(monthOf('2026-01-01', '2026-02-01', '2026-01-31'), january.until, 'thirty360')).toBe(1);
});

test('parts never go back as days pass, and never exceed the month', () => {
  const property = fc.property(anyTerms, fc.integer({ min: 1, max: 12 }), (terms, index) => {
    const month = monthSpan(timelineOf(terms), index);
    let before = 0;
    for (let n = month.from; n <= month.until; n++) {
      const used = partsUsed(month, n, terms.proration);
      expect(used).toBeGreaterThanOrEqual(before);
      expect(used).toBeLessThanOrEqual(partsOfMonth(month, terms.proration));
      before = used;
    }
  });
  fc.assert(property, { numRuns: 200 });
});
