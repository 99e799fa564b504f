import type { LocalDate } from './calendar';
import type { Fen } from './money';

/** `1,234.50 元`, the way every text for people writes an amount. Digits are grouped by hand: `toLocaleString` follows the host. */
export function formatYuan(amount: Fen): string {
  const digits = String(Math.abs(amount)).padStart(3, '0');
  const yuan = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${amount < 0 ? '-' : ''}${yuan}.${digits.slice(-2)} 元`;
}

/** `2026年3月5日`. */
export function formatDay(day: LocalDate): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}

/** A share or rate written as a percentage without needless zeros: 3000 of 10000 is `30%`, 500 of 1000000 is `0.05%`. */
export const formatPercent = (part: number, whole: number): string =>
  `${Number(((part / whole) * 100).toFixed(4)).toString()}%`;
