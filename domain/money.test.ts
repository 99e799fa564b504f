import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { allocateFen, containedTax, fen, roundedQuotient, sumFen } from './money';

describe('money', () => {
  test.each([19.99, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('%p is no whole amount of fen', (amount) => {
    expect(() => fen(amount)).toThrow(RangeError);
  });

  test('there is no negative zero', () => {
    expect(Object.is(fen(-0), 0)).toBe(true);
  });

  test('ten yuan shared by three people are 3.34, 3.33 and 3.33', () => {
    expect(allocateFen(fen(1000), [1, 1, 1])).toEqual([334, 333, 333]);
  });

  test('nothing is shared by weights that come to nothing', () => {
    expect(() => allocateFen(fen(100), [0, 0])).toThrow(RangeError);
  });

  test('shares always add up to what was shared, debts too, and none is off by a fen or more', () => {
    const weights = fc
      .array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 20 })
      .filter((w) => w.some((x) => x > 0));
    const property = fc.property(fc.integer({ min: -10_000_000, max: 10_000_000 }), weights, (total, w) => {
      const parts = allocateFen(fen(total), w);
      const sum = w.reduce((a, b) => a + b, 0);
      expect(sumFen(parts)).toBe(fen(total));
      parts.forEach((part, i) => {
        expect(Math.abs(part - (total * (w[i] ?? 0)) / sum)).toBeLessThan(1);
      });
    });
    fc.assert(property);
  });

  test.each([
    [5, 2, 3],
    [-5, 2, -3],
    [4, 3, 1],
    [-4, 3, -1],
    [0, 7, 0],
  ])('%i / %i is rounded to %i, halves away from zero', (numerator, denominator, expected) => {
    expect(fen(roundedQuotient(numerator, denominator))).toBe(expected);
  });

  test('a quotient that could not be exact is refused', () => {
    expect(() => roundedQuotient(2 ** 53, 3)).toThrow(RangeError);
  });

  test('3000.00 yuan at 5 % contain 142.86 of tax, and their reversal takes back the same', () => {
    expect(containedTax(fen(300_000), 500)).toBe(14_286);
    expect(containedTax(fen(-300_000), 500)).toBe(-14_286);
  });
});
