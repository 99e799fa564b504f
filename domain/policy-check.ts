import { rentFreeLimit } from './default-policy';
import type { LeasePolicy, QuietHours } from './policy';
import type { Refusal } from './refusal';

type Check = readonly [ok: boolean, field: string, code: string, text: string];

const isWhole = (value: number, min: number, max: number): boolean =>
  Number.isSafeInteger(value) && value >= min && value <= max;

const isHour = (value: number): boolean => isWhole(value, 0, 23);

/** What is wrong with a policy, field by field; empty when a lease can be signed under it. */
export const checkPolicy = (policy: LeasePolicy): readonly Refusal[] =>
  [...enforcementChecks(policy), ...dunningChecks(policy), ...moneyChecks(policy), ...endingChecks(policy)].flatMap(
    ([ok, field, code, text]) => (ok ? [] : [{ field, code, text }]),
  );

const quietOk = (quiet: QuietHours | null): boolean =>
  quiet === null || (isHour(quiet.from) && isWhole(quiet.until, 0, 24) && quiet.from !== quiet.until % 24);

const enforcementChecks = ({ enforcement }: LeasePolicy): readonly Check[] => [
  [isWhole(enforcement.graceDays, 0, 365), 'enforcement.graceDays', 'DaysOutOfRange', '宽限天数须为 0 至 365 的整数'],
  [quietOk(enforcement.quietHours), 'enforcement.quietHours', 'HoursInvalid', '免打扰时段须为整点，且起止时间不能相同'],
  [
    isWhole(enforcement.minimumArrearsFen, 0, Number.MAX_SAFE_INTEGER),
    'enforcement.minimumArrearsFen',
    'AmountInvalid',
    '最低欠费金额不能为负数',
  ],
];

const dunningChecks = ({ dunning }: LeasePolicy): readonly Check[] => [
  [isHour(dunning.hour), 'dunning.hour', 'HoursInvalid', '提醒时间须为 0 至 23 的整点'],
  [
    dunning.remindOnDays.every((day) => isWhole(day, -60, 365)),
    'dunning.remindOnDays',
    'DaysOutOfRange',
    '提醒日须在到期日前 60 天至到期后 365 天之间',
  ],
  [
    new Set(dunning.remindOnDays).size === dunning.remindOnDays.length,
    'dunning.remindOnDays',
    'DaysRepeated',
    '同一提醒日不能重复设置',
  ],
];

const moneyChecks = ({ lateFee, termination }: LeasePolicy): readonly Check[] => [
  [isWhole(lateFee.graceDays, 0, 365), 'lateFee.graceDays', 'DaysOutOfRange', '滞纳金宽限天数须为 0 至 365 的整数'],
  [
    isWhole(lateFee.dailyRateMicros, 0, 10_000),
    'lateFee.dailyRateMicros',
    'RateOutOfRange',
    '滞纳金日费率须在 0 至 1% 之间',
  ],
  [
    isWhole(lateFee.capBasisPoints, 0, 10_000),
    'lateFee.capBasisPoints',
    'RateOutOfRange',
    '滞纳金上限须在账单金额的 0 至 100% 之间',
  ],
  [
    termination.penalty.kind !== 'months' || (termination.penalty.months > 0 && termination.penalty.months <= 12),
    'termination.penalty.months',
    'MonthsOutOfRange',
    '违约金须大于 0 且不超过 12 个月租金',
  ],
];

const endingChecks = (policy: LeasePolicy): readonly Check[] => [
  [
    isWhole(policy.termination.noticeDays, 0, 365),
    'termination.noticeDays',
    'DaysOutOfRange',
    '提前通知天数须为 0 至 365 的整数',
  ],
  [isHour(policy.checkout.lockHour), 'checkout.lockHour', 'HoursInvalid', '退房锁门时间须为 0 至 23 的整点'],
  [
    isWhole(policy.checkout.inspectionWorkingDays, 0, 60),
    'checkout.inspectionWorkingDays',
    'DaysOutOfRange',
    '查房工作日须为 0 至 60 的整数',
  ],
  [isWhole(policy.firstBillHours, 1, 720), 'firstBillHours', 'HoursInvalid', '首期账单支付时限须为 1 至 720 小时'],
  [isWhole(rentFreeLimit(policy), 0, 366), 'maxRentFreeDays', 'DaysOutOfRange', '免租期上限须为 0 至 366 天的整数'],
  [isWhole(policy.endingNoticeDays, 0, 365), 'endingNoticeDays', 'DaysOutOfRange', '到期提醒天数须为 0 至 365 的整数'],
];
