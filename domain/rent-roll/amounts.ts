import { type Fen, fen } from '../money';
import { type Cell, is, narrow, not, type Parsed, show } from './cell';

const LIMIT_YUAN = 100_000_000;
const PREFIX = /^(?:人民币|rmb|cny|¥|yuan)+/i;
const SUFFIX = /(?:元|圆|块|rmb|cny|yuan)?整?(?:\/(?:月|个月|天|日|month|mo|day))?$/i;
/** Digits in one run or in thousands; `3,00` is neither, and guessing which separator was meant costs money. */
const DIGITS = /^[-+]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d{1,2}0*)?$/;
const COUNTING_WORDS = /[十百千万亿仟佰拾一二三四五六七八九零壹贰叁]|\d\s*[kw]$/i;

/** Yuan in whatever form people type them. Signed: a negative balance is money the tenant has paid ahead. */
export function parseAmount(cell: Cell): Parsed<Fen> {
  if (typeof cell === 'number') return fromYuan(cell, cell);
  if (typeof cell !== 'string') return refused(cell);
  const plain = narrow(cell).replace(/\s+/g, '').replaceAll('−', '-');
  const bracketed = /^\((.*)\)$/.exec(plain); // the accountant's minus
  const signed = /^([-+]?)(.*)$/.exec(bracketed?.[1] ?? plain);
  const digits = (signed?.[2] ?? '').replace(PREFIX, '').replace(SUFFIX, '');
  if (COUNTING_WORDS.test(digits)) {
    return not(
      `金额“${show(cell)}”请写成数字,例如 3000 或 3,000.00`,
      `write the amount "${show(cell)}" in digits, e.g. 3000 or 3,000.00`,
    );
  }
  if (!DIGITS.test(digits)) return refused(cell);
  const minus = (signed?.[1] === '-') !== (bracketed !== null) ? -1 : 1;
  return fromYuan(minus * Number(digits.replaceAll(',', '')), cell);
}

/** An amount that cannot be below zero: rent, deposit, price. */
export function parsePositiveAmount(cell: Cell): Parsed<Fen> {
  const parsed = parseAmount(cell);
  if (parsed.ok && parsed.value < 0) {
    return not(`金额“${show(cell)}”不能为负数`, `the amount "${show(cell)}" cannot be negative`);
  }
  return parsed;
}

function fromYuan(yuan: number, cell: Cell): Parsed<Fen> {
  if (!Number.isFinite(yuan) || Math.abs(yuan) > LIMIT_YUAN) return refused(cell);
  const exact = yuan * 100;
  const whole = Math.round(exact);
  // A formula's 2999.9999999999995 is 3000 yuan; 33.333 yuan is nobody's money.
  if (Math.abs(exact - whole) > 1e-4) {
    return not(`金额“${show(cell)}”精确到分,最多两位小数`, `the amount "${show(cell)}" has more than two decimals`);
  }
  return is(fen(whole === 0 ? 0 : whole));
}

const refused = (cell: Cell): Parsed<never> =>
  not(`“${show(cell)}”不是金额,请写成 3000 或 3,000.00`, `"${show(cell)}" is not an amount; write 3000 or 3,000.00`);
