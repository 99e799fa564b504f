import type { Knex } from 'knex';
import type { LeaseRecords, LeaseRef } from '../../contract/temporal/lease-activities';
import { billedLines, billedSoFar, issueBills, voidBill } from '../../db/bills';
import { appendEvents } from '../../db/events';
import { moveRoom, saveTerms } from '../../db/leases';
import type { Tx } from '../../db/tx';
import { adjustmentBill, totalOf } from '../../domain/adjustment';
import { notDueBefore } from '../../domain/bill-generation';
import { addDays, shanghaiDate } from '../../domain/calendar';
import { formatDay } from '../../domain/format';
import type { LeaseChange } from '../../domain/lease-change';
import { sumFen } from '../../domain/money';
import { UNFORESEEN_DUE_DAYS } from '../../domain/payment-decision';
import { penaltiesIn, terminationPenalty } from '../../domain/termination';
import type { LeaseTerms } from '../../domain/terms';
import { issuedEvent, issuedNotice } from './billing';
import { inLease } from './in-lease';
import { tenantNotice } from './notice';

/** New terms: the rooms that they keep (refused when one is taken), and one bill for what had been billed otherwise. */
export function termsChanges(db: Knex): Pick<LeaseRecords, 'saveChange' | 'moveRoom'> {
  return {
    moveRoom: ({ ref, at, roomId }) =>
      inLease(db, ref, async (tx) => {
        const roomNo = await moveRoom(tx, ref.leaseId, roomId);
        await appendEvents(tx, ref.leaseId, at, [
          { key: `room/${roomId}/${shanghaiDate(Date.parse(at))}`, kind: 'roomMoved', data: { roomId, roomNo } },
        ]);
        return { roomNo };
      }),
    saveChange: ({ ref, at, today, by, changeId, kind, terms, billedUntil, leaving, note }) =>
      inLease(db, ref, async (tx) => {
        const { leaseId, communityId } = ref;
        if (kind === 'renewal') await forgivePenalties(tx, ref, at);
        await saveTerms(tx, { leaseId, terms, today });
        const billed = await billedSoFar(tx, leaseId);
        const dueOn = addDays(today, UNFORESEEN_DUE_DAYS);
        const adjustment = billedUntil && adjustmentBill({ terms, billedUntil, billed, changeId, on: today, dueOn });
        const penalty =
          leaving &&
          terminationPenalty(leaving.terms, leaving.policy.termination, {
            endsOn: terms.endsOn,
            noticedOn: leaving.noticedOn,
            changeId,
            billedFen: penaltiesIn(billed),
          });
        const drafts = [...(adjustment ? [adjustment] : []), ...(penalty ? [notDueBefore(penalty, today)] : [])];
        const totalFen = sumFen(drafts.map(totalOf));
        return issueBills(tx, {
          leaseId,
          communityId,
          at,
          drafts,
          events: [
            {
              key: `change/${changeId}`,
              kind: 'termsChanged',
              data: { kind, by, note, totalFen, endsOn: terms.endsOn },
            },
            ...drafts.map(issuedEvent),
          ],
          notices: [
            tenantNotice(`change/${changeId}`, 'termsChanged', {
              room: ref.roomNo,
              from: terms.segments.at(-1)?.from ?? terms.startsOn,
              change: changeName(kind, terms),
            }),
            ...drafts.filter((draft) => totalOf(draft) > 0).map((draft) => issuedNotice(draft, ref.roomNo)),
          ],
        });
      }),
  };
}

/** Who stays after all did not leave early: an early end that a renewal takes back costs nothing, and what was paid for it is credit. */
async function forgivePenalties(tx: Tx, { leaseId, communityId }: LeaseRef, at: string): Promise<void> {
  for (const { key, kind, voided } of await billedLines(tx, leaseId)) {
    if (kind === 'penalty' && !voided) await voidBill(tx, { leaseId, communityId, at, key, reason: 'renewed' });
  }
}

const CHANGES: Record<LeaseChange['kind'], string> = {
  renewal: '续租',
  amendment: '租金或付款条件变更',
  coTenants: '同住人变更',
  transfer: '换房',
  suspension: '暂停计租',
  resumption: '恢复计租',
  earlyEnd: '提前结束',
};

const changeName = (kind: LeaseChange['kind'], terms: LeaseTerms): string =>
  `${CHANGES[kind]}，租期至 ${formatDay(terms.endsOn)}`;
