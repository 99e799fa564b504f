import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, daysBetween, type LocalDate, localDate } from './calendar';
import { addWorkingDays, estimateWorkingDays, isWorkingDay } from './working-days';
import { WORKING_CALENDAR } from './working-days-data';

const day = localDate;

type YearFile = { holidays: Record<string, string>; workdays: Record<string, string> };

/** From the package's data: its functions follow the host's clock and are wrong on 17 days of 2026 west of Greenwich. */
function isWorkday(date: LocalDate): boolean {
  const year: YearFile = require(`chinese-days/dist/years/${date.slice(0, 4)}.json`);
  const weekend = [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
  return date in year.workdays || !(weekend || date in year.holidays);
}

describe('working days', () => {
  test.each(['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'])(
    'the weekend day %s is worked in exchange for a holiday',
    (text) => {
      expect(isWorkingDay(day(text), WORKING_CALENDAR)).toBe(true);
    },
  );

  test.each([
    [2024, 251],
    [2025, 248],
    [2026, 248],
  ])('%d has %d working days', (year, expected) => {
    const first = day(`${year}-01-01`);
    const all = Array.from({ length: daysBetween(first, day(`${year + 1}-01-01`)) }, (_, i) => addDays(first, i));
    expect(all.filter((d) => isWorkingDay(d, WORKING_CALENDAR) === true)).toHaveLength(expected);
    expect(all.filter((d) => isWorkingDay(d, WORKING_CALENDAR) !== isWorkday(d))).toEqual([]);
  });

  test('seven working days after checkout before National Day end after the holiday and the make-up Saturday', () => {
    expect(addWorkingDays(day('2026-09-30'), 7, WORKING_CALENDAR)).toEqual({ day: '2026-10-15' });
    expect(addWorkingDays(day('2026-10-09'), 1, WORKING_CALENDAR)).toEqual({ day: '2026-10-10' });
    expect(addWorkingDays(day('2026-10-01'), 0, WORKING_CALENDAR)).toEqual({ day: '2026-10-01' });
  });

  test('a year without a published calendar is said, not guessed', () => {
    expect(addWorkingDays(day('2026-12-30'), 1, WORKING_CALENDAR)).toEqual({ day: '2026-12-31' });
    expect(addWorkingDays(day('2026-12-30'), 2, WORKING_CALENDAR)).toEqual({ unpublishedYear: 2027 });
    expect(isWorkingDay(day('2027-02-08'), WORKING_CALENDAR)).toBe('unpublished');
  });

  test('the fallback counts plain weekends and says that it is an estimate', () => {
    expect(estimateWorkingDays(day('2026-12-30'), 2, WORKING_CALENDAR)).toEqual({ day: '2027-01-01', estimated: true });
    expect(estimateWorkingDays(day('2026-12-30'), 4, WORKING_CALENDAR)).toEqual({ day: '2027-01-05', estimated: true });
    expect(estimateWorkingDays(day('2026-12-30'), 1, WORKING_CALENDAR)).toEqual({
      day: '2026-12-31',
      estimated: false,
    });
  });

  test('an operator’s own day counts over the published one, the later entry over the earlier', () => {
    const off = { day: day('2026-06-01'), working: false };
    const overrides = [{ ...off, working: true }, off];
    expect(addWorkingDays(day('2026-05-31'), 1, WORKING_CALENDAR)).toEqual({ day: '2026-06-01' });
    expect(addWorkingDays(day('2026-05-31'), 1, WORKING_CALENDAR, overrides)).toEqual({ day: '2026-06-02' });
    expect(addWorkingDays(day('2026-12-31'), 1, WORKING_CALENDAR, [{ day: day('2027-01-01'), working: true }])).toEqual(
      {
        day: '2027-01-01',
      },
    );
  });

  test('refuses a negative or broken number of days', () => {
    expect(() => addWorkingDays(day('2026-01-05'), -1, WORKING_CALENDAR)).toThrow(RangeError);
    expect(() => addWorkingDays(day('2026-01-05'), 1.5, WORKING_CALENDAR)).toThrow(RangeError);
  });

  test('exactly n working days lie in the span, and its last day is one', () => {
    const someStart = fc.integer({ min: 0, max: 700 }).map((n) => addDays(day('2024-01-01'), n));
    fc.assert(
      fc.property(someStart, fc.integer({ min: 1, max: 60 }), (start, n) => {
        const result = addWorkingDays(start, n, WORKING_CALENDAR);
        if ('unpublishedYear' in result) throw new Error(`${start} + ${n} left the published years`);
        const span = Array.from({ length: daysBetween(start, result.day) }, (_, i) => addDays(start, i + 1));
        expect(span.filter((d) => isWorkday(d))).toHaveLength(n);
        expect(isWorkday(result.day)).toBe(true);
      }),
    );
  });
});
