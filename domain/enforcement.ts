import type { OpenBill } from './bill';
import { addDays, type LocalDate, shanghaiInstant } from './calendar';
import { type Fen, sumFen } from './money';
import type { EnforcementPolicy } from './policy';
import { isQuiet, quietEnd } from './quiet-hours';

/** `awaitingConfirmation`: a person was asked and has not answered; `restricted`: locked out and without power. */
export type EnforcementState = 'none' | 'awaitingConfirmation' | 'restricted';

/** What was gathered before deciding. */
export type EnforcementFacts = {
  readonly open: readonly OpenBill[];
  readonly state: EnforcementState;
  /** A person who is not to be enforced against; `until` inclusive, null without end. */
  readonly exemption: { readonly reason: string; readonly until: LocalDate | null } | null;
  /** The next instalment promised and not yet paid. Through its day (inclusive) it holds off the lock-out of every bill; after it, no longer. */
  readonly promise: { readonly until: LocalDate; readonly amountFen: Fen } | null;
  /** A notice about these arrears has reached the tenant's inbox. */
  readonly noticeServed: boolean;
  readonly fireAlarm: boolean;
  /** Who confirmed this lock-out, where the policy wants a person. */
  readonly confirmedBy: string | null;
  /** A person let the tenant in again; `until` is an ISO instant, null until these arrears are paid. */
  readonly humanRelease: { readonly by: string; readonly until: string | null } | null;
  /** The tenant has the room: the lease took effect and checkout has not begun. A suspended stretch still counts. */
  readonly occupied: boolean;
};

export type EnforcementWhy =
  | 'noArrears'
  | 'belowMinimum'
  | 'exempt'
  | 'fireAlarm'
  | 'humanRelease'
  | 'promised'
  | 'notOccupied'
  | 'notifyOnly'
  | 'noticeNotServed'
  | 'alreadyRestricted'
  | 'awaitingConfirmation'
  | 'needsConfirmation'
  | 'quietHours'
  | 'overdue'
  | 'brokenPromise'
  | 'confirmed';

export type EnforcementDecision =
  | { readonly kind: 'keep'; readonly why: EnforcementWhy }
  | { readonly kind: 'restrict'; readonly why: EnforcementWhy; readonly bills: readonly OpenBill[] }
  | { readonly kind: 'askPerson'; readonly why: EnforcementWhy; readonly bills: readonly OpenBill[] }
  /** Serve a notice about these bills; with `noticeNotServed`, gather and decide again once it was served. */
  | { readonly kind: 'notify'; readonly why: EnforcementWhy; readonly bills: readonly OpenBill[] }
  /** Nothing to do before `until` (epoch ms); gather and decide again then. */
  | { readonly kind: 'wait'; readonly until: number; readonly why: EnforcementWhy }
  /** Give the room back at once; from `awaitingConfirmation`: withdraw the question. */
  | { readonly kind: 'release'; readonly why: EnforcementWhy };

/** Epoch ms at which a bill that is still open becomes overdue: 00:00 in Shanghai of dueOn + graceDays + 1. */
export const overdueAt = (bill: Pick<OpenBill, 'dueOn'>, policy: EnforcementPolicy): number =>
  shanghaiInstant(addDays(bill.dueOn, policy.graceDays + 1), 0);

/** Whether the bill can be a ground for locking out at all, now or later. */
const counts = (bill: OpenBill, policy: EnforcementPolicy): boolean =>
  bill.openFen > 0 && (bill.kind !== 'lateFee' || policy.countLateFees);

/** The overdue bills (欠费) that count, and what is open on them. */
export function arrears(
  open: readonly OpenBill[],
  policy: EnforcementPolicy,
  now: number,
): { readonly bills: readonly OpenBill[]; readonly amountFen: Fen } {
  const bills = open.filter((bill) => counts(bill, policy) && overdueAt(bill, policy) <= now);
  return { bills, amountFen: sumFen(bills.map(({ openFen }) => openFen)) };
}

/** The first moment after `now` at which another open bill becomes overdue, or null. */
export function nextOverdueAt(open: readonly OpenBill[], policy: EnforcementPolicy, now: number): number | null {
  const moments = open
    .filter((bill) => counts(bill, policy))
    .map((bill) => overdueAt(bill, policy))
    .filter((at) => at > now);
  return moments.length === 0 ? null : Math.min(...moments);
}

/**
 * Whether to lock, ask, notify, wait, release or leave things, from gathered facts alone. Guards come first and hold in every mode: a fire
 * alarm, an exemption, a human release, a promise whose day has not passed, too small arrears or none release a room that is locked and
 * keep others from being locked. Only a lock-out waits for quiet hours; a release never does.
 */
