import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fen } from '../../../domain/money';
import { fenOfYuan, isPayable, yuanText } from './yuan';

describe('amounts on the wire', () => {
  it('come back to the fen for every amount that Alipay takes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000_000 }), (amount) => {
        const text = yuanText(fen(amount));
        expect(text).toMatch(/^\d+\.\d{2}$/);
        expect(fenOfYuan(text)).toBe(amount);
      }),
    );
  });

  it('are read only when written as yuan with two decimals, so no text means two amounts', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[-+]?[\d.,eE ]{1,12}$/)), (text) => {
        const amount = fenOfYuan(text);
        if (amount !== undefined) expect(yuanText(amount)).toBe(text);
      }),
    );
  });

  it.each(['1', '1.0', '1.005', '01.00', '-1.00', '+1.00', '1,000.00', '1.00 ', '1e2', '.50', 'NaN', '', '１.00'])(
    'are refused as %j',
    (text) => expect(fenOfYuan(text)).toBeUndefined(),
  );

  it('are never rounded: 2.01 yuan and 1.15 yuan, which floats miss, are 201 and 115 fen', () => {
    expect([fenOfYuan('2.01'), fenOfYuan('1.15'), fenOfYuan('100000000.00')]).toEqual([201, 115, 10_000_000_000]);
  });

  it('are not written when negative or fractional', () => {
    expect(() => yuanText(fen(-1))).toThrow(RangeError);
    expect(() => yuanText(0.5 as ReturnType<typeof fen>)).toThrow(RangeError);
  });

  it.each([0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 10_000_000_001])('of %p fen are not payable', (amount) =>
    expect(isPayable(amount)).toBe(false),
  );
});
