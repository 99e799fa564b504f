import type { Knex } from 'knex';
import type { LeaseRecords } from '../../contract/temporal/lease-activities';
import { billedLines } from '../../db/bills';
import { appendEvents } from '../../db/events';
import type { NoticeDraft } from '../../db/lease-write';
import { updateLease } from '../../db/leases';
import { serveNotices } from '../../db/notices';
import { billName } from '../../domain/bill-name';
import { daysBetween } from '../../domain/calendar';
import type { Reminder } from '../../domain/dunning';
import { inLease } from './in-lease';
import { tenantNotice } from './notice';

const TEMPLATES = { upcoming: 'reminderUpcoming', due: 'reminderDue', overdue: 'reminderOverdue' } as const;

/** Reminders and the notice of the end: into the inbox and onto the timeline, each once by its key. */
export function dunning(db: Knex): Pick<LeaseRecords, 'remind' | 'noticeEnding'> {
  return {
    remind: ({ ref, at, reminders }) =>
      inLease(db, ref, async (tx) => {
        const bills = new Map((await billedLines(tx, ref.leaseId)).map((bill) => [bill.key, bill]));
        const notices = reminders.flatMap((reminder): NoticeDraft[] => {
          const bill = bills.get(reminder.billKey);
          if (!bill) return [];
          const words = { room: ref.roomNo, bill: billName(bill), amount: bill.openFen, dueOn: bill.dueOn };
          const days = Math.abs(reminder.offsetDays);
          return [tenantNotice(reminder.dedupeKey, TEMPLATES[reminder.tone], { ...words, days })];
        });
        await serveNotices(tx, ref, at, notices);
        await appendEvents(tx, ref.leaseId, at, reminders.map(remindedEvent));
      }),
    noticeEnding: ({ ref, at, today, endsOn }) =>
      inLease(db, ref, async (tx) => {
        const words = { room: ref.roomNo, endsOn, days: daysBetween(today, endsOn) };
        await serveNotices(tx, ref, at, [tenantNotice(`ending/${endsOn}`, 'endingNotice', words)]);
        await updateLease(tx, ref.leaseId, { endingNoticedAt: at });
      }),
  };
}

const remindedEvent = ({ dedupeKey, billKey, offsetDays, tone }: Reminder) => ({
  key: dedupeKey,
  kind: 'reminded',
  data: { billKey, offsetDays, tone },
});
