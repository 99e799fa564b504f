import type { Fen } from './money';

/** Locking and power: at once and by itself, after a person confirms it, or never (notices only). */
export type EnforcementMode = 'automatic' | 'confirmed' | 'notifyOnly';

/** Hours of the Shanghai day, `from` inclusive, `until` exclusive, may pass midnight (22 to 7). */
export type QuietHours = { readonly from: number; readonly until: number };

export type EnforcementPolicy = {
  readonly mode: EnforcementMode;
  /** Whole days after the due day before a bill counts as overdue. 0: at the first moment of the next day. */
  readonly graceDays: number;
  /** No lock-out starts within these hours; it waits for their end. Releases never wait. */
  readonly quietHours: QuietHours | null;
  /** Arrears below this do not lock anyone out. */
  readonly minimumArrearsFen: Fen;
  /** Late fees alone never count as arrears unless this says so. */
  readonly countLateFees: boolean;
};

export type DunningPolicy = {
  /** Days relative to the due day on which the tenant is reminded: negative before, positive after. */
  readonly remindOnDays: readonly number[];
  /** Shanghai hour at which reminders and bills go out. */
  readonly hour: number;
};

export type LateFeePolicy = {
  readonly graceDays: number;
  /** Daily rate in millionths of the overdue amount: 万分之五 a day is 500. */
  readonly dailyRateMicros: number;
  /** The fee of one bill never exceeds this share of it, in basis points. */
  readonly capBasisPoints: number;
};

export type AllocationPolicy = {
  /** Which open bill is paid first. */
  readonly order: 'oldestDueFirst';
  /** Rent and fees before late fees (default), or each bill's late fee together with it. */
  readonly arrearsBeforeLateFees: boolean;
};

export type TerminationPolicy = {
  /** What leaving early costs the tenant. */
  readonly penalty:
    | { readonly kind: 'none' }
    | { readonly kind: 'months'; readonly months: number }
    | { readonly kind: 'deposit' };
  readonly noticeDays: number;
};

export type CheckoutPolicy = {
  /** Shanghai hour of the move-out day at which the room is locked and powered off (16). */
  readonly lockHour: number;
  readonly inspectionWorkingDays: number;
};

/** The operator's rules, frozen into a lease when it is signed, so that a lease keeps the rules it was signed under. */
export type LeasePolicy = {
  readonly enforcement: EnforcementPolicy;
  readonly dunning: DunningPolicy;
  readonly lateFee: LateFeePolicy;
  readonly allocation: AllocationPolicy;
  readonly termination: TerminationPolicy;
  readonly checkout: CheckoutPolicy;
  /** Hours from signing until an unpaid first bill frees the room. */
  readonly firstBillHours: number;
  /** Days before the end of the lease at which the tenant is asked what comes next. */
  readonly endingNoticeDays: number;
  /** Rent-free days that whoever signs may give away; more is for the operator's administrator. Older policies lack it: see `rentFreeLimit`. */
  readonly maxRentFreeDays?: number | undefined;
};
