import { describe, expect, test } from '@jest/globals';
import { formatYuan, parseYuan } from './yuan';

describe('amounts as people type them', () => {
  test.each([
    ['3000', 300_000],
    ['1,234.5', 123_450],
    [' 19.99 ', 1999],
    ['0.07', 7],
    ['-12.30', -1230],
  ])('%s is understood to the fen', (typed, amountFen) => {
    expect(parseYuan(typed)).toBe(amountFen);
  });

  test.each(['', 'abc', '1.234', '1e3', '.5', '12元'])('"%s" is not taken for an amount', (typed) => {
    expect(parseYuan(typed)).toBeUndefined();
  });

  test('what is shown can be typed back in', () => {
    expect(formatYuan(123_450)).toBe('1,234.50 元');
    expect(parseYuan('1,234.50')).toBe(123_450);
  });
});
