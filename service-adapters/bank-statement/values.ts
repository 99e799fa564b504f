import { type LocalDate, localDate, shanghaiInstant } from '../../domain/calendar';
import { type Fen, fen } from '../../domain/money';
import { BrokenStatement } from './statement';

/** Ten thousand million yuan: what lies above is no booking but a misread column. */
const MOST_YUAN_DIGITS = 10;

/**
 * Yuan with a decimal point and thousands separators, as Chinese banks print them; balances may be negative (`signed`). Exact: no float
 * is made. @throws BrokenStatement for a fraction of a fen, a sign where there must be none, or anything else
 */
export function fenOf(text: string, line: number, { signed = false } = {}): Fen {
  const bare = text.replace(/^[¥￥]/, '');
  const [, sign = '', whole = '', fraction = ''] = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?$/.exec(bare) ?? [];
  const digits = whole.replaceAll(',', '').replace(/^0+(?=\d)/, '');
  if (digits === '') throw new BrokenStatement(line, `“${text}”不是金额`, `“${text}” is not an amount`);
  if (sign === '-' && !signed)
    throw new BrokenStatement(line, `金额为负数：${text}`, `the amount is negative: ${text}`);
  if (/[1-9]/.test(fraction.slice(2)))
    throw new BrokenStatement(line, `金额不是整分：${text}`, `the amount has a fraction of a fen: ${text}`);
  if (digits.length > MOST_YUAN_DIGITS)
    throw new BrokenStatement(line, `金额过大：${text}`, `the amount is too large: ${text}`);
  const amount = Number(digits) * 100 + Number(fraction.slice(0, 2).padEnd(2, '0'));
  return fen(sign === '-' ? -amount : amount);
}

/** `2026-07-01`, `2026/7/1`, `20260701` and the like. @throws BrokenStatement */
export function dayOf(text: string, line: number): LocalDate {
  const [, y = '', m = '', d = ''] =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? /^(\d{4})(\d\d)(\d\d)$/.exec(text) ?? [];
  try {
    return localDate(`${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`);
  } catch {
    throw new BrokenStatement(line, `“${text}”不是日期`, `“${text}” is not a date`);
  }
}

/** The ISO instant of `08:30:00`, `8:30` or `083000` in Shanghai on that day; null for an empty text. @throws BrokenStatement */
export function instantOf(day: LocalDate, text: string, line: number): string | null {
  if (text === '') return null;
  const [, h, min, s = '0'] =
    /^(\d{1,2}):(\d\d)(?::(\d\d))?(?:\.\d+)?$/.exec(text) ?? /^(\d\d)(\d\d)(\d\d)$/.exec(text) ?? [];
  const [hour, minute, second] = [Number(h), Number(min), Number(s)];
  if (h === undefined || hour > 23 || minute > 59 || second > 59)
    throw new BrokenStatement(line, `“${text}”不是时间`, `“${text}” is not a time of day`);
  return new Date(shanghaiInstant(day, hour, minute) + second * 1000).toISOString();
}

const CNY = ['人民币', '人民币元', 'CNY', 'RMB', '01', '001', '10', '156'];

/** @throws BrokenStatement for any money but the renminbi */
export function wantYuan(currency: string, line: number): void {
  if (CNY.includes(currency.toUpperCase())) return;
  throw new BrokenStatement(line, `只支持人民币，文件中是${currency}`, `only CNY is taken, this is ${currency}`);
}

/** Digits and letters of an account number. */
export const accountOf = (text: string): string => text.replace(/[^0-9A-Za-z]/g, '');

/** What may be shown and kept of a stranger's account. */
export const tailOf = (account: string): string => accountOf(account).slice(-4);

/** One line, without the control characters that no database takes. */
export const plainText = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cs}]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
