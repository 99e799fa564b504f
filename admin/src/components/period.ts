import { addDays, localDate } from '../../../domain/calendar';

/** `2026-12-24 – 2027-01-23`: the contract's `until` is exclusive, people name the last day. One day or none is one day. */
export function periodText(from: string, until: string): string {
  const last = from < until ? addDays(localDate(until), -1) : from;
  return last === from ? from : `${from} – ${last}`;
}
