import { addDays, localDate } from '../../domain/calendar';
import { formatYuan as format } from '../../domain/format';
import { fen } from '../../domain/money';

export const formatYuan = (amountFen: number): string => format(fen(amountFen));

/** `2026-03-05 10:00` in Shanghai, whatever zone the phone is in. */
export function formatInstant(instant: string): string {
  const shanghai = new Date(Date.parse(instant) + 8 * 60 * 60 * 1000);
  return shanghai.toISOString().slice(0, 16).replace('T', ' ');
}

/** `2026-12-24 – 2027-01-23`: the contract's `until` is exclusive, people name the last day. One day or none is one day. */
export function periodText(from: string, until: string): string {
  const last = from < until ? addDays(localDate(until), -1) : from;
  return last === from ? from : `${from} – ${last}`;
}
