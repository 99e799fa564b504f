import { type Fen, fen } from '../../../domain/money';

/** Alipay takes 0.01 to 100,000,000.00 yuan in one trade. */
const HIGHEST_FEN = 10_000_000_000;

/** Whether Alipay could move this amount at all: whole fen, above zero, within one trade's limit. */
export const isPayable = (amount: number): boolean =>
  Number.isSafeInteger(amount) && amount > 0 && amount <= HIGHEST_FEN;

/**
 * Yuan with two decimals as Alipay writes them, by digits and never by division.
 * @throws RangeError when the amount is not whole or below zero.
 */
export function yuanText(amount: Fen): string {
  if (fen(amount) < 0) throw new RangeError(`Alipay takes no negative amount: ${amount}`);
  const digits = String(amount).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Exact fen of an amount on the wire; undefined for whatever is not plain yuan with two decimals. */
export function fenOfYuan(text: string): Fen | undefined {
  if (!/^(?:0|[1-9]\d{0,12})\.\d{2}$/.test(text)) return undefined;
  return fen(Number(text.replace('.', '')));
}
