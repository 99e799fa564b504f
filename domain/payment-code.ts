import type { LeaseId } from './ids';

/** Digits of a payment code (付款码) by their value: Crockford's base 32, without I, L, O and U, which people misread. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const MISREAD: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' };
const DATA_DIGITS = 7;
const ID_DIGITS = 9;

declare const codeBrand: unique symbol;
/** Eight digits that name a lease in the remark of a bank transfer; the last one is a check digit. */
export type PaymentCode = string & { readonly [codeBrand]: true };

/** `value` times the generator of the field of 32 elements (x^5 + x^2 + 1). */
const next = (value: number): number => ((value << 1) & 31) ^ (value & 16 ? 5 : 0);

/**
 * The digit that makes a code valid. Each place weighs another power of the field's generator, so that one wrong digit and any two
 * exchanged ones always give another check digit.
 */
const checkOf = (values: readonly number[]): number => values.reduce((sum, value) => next(sum ^ value), 0);

const valuesOf = (digits: string): number[] => [...digits].map((digit) => DIGITS.indexOf(digit));

/**
 * The code of a lease: the last 35 bits of its id and a check digit. Nothing is stored; of two leases with the same code (one in tens of
 * millions) neither is ever matched by it.
 */
export function paymentCode(leaseId: LeaseId): PaymentCode {
  const bits = Number.parseInt(leaseId.slice(-ID_DIGITS), 16);
  let rest = bits % 2 ** 35;
  const values: number[] = [];
  for (let i = 0; i < DATA_DIGITS; i++) {
    values.unshift(rest % 32);
    rest = Math.floor(rest / 32);
  }
  return [...values, checkOf(values)].map((value) => DIGITS[value]).join('') as PaymentCode;
}

/** As people read it: `K7Q2 9M4X`. */
export const formatPaymentCode = (code: PaymentCode): string => `${code.slice(0, 4)} ${code.slice(4)}`;

/** The two endings that an id with this code can have (a code has one bit less than nine hexadecimal digits). */
export function idEndings(code: PaymentCode): readonly [string, string] {
  const bits = valuesOf(code.slice(0, DATA_DIGITS)).reduce((sum, value) => sum * 32 + value, 0);
  const hex = (value: number) => value.toString(16).padStart(ID_DIGITS, '0');
  return [hex(bits), hex(bits + 2 ** 35)];
}

function asCode(text: string): PaymentCode | undefined {
  const digits = text.replace(/[OIL]/g, (letter) => MISREAD[letter] ?? letter);
  const values = valuesOf(digits);
  if (values.includes(-1)) return undefined;
  return checkOf(values.slice(0, DATA_DIGITS)) === values[DATA_DIGITS] ? (digits as PaymentCode) : undefined;
}

/**
 * Eight letters and digits that stand by themselves, whole or in two halves: `K7Q29M4X`, `K7Q2 9M4X`, `K7Q2-9M4X`. Looked for from every
 * place, since the word before a code may be as long as half of one.
 */
const CANDIDATE = /(?<![0-9A-Z])(?=([0-9A-Z]{4})[ -]?([0-9A-Z]{4})(?![0-9A-Z]))/g;

/** Every valid code in what a payer wrote, in any case and width, with the letters that look like digits read as digits. */
export function paymentCodesIn(remark: string): readonly PaymentCode[] {
  const text = remark.normalize('NFKC').toUpperCase();
  const codes = [...text.matchAll(CANDIDATE)].flatMap(([, first = '', second = '']) => asCode(first + second) ?? []);
  return [...new Set(codes)];
}