export function decideEnforcement(
  facts: EnforcementFacts,
  policy: EnforcementPolicy,
  now: number,
): EnforcementDecision {
  const owed = arrears(facts.open, policy, now);
  return guard(facts, policy, now, owed.amountFen) ?? enforce(facts, policy, now, owed.bills);
}

/** What forbids a lock-out, whatever the mode; null when nothing does. */
function guard(
  facts: EnforcementFacts,
  policy: EnforcementPolicy,
  now: number,
  amountFen: Fen,
): EnforcementDecision | null {
  const lift = (why: EnforcementWhy, until: number | null): EnforcementDecision => {
    if (facts.state !== 'none') return { kind: 'release', why };
    return until === null ? { kind: 'keep', why } : { kind: 'wait', until, why };
  };
  if (facts.fireAlarm) return lift('fireAlarm', null);
  // A room given back or not yet handed over is the checkout's business: a late payment must not open it, arrears must not lock it.
  if (!facts.occupied) return { kind: facts.state === 'awaitingConfirmation' ? 'release' : 'keep', why: 'notOccupied' };
  if (amountFen === 0) return lift('noArrears', null);
  if (amountFen < policy.minimumArrearsFen) return lift('belowMinimum', null);
  const holds: [EnforcementWhy, number | null][] = [
    ['exempt', facts.exemption && endOfDay(facts.exemption.until)],
    ['humanRelease', facts.humanRelease && instant(facts.humanRelease.until)],
    ['promised', facts.promise && endOfDay(facts.promise.until)],
  ];
  for (const [why, until] of holds) {
    if (until !== null && now < until) return lift(why, until === Number.POSITIVE_INFINITY ? null : until);
  }
  return null;
}

/** How the policy's mode answers arrears that nothing protects. */
function enforce(
  facts: EnforcementFacts,
  policy: EnforcementPolicy,
  now: number,
  bills: readonly OpenBill[],
): EnforcementDecision {
  if (policy.mode === 'notifyOnly') {
    return facts.state === 'none'
      ? { kind: 'notify', why: 'notifyOnly', bills }
      : { kind: 'release', why: 'notifyOnly' };
  }
  if (facts.state === 'restricted') return { kind: 'keep', why: 'alreadyRestricted' };
  if (!facts.noticeServed) return { kind: 'notify', why: 'noticeNotServed', bills };
  if (policy.mode === 'confirmed' && facts.confirmedBy === null) {
    return facts.state === 'none'
      ? { kind: 'askPerson', why: 'needsConfirmation', bills }
      : { kind: 'keep', why: 'awaitingConfirmation' };
  }
  if (policy.quietHours && isQuiet(policy.quietHours, now)) {
    return { kind: 'wait', until: quietEnd(policy.quietHours, now), why: 'quietHours' };
  }
  const why = facts.promise ? 'brokenPromise' : policy.mode === 'confirmed' ? 'confirmed' : 'overdue';
  return { kind: 'restrict', why, bills };
}

/** A protection without end, or with an end that nobody can read, never ends by itself: when in doubt nobody is locked out. */
const endOfDay = (day: LocalDate | null): number =>
  day === null ? Number.POSITIVE_INFINITY : shanghaiInstant(addDays(day, 1), 0);

function instant(iso: string | null): number {
  const ms = iso === null ? Number.NaN : Date.parse(iso);
  return Number.isNaN(ms) ? Number.POSITIVE_INFINITY : ms;
}

const REASONS: Record<EnforcementWhy, string> = {
  noArrears: '没有逾期欠费',
  belowMinimum: '欠费低于限制使用的最低金额',
  exempt: '在豁免名单内，不采取限制措施',
  fireAlarm: '消防报警中，门禁放行且不断电',
  humanRelease: '工作人员已人工放行',
  promised: '分期付款承诺尚在期限内',
  notOccupied: '房间未交付或已退房，不由催缴控制门锁',
  notifyOnly: '按规则仅发送催缴通知，不限制使用',
  noticeNotServed: '催缴通知尚未送达，先送达通知',
  alreadyRestricted: '欠费未结清，继续锁门断电',
  awaitingConfirmation: '等待工作人员确认',
  needsConfirmation: '账单已逾期，请工作人员确认是否锁门断电',
  quietHours: '处于免打扰时段，时段结束后再处理',
  overdue: '账单已逾期，锁门断电',
  brokenPromise: '未按承诺付款，恢复锁门断电',
  confirmed: '工作人员已确认，锁门断电',
};

/** The reason of a decision as a Chinese sentence, for timelines and notices. */
export const explainEnforcement = (why: EnforcementWhy): string => REASONS[why];
