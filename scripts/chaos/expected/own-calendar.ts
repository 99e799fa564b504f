/**
 * Calendar arithmetic of the checker's own, on JavaScript's proleptic UTC dates: the checker must not share a mistake with the product,
 * so nothing in `scripts/chaos/expected` imports what it checks. Days are `YYYY-MM-DD`.
 */
const DAY_MS = 86_400_000;

const utc = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const text = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

export const plusDays = (day: string, days: number): string => text(utc(day) + days * DAY_MS);
export const nights = (from: string, until: string): number => Math.round((utc(until) - utc(from)) / DAY_MS);

/** `months` later on the day of the month `dayOfMonth`, or on the last day of a shorter month. */
export function monthsLater(day: string, months: number, dayOfMonth: number): string {
  const first = new Date(utc(`${day.slice(0, 7)}-01`));
  first.setUTCMonth(first.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return text(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(dayOfMonth, lastDay)));
}

export const dayOfMonth = (day: string): number => Number(day.slice(8));

/** Epoch ms of an hour of a day in China, where it is always UTC+8. */
export const chinaHour = (day: string, hour: number): number => utc(day) + (hour - 8) * 3_600_000;

/** The day it is in China. */
export const chinaDay = (ms: number): string => text(ms + 8 * 3_600_000);

const inOrder = (a: string, b: string): readonly [string, string] => (a.localeCompare(b) <= 0 ? [a, b] : [b, a]);
export const earlier = (a: string, b: string): string => inOrder(a, b)[0];
export const later = (a: string, b: string): string => inOrder(a, b)[1];
