import { errorsByField } from '../data/field-errors';
import type { PolicyText } from './policy-text';

type Name = keyof PolicyText;

/** Where each field of the form goes in the policy; of two that fit, the first. */
const SENT_AS: readonly (readonly [Name, string])[] = [
  ['mode', 'enforcement.mode'],
  ['graceDays', 'enforcement.graceDays'],
  ['quietFrom', 'enforcement.quietHours.from'],
  ['quietUntil', 'enforcement.quietHours.until'],
  ['quietFrom', 'enforcement.quietHours'],
  ['minimumArrears', 'enforcement.minimumArrearsFen'],
  ['countLateFees', 'enforcement.countLateFees'],
  ['remindOnDays', 'dunning.remindOnDays'],
  ['dunningHour', 'dunning.hour'],
  ['lateFeeGraceDays', 'lateFee.graceDays'],
  ['lateFeeDailyRate', 'lateFee.dailyRateMicros'],
  ['lateFeeCap', 'lateFee.capBasisPoints'],
  ['arrearsFirst', 'allocation.arrearsBeforeLateFees'],
  ['penaltyMonths', 'termination.penalty.months'],
  ['penalty', 'termination.penalty'],
  ['noticeDays', 'termination.noticeDays'],
  ['lockHour', 'checkout.lockHour'],
  ['inspectionDays', 'checkout.inspectionWorkingDays'],
  ['firstBillHours', 'firstBillHours'],
  ['endingNoticeDays', 'endingNoticeDays'],
  ['maxRentFreeDays', 'maxRentFreeDays'],
];

const FIELDS = SENT_AS.map(([name, sentAs]) => ({ name, sentAs }));

/** What the API said, at the fields of the form. */
export function policyErrors(errors: Readonly<Record<string, string>>): {
  readonly of: Partial<Record<Name, string>>;
  readonly rest: readonly string[];
} {
  const { of, rest } = errorsByField(FIELDS, errors);
  return { of: Object.fromEntries(Object.entries(of).map(([name, said]) => [name, Object.values(said)[0]])), rest };
}
