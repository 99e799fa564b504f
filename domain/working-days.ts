import { addDays, type LocalDate } from './calendar';

/** One year of the State Council's notice on holidays: days off (weekends among them too) and weekend days worked in exchange (调休). */
export type PublishedYear = { readonly holidays: readonly string[]; readonly workdays: readonly string[] };

/** A year that is missing has not been published: it is not a year without holidays. */
export type WorkingCalendar = { readonly [year: string]: PublishedYear };

/** A day that an operator declares working or off for itself, over the published calendar. It does not publish its year. */
export type WorkingDayOverride = { readonly day: LocalDate; readonly working: boolean };

export type WorkingDay =
  | { readonly day: LocalDate }
  /** The calendar of this year decides the answer and is not out yet. */
  | { readonly unpublishedYear: number };

const yearOf = (day: LocalDate): string => day.slice(0, 4);

function isWeekend(day: LocalDate): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6;
}

/** Whether people work that day, or `unpublished` when nobody can know yet. */
export function isWorkingDay(
  day: LocalDate,
  calendar: WorkingCalendar,
  overrides: readonly WorkingDayOverride[] = [],
): boolean | 'unpublished' {
  const override = overrides.findLast((o) => o.day === day);
  if (override) return override.working;
  const published = calendar[yearOf(day)];
  if (!published) return 'unpublished';
  if (published.workdays.includes(day)) return true;
  return !isWeekend(day) && !published.holidays.includes(day);
}

/**
 * The `n`-th working day after `day` (n = 0: the day itself). Stops at the first day of a year whose calendar is not published and names
 * that year. @throws RangeError when `n` is negative or not whole.
 */
export function addWorkingDays(
  day: LocalDate,
  n: number,
  calendar: WorkingCalendar,
  overrides: readonly WorkingDayOverride[] = [],
): WorkingDay {
  return count(day, n, (candidate) => isWorkingDay(candidate, calendar, overrides));
}

/**
 * As {@link addWorkingDays}, but always an answer: in an unpublished year Monday to Friday count as working days, and `estimated` says that
 * the day rests on that guess. Such a day is to be computed again once the year is published (usually in November before).
 */
export function estimateWorkingDays(
  day: LocalDate,
  n: number,
  calendar: WorkingCalendar,
  overrides: readonly WorkingDayOverride[] = [],
): { readonly day: LocalDate; readonly estimated: boolean } {
  let estimated = false;
  const result = count(day, n, (candidate) => {
    const working = isWorkingDay(candidate, calendar, overrides);
    if (working !== 'unpublished') return working;
    estimated = true;
    return !isWeekend(candidate);
  });
  if ('unpublishedYear' in result) throw new RangeError(`no working day in ${result.unpublishedYear}`);
  return { day: result.day, estimated };
}

/** More days off in a row than any calendar has: an override list that never works would otherwise never end. */
const LONGEST_BREAK = 366;

function count(day: LocalDate, n: number, works: (day: LocalDate) => boolean | 'unpublished'): WorkingDay {
  if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(`not a number of working days: ${n}`);
  let current = day;
  let idle = 0;
  for (let left = n; left > 0; ) {
    current = addDays(current, 1);
    const working = works(current);
    if (working === 'unpublished') return { unpublishedYear: Number(yearOf(current)) };
    idle = working ? 0 : idle + 1;
    if (working) left -= 1;
    if (idle > LONGEST_BREAK) throw new RangeError(`no working day within ${LONGEST_BREAK} days before ${current}`);
  }
  return { day: current };
}
