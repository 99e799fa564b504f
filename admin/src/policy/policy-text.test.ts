import { describe, expect, test } from '@jest/globals';
import { policy as policySchema } from '../../../contract/http/operators';
import { DEFAULT_POLICY } from '../../../domain/default-policy';
import type { Policy } from '../data/contract';
import { policyErrors } from './policy-errors';
import { policyOf, textOf } from './policy-text';

const given = DEFAULT_POLICY as unknown as Policy;

describe('the policy form', () => {
  test('saving a policy that was not touched changes nothing', () => {
    expect(policyOf(textOf(given))).toEqual(given);
  });

  test('a daily late fee of 0.05 % goes out as 500 millionths and the cap in basis points', () => {
    const typed = { ...textOf(given), lateFeeDailyRate: '0.05', lateFeeCap: '30' };
    expect(policyOf(typed).lateFee).toMatchObject({ dailyRateMicros: 500, capBasisPoints: 3000 });
  });

  test('reminder days are understood with Chinese commas and blanks', () => {
    expect(policyOf({ ...textOf(given), remindOnDays: '-3，-1 0, 7' }).dunning.remindOnDays).toEqual([-3, -1, 0, 7]);
  });

  test('every rule of the policy that the API can refuse has a field that says so', () => {
    const paths = (part: object, at = ''): string[] =>
      Object.entries(part).flatMap(([name, value]) =>
        typeof value === 'object' && value !== null && !Array.isArray(value)
          ? paths(value, `${at}${name}.`)
          : [`${at}${name}`],
      );
    const said = Object.fromEntries(paths(given).map((path) => [path, '不能小于 0']));
    // The order of allocation cannot be chosen.
    const { 'allocation.order': _, ...choosable } = said;
    expect(policyErrors(choosable).rest).toEqual([]);
    expect(policyErrors({ 'enforcement.graceDays': '不能小于 0', 'dunning.remindOnDays.2': '请填写整数' }).of).toEqual({
      graceDays: '不能小于 0',
      remindOnDays: '请填写整数',
    });
  });

  test('a number that is none is refused by the contract, not sent as zero', () => {
    const typed = policyOf({ ...textOf(given), graceDays: '三' });
    expect(policySchema.safeParse(typed).success).toBe(false);
  });
});
