import { describe, expect, test } from '@jest/globals';
import { DEFAULT_POLICY } from './default-policy';
import { fen } from './money';
import type { LeasePolicy } from './policy';
import { checkPolicy } from './policy-check';

const { enforcement, dunning, lateFee, termination, checkout } = DEFAULT_POLICY;

const wrong: [string, string, Partial<LeasePolicy>][] = [
  ['enforcement.graceDays', 'DaysOutOfRange', { enforcement: { ...enforcement, graceDays: -1 } }],
  ['enforcement.quietHours', 'HoursInvalid', { enforcement: { ...enforcement, quietHours: { from: 7, until: 7 } } }],
  ['enforcement.quietHours', 'HoursInvalid', { enforcement: { ...enforcement, quietHours: { from: 0, until: 24 } } }],
  ['enforcement.minimumArrearsFen', 'AmountInvalid', { enforcement: { ...enforcement, minimumArrearsFen: fen(-1) } }],
  ['dunning.hour', 'HoursInvalid', { dunning: { ...dunning, hour: 24 } }],
  ['dunning.remindOnDays', 'DaysOutOfRange', { dunning: { ...dunning, remindOnDays: [0.5] } }],
  ['dunning.remindOnDays', 'DaysRepeated', { dunning: { ...dunning, remindOnDays: [1, 1] } }],
  ['lateFee.graceDays', 'DaysOutOfRange', { lateFee: { ...lateFee, graceDays: Number.NaN } }],
  ['lateFee.dailyRateMicros', 'RateOutOfRange', { lateFee: { ...lateFee, dailyRateMicros: 10_001 } }],
  ['lateFee.capBasisPoints', 'RateOutOfRange', { lateFee: { ...lateFee, capBasisPoints: 10_001 } }],
  [
    'termination.penalty.months',
    'MonthsOutOfRange',
    { termination: { ...termination, penalty: { kind: 'months', months: 0 } } },
  ],
  ['termination.noticeDays', 'DaysOutOfRange', { termination: { ...termination, noticeDays: -1 } }],
  ['checkout.lockHour', 'HoursInvalid', { checkout: { ...checkout, lockHour: 16.5 } }],
  ['checkout.inspectionWorkingDays', 'DaysOutOfRange', { checkout: { ...checkout, inspectionWorkingDays: 61 } }],
  ['firstBillHours', 'HoursInvalid', { firstBillHours: 0 }],
  ['endingNoticeDays', 'DaysOutOfRange', { endingNoticeDays: -1 }],
];

describe('checking a policy', () => {
  test('the default can be signed under, also with quiet hours until midnight', () => {
    expect(checkPolicy(DEFAULT_POLICY)).toEqual([]);
    const quietHours = { from: 21, until: 24 };
    expect(checkPolicy({ ...DEFAULT_POLICY, enforcement: { ...enforcement, quietHours } })).toEqual([]);
  });

  test.each(wrong)('refuses a wrong %s with %s and a Chinese sentence', (field, code, change) => {
    const refusals = checkPolicy({ ...DEFAULT_POLICY, ...change });
    expect(refusals.map((r) => [r.field, r.code])).toEqual([[field, code]]);
    expect(refusals[0]?.text).toMatch(/[一-龥]/);
  });

  test('names every wrong field at once', () => {
    expect(checkPolicy({ ...DEFAULT_POLICY, firstBillHours: 0, endingNoticeDays: -1 })).toHaveLength(2);
  });
});
