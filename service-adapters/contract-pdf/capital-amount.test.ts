import { describe, expect, it } from '@jest/globals';
import { fen } from '../../domain/money';
import { capitalYuan } from './capital-amount';

describe('an amount in financial capitals', () => {
  it.each([
    [0, '零元整'],
    [7, '柒分'],
    [50, '伍角'],
    [300_000, '叁仟元整'],
    [1_000, '壹拾元整'],
    [100_507, '壹仟零伍元零柒分'],
    [680_032, '陆仟捌佰元叁角贰分'],
    [168_050, '壹仟陆佰捌拾元伍角'],
    [10_000_000, '壹拾万元整'],
    [10_000_500, '壹拾万零伍元整'],
    [20_030_000, '贰拾万零叁佰元整'],
    [12_345_678, '壹拾贰万叁仟肆佰伍拾陆元柒角捌分'],
    [10_000_000_000, '壹亿元整'],
    [10_000_500_000, '壹亿零伍仟元整'],
    [1_010_010_000, '壹仟零壹拾万零壹佰元整'],
  ])('of %d fen is %s', (amount, text) => {
    expect(capitalYuan(fen(amount))).toBe(text);
  });

  it('does not exist below zero', () => {
    expect(() => capitalYuan(fen(-1))).toThrow('negative');
  });
});
