import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type LeaseId, parseId } from './ids';
import { formatPaymentCode, idEndings, paymentCode, paymentCodesIn } from './payment-code';

const someLease = fc.uuid().map((id) => parseId<'lease'>(id) as LeaseId);
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

test('a code names the endings that a lease with it can have', () => {
  fc.assert(fc.property(someLease, (id) => idEndings(paymentCode(id)).includes(id.slice(-9))));
});

test('a code is found in what a payer writes around it, in any case, width and spacing', () => {
  const around = fc.constantFrom('', '房租', '6月房租 ', ' 张三', '，', 'rent ');
  const form = fc.constantFrom(
    (code: string) => code,
    (code: string) => code.toLowerCase(),
    (code: string) => `${code.slice(0, 4)}-${code.slice(4)}`,
    (code: string) => code.replace(/[0-9A-Z]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
    (code: string) => code.replaceAll('0', 'O').replaceAll('1', 'l'),
  );
  fc.assert(
    fc.property(someLease, around, form, (id, text, write) => {
      const code = paymentCode(id);
      expect(paymentCodesIn(`${text}${write(code)} ${text}`)).toContain(code);
      expect(paymentCodesIn(formatPaymentCode(code))).toEqual([code]);
    }),
  );
});

test('a code with one wrong digit, or with any two digits exchanged, is no code', () => {
  const place = fc.integer({ min: 0, max: 7 });
  fc.assert(
    fc.property(someLease, place, place, fc.constantFrom(...DIGITS), (id, i, j, digit) => {
      const digits = [...paymentCode(id)];
      const wrong = digits.with(i, digit);
      const exchanged = digits.with(i, digits[j] ?? '').with(j, digits[i] ?? '');
      for (const text of [wrong.join(''), exchanged.join('')])
        expect(paymentCodesIn(text)).toEqual(text === paymentCode(id) ? [text] : []);
    }),
  );
});

test('a long number, an account and a word of eight letters are no code by accident of length', () => {
  expect(paymentCodesIn('6222020200001234567 ABCDEFGHIJK 房租费用')).toEqual([]);
});
