import type { OpenBill } from './bill';
import { addDays, type LocalDate, shanghaiInstant } from './calendar';
import type { DunningPolicy } from './policy';

export type ReminderTone = 'upcoming' | 'due' | 'overdue';

/** One reminder (催缴) that is to go out. */
export type Reminder = {
  readonly billKey: string;
  /** Days from the due day, negative before it. */
  readonly offsetDays: number;
  /** Epoch ms of the moment it was meant for, not of when it is sent. */
  readonly at: number;
  readonly tone: ReminderTone;
  /** A second reminder with this key is the same one. */
  readonly dedupeKey: string;
};

/**
 * Reminders whose moment is in (`after`, `now`], earliest first; `after` null means none was looked at yet. Only bills that still want
 * money, and never for a moment before the bill's own issue: a bill issued late does not begin with a pile of past reminders.
 */
export const remindersDue = (
  open: readonly OpenBill[],
  policy: DunningPolicy,
  after: number | null,
  now: number,
): readonly Reminder[] => reminders(open, policy).filter(({ at }) => at <= now && (after === null || at > after));

/** The first reminder moment later than `after` (epoch ms), or null when the open bills ask for none. */
export const nextReminderAt = (open: readonly OpenBill[], policy: DunningPolicy, after: number): number | null =>
  reminders(open, policy).find(({ at }) => at > after)?.at ?? null;

/** Epoch ms at which bills of that issue day and reminders of that day go out. */
export const sendingMoment = (day: LocalDate, policy: DunningPolicy): number => shanghaiInstant(day, policy.hour);

function reminders(open: readonly OpenBill[], policy: DunningPolicy): readonly Reminder[] {
  const offsets = [...new Set(policy.remindOnDays)];
  return open
    .filter(({ openFen }) => openFen > 0)
    .flatMap((bill) =>
      offsets
        .map((offset) => reminder(bill, offset, policy))
        .filter(({ at }) => at >= sendingMoment(bill.issueOn, policy)),
    )
    .sort((a, b) => a.at - b.at || (a.dedupeKey < b.dedupeKey ? -1 : 1));
}

const reminder = (bill: OpenBill, offsetDays: number, policy: DunningPolicy): Reminder => ({
  billKey: bill.key,
  offsetDays,
  at: sendingMoment(addDays(bill.dueOn, offsetDays), policy),
  tone: offsetDays < 0 ? 'upcoming' : offsetDays === 0 ? 'due' : 'overdue',
  dedupeKey: `reminder/${bill.key}/${offsetDays}`,
});
