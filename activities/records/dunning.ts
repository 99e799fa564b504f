import type { Knex } from 'knex';
import type { LeaseRecords } from '../../contract/temporal/lease-activities';
import { billedLines } from '../../db/bills';
import { appendEvents } from '../../db/events';
import { updateLease } from '../../db/leases';
import { serveNotices } from '../../db/notices';
import { daysBetween } from '../../domain/calendar';
import { inLease } from './in-lease';
import { tenantNotice } from './notice';
import { inOneMessage, remindedEvent, reminderNotice } from './reminders';

/** Reminders and the notice of the end: into the inbox and onto the timeline, each once by its key. */
export function dunning(db: Knex): Pick<LeaseRecords, 'remind' | 'noticeEnding'> {
  return {
    remind: ({ ref, at, reminders }) =>
      inLease(db, ref, async (tx) => {
        const bills = new Map((await billedLines(tx, ref.leaseId)).map((bill) => [bill.key, bill]));
        const messages = inOneMessage(reminders, bills);
        await serveNotices(
          tx,
          ref,
          at,
          messages.map((message) => reminderNotice(message, ref.roomNo)),
        );
        await appendEvents(tx, ref.leaseId, at, messages.map(remindedEvent));
      }),
    noticeEnding: ({ ref, at, today, endsOn }) =>
      inLease(db, ref, async (tx) => {
        const words = { room: ref.roomNo, endsOn, days: daysBetween(today, endsOn) };
        await serveNotices(tx, ref, at, [tenantNotice(`ending/${endsOn}`, 'endingNotice', words)]);
        await updateLease(tx, ref.leaseId, { endingNoticedAt: at });
      }),
  };
}
