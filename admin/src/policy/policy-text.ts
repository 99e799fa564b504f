import { parseYuan } from '../components/yuan';
import type { Policy } from '../data/contract';

/** A policy as typed into the form: every number as text, so that a half-typed one has a shape. */
export type PolicyText = Readonly<Record<(typeof POLICY_NUMBERS)[number], string>> & {
  readonly mode: Policy['enforcement']['mode'];
  readonly quiet: boolean;
  readonly countLateFees: boolean;
  readonly arrearsFirst: boolean;
  readonly penalty: Policy['termination']['penalty']['kind'];
  readonly remindOnDays: string;
  readonly minimumArrears: string;
};

export const POLICY_NUMBERS = [
  'graceDays',
  'quietFrom',
  'quietUntil',
  'dunningHour',
  'lateFeeGraceDays',
  'lateFeeDailyRate',
  'lateFeeCap',
  'penaltyMonths',
  'noticeDays',
  'lockHour',
  'inspectionDays',
  'firstBillHours',
  'endingNoticeDays',
  'maxRentFreeDays',
] as const;

export function textOf(policy: Policy): PolicyText {
  const { enforcement, dunning, lateFee, termination, checkout } = policy;
  return {
    mode: enforcement.mode,
    graceDays: `${enforcement.graceDays}`,
    quiet: enforcement.quietHours !== null,
    quietFrom: `${enforcement.quietHours?.from ?? 22}`,
    quietUntil: `${enforcement.quietHours?.until ?? 7}`,
    minimumArrears: (enforcement.minimumArrearsFen / 100).toFixed(2),
    countLateFees: enforcement.countLateFees,
    arrearsFirst: policy.allocation.arrearsBeforeLateFees,
    remindOnDays: dunning.remindOnDays.join(', '),
    dunningHour: `${dunning.hour}`,
    lateFeeGraceDays: `${lateFee.graceDays}`,
    lateFeeDailyRate: `${lateFee.dailyRateMicros / 10_000}`,
    lateFeeCap: `${lateFee.capBasisPoints / 100}`,
    penalty: termination.penalty.kind,
    penaltyMonths: `${termination.penalty.kind === 'months' ? termination.penalty.months : 1}`,
    noticeDays: `${termination.noticeDays}`,
    lockHour: `${checkout.lockHour}`,
    inspectionDays: `${checkout.inspectionWorkingDays}`,
    firstBillHours: `${policy.firstBillHours}`,
    endingNoticeDays: `${policy.endingNoticeDays}`,
    maxRentFreeDays: `${policy.maxRentFreeDays ?? 15}`,
  };
}

/** A percentage as the contract's parts of it: 0.05 % of `perPercent` 10,000 is 500 millionths. */
const parts = (percent: string, perPercent: number): number => Math.round(Number(percent) * perPercent);

/** The policy that was typed. Nonsense comes out as NaN and is refused by the API by name. */
export function policyOf(text: PolicyText): Policy {
  const months = Number(text.penaltyMonths);
  const amount = parseYuan(text.minimumArrears) ?? Number.NaN;
  return {
    enforcement: {
      mode: text.mode,
      graceDays: Number(text.graceDays),
      quietHours: text.quiet ? { from: Number(text.quietFrom), until: Number(text.quietUntil) } : null,
      minimumArrearsFen: amount as Policy['enforcement']['minimumArrearsFen'],
      countLateFees: text.countLateFees,
    },
    dunning: {
      remindOnDays: text.remindOnDays
        .split(/[,，\s]+/)
        .filter(Boolean)
        .map(Number),
      hour: Number(text.dunningHour),
    },
    lateFee: {
      graceDays: Number(text.lateFeeGraceDays),
      dailyRateMicros: parts(text.lateFeeDailyRate, 10_000),
      capBasisPoints: parts(text.lateFeeCap, 100),
    },
    allocation: { order: 'oldestDueFirst', arrearsBeforeLateFees: text.arrearsFirst },
    termination: {
      penalty: text.penalty === 'months' ? { kind: 'months', months } : { kind: text.penalty },
      noticeDays: Number(text.noticeDays),
    },
    checkout: { lockHour: Number(text.lockHour), inspectionWorkingDays: Number(text.inspectionDays) },
    firstBillHours: Number(text.firstBillHours),
    endingNoticeDays: Number(text.endingNoticeDays),
    maxRentFreeDays: Number(text.maxRentFreeDays),
  };
}
