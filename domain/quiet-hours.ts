import { addDays, shanghaiDate, shanghaiInstant } from './calendar';
import type { QuietHours } from './policy';

const HOUR_MS = 60 * 60 * 1000;

/** Whether the Shanghai clock at `now` (epoch ms) is within the quiet hours. Equal bounds hold no hour. */
export function isQuiet(quiet: QuietHours, now: number): boolean {
  const hour = (now - shanghaiInstant(shanghaiDate(now), 0)) / HOUR_MS;
  return quiet.from <= quiet.until
    ? hour >= quiet.from && hour < quiet.until
    : hour >= quiet.from || hour < quiet.until;
}

/** The first moment after `now` at which quiet hours that hold `now` are over. */
export function quietEnd(quiet: QuietHours, now: number): number {
  const today = shanghaiDate(now);
  const end = shanghaiInstant(today, quiet.until);
  return end > now ? end : shanghaiInstant(addDays(today, 1), quiet.until);
}
