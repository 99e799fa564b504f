import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { localDate } from './calendar';
import { formatDay, formatPercent, formatYuan } from './format';
import { fen } from './money';

describe('amounts, days and rates for people', () => {
  test.each([
    [0, '0.00 元'],
    [5, '0.05 元'],
    [-5, '-0.05 元'],
    [99_999, '999.99 元'],
    [123_450, '1,234.50 元'],
    [-123_456_789, '-1,234,567.89 元'],
  ])('%d fen reads %s', (amount, text) => {
    expect(formatYuan(fen(amount))).toBe(text);
  });

  test('a formatted amount reads back as the same fen', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (amount) => {
        expect(Number(formatYuan(fen(amount)).replace(/[,. 元]/g, ''))).toBe(amount === 0 ? 0 : amount);
      }),
    );
  });

  test('days and rates carry no needless zeros', () => {
    expect(formatDay(localDate('2026-03-05'))).toBe('2026年3月5日');
    expect(formatPercent(500, 1_000_000)).toBe('0.05%');
    expect(formatPercent(3000, 10_000)).toBe('30%');
  });
});
