import type { StoredBill } from '../../db/bills';
import type { NoticeDraft } from '../../db/lease-write';
import { billName } from '../../domain/bill-name';
import type { Reminder } from '../../domain/dunning';
import { sumFen } from '../../domain/money';
import { tenantNotice } from './notice';

type Bill = Pick<StoredBill, 'key' | 'kind' | 'periodFrom' | 'periodUntil' | 'openFen' | 'dueOn'>;

/** What the tenant is told at once: the reminders of one tone that fall on one moment, with the bills that they are about. */
export type ReminderMessage = {
  readonly tone: Reminder['tone'];
  readonly about: readonly { readonly reminder: Reminder; readonly bill: Bill }[];
};

/** Nobody reads twelve messages about two small bills: those of one tone and moment become one. Reminders of unknown bills are dropped. */
export function inOneMessage(reminders: readonly Reminder[], bills: ReadonlyMap<string, Bill>): ReminderMessage[] {
  const about = reminders.flatMap((reminder) => {
    const bill = bills.get(reminder.billKey);
    return bill ? [{ reminder, bill }] : [];
  });
  const groupOf = ({ tone, at }: Reminder): string => `${tone}/${at}`;
  return [...new Set(about.map(({ reminder }) => groupOf(reminder)))].map((group) => {
    const together = about.filter(({ reminder }) => groupOf(reminder) === group);
    return { tone: together[0]?.reminder.tone ?? 'due', about: together };
  });
}

const SINGLE = { upcoming: 'reminderUpcoming', due: 'reminderDue', overdue: 'reminderOverdue' } as const;
const SEVERAL = { upcoming: 'remindersUpcoming', due: 'remindersDue', overdue: 'remindersOverdue' } as const;

const keyOf = ({ about: [first] }: ReminderMessage): string => first?.reminder.dedupeKey ?? '';

export function reminderNotice(message: ReminderMessage, room: string): NoticeDraft {
  const { tone, about } = message;
  const [first] = about;
  if (about.length === 1 && first) {
    const { bill, reminder } = first;
    const words = { room, bill: billName(bill), amount: bill.openFen, dueOn: bill.dueOn };
    return tenantNotice(keyOf(message), SINGLE[tone], { ...words, days: Math.abs(reminder.offsetDays) });
  }
  const bills = about.map(({ bill }) => billName(bill)).join('、');
  const amount = sumFen(about.map(({ bill }) => bill.openFen));
  return tenantNotice(keyOf(message), SEVERAL[tone], { room, bills, amount, count: about.length });
}

export function remindedEvent(message: ReminderMessage) {
  const [first, ...others] = message.about;
  const { billKey, offsetDays } = first?.reminder ?? { billKey: '', offsetDays: 0 };
  const also = others.map(({ reminder }) => reminder.billKey);
  return {
    key: keyOf(message),
    kind: 'reminded',
    data: { billKey, offsetDays, tone: message.tone, ...(also.length > 0 ? { also } : {}) },
  };
}
