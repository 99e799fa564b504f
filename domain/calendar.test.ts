import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays,
  addMonths,
  dateOf,
  dayNumber,
  daysBetween,
  daysInMonth,
  localDate,
  maxDate,
  minDate,
  monthsBetween,
  shanghaiDate,
  shanghaiInstant,
} from './calendar';

const anyDayNumber = fc.integer({ min: -100_000, max: 200_000 }); // 1696 to 2517

describe('calendar days', () => {
  test.each(['2026-02-29', '2026-13-01', '2026-00-10', '26-01-01', '2026-1-1', '', 'tomorrow'])(
    '%p is refused: it is no day of the calendar',
    (text) => expect(() => localDate(text)).toThrow(RangeError),
  );

  test('day numbers agree with the platform calendar for eight hundred years, and turn back into the same day', () => {
    const property = fc.property(anyDayNumber, (n) => {
      expect(dateOf(n)).toBe(new Date(n * 86_400_000).toISOString().slice(0, 10));
      expect(dayNumber(dateOf(n))).toBe(n);
    });
    fc.assert(property, { numRuns: 2000 });
  });

  test('a day in Shanghai begins at 16:00 UTC of the day before', () => {
    const midnight = shanghaiInstant(localDate('2026-03-01'), 0);
    expect(new Date(midnight).toISOString()).toBe('2026-02-28T16:00:00.000Z');
    expect(shanghaiDate(midnight)).toBe('2026-03-01');
    expect(shanghaiDate(midnight - 1)).toBe('2026-02-28');
  });

  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2100-01-31', 1, '2100-02-28'], // 2100 is no leap year
  ])('%s moved by %i months is %s', (day, months, expected) => {
    expect(addMonths(localDate(day), months)).toBe(expected);
  });

  test('days are added over month ends and leap days', () => {
    expect(addDays(localDate('2024-02-28'), 2)).toBe('2024-03-01');
    expect(addDays(localDate('2026-01-01'), -1)).toBe('2025-12-31');
    expect(daysBetween(localDate('2024-01-01'), localDate('2025-01-01'))).toBe(366);
    expect(daysBetween(localDate('2026-01-02'), localDate('2026-01-01'))).toBe(-1);
  });

  test.each([
    ['2026-01-01', '2027-01-01', 12],
    ['2026-01-31', '2026-02-28', 1],
    ['2026-01-31', '2026-02-27', 0],
    ['2026-01-15', '2026-03-14', 1],
  ])('from %s to %s are %i whole months', (from, until, months) => {
    expect(monthsBetween(localDate(from), localDate(until))).toBe(months);
  });

  test('whole months are the most that fit', () => {
    const property = fc.property(anyDayNumber, fc.integer({ min: 0, max: 4000 }), (n, days) => {
      const from = dateOf(n);
      const until = dateOf(n + days);
      const months = monthsBetween(from, until);
      expect(addMonths(from, months) <= until).toBe(true);
      expect(addMonths(from, months + 1) > until).toBe(true);
    });
    fc.assert(property, { numRuns: 1000 });
  });

  test('a month has the days that the calendar gives it', () => {
    expect([2, 4, 12].map((m) => daysInMonth(2026, m))).toEqual([28, 30, 31]);
    expect([2000, 2024, 2100].map((y) => daysInMonth(y, 2))).toEqual([29, 29, 28]);
  });

  test('the earlier and the later of two days', () => {
    const [a, b] = [localDate('2026-01-31'), localDate('2026-02-01')];
    expect([minDate(a, b), minDate(b, a), maxDate(a, b), maxDate(b, a)]).toEqual([a, a, b, b]);
  });
});
