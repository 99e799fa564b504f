import { formatYuan as format } from '../../domain/format';
import { fen } from '../../domain/money';

export const formatYuan = (amountFen: number): string => format(fen(amountFen));

/** `2026-03-05 10:00` in Shanghai, whatever zone the phone is in. */
export function formatInstant(instant: string): string {
  const shanghai = new Date(Date.parse(instant) + 8 * 60 * 60 * 1000);
  return shanghai.toISOString().slice(0, 16).replace('T', ' ');
}
