import type { Knex } from 'knex';
import type { LeaseRecords } from '../../contract/temporal/lease-activities';
import { issueBills } from '../../db/bills';
import type { LeaseEvent, NoticeDraft } from '../../db/lease-write';
import { totalOf } from '../../domain/adjustment';
import type { BillDraft } from '../../domain/bill';
import { billName } from '../../domain/bill-name';
import { inLease } from './in-lease';
import { tenantNotice } from './notice';

/** Issuing bills: lines, ledger, timeline and notice in one statement; a bill that exists already is passed over. */
export function billing(db: Knex): Pick<LeaseRecords, 'issueBills'> {
  return {
    issueBills: ({ ref, at, drafts, billedUntil }) =>
      inLease(db, ref, (tx) =>
        issueBills(tx, {
          leaseId: ref.leaseId,
          communityId: ref.communityId,
          at,
          drafts,
          billedUntil,
          events: drafts.map(issuedEvent),
          notices: drafts.map((draft) => issuedNotice(draft, ref.roomNo)),
        }),
      ),
  };
}

export const issuedEvent = (draft: BillDraft): LeaseEvent => ({
  key: `bill/${draft.key}`,
  kind: 'billIssued',
  data: { billKey: draft.key, billKind: draft.kind, totalFen: totalOf(draft), dueOn: draft.dueOn },
});

export const issuedNotice = (draft: BillDraft, room: string): NoticeDraft =>
  tenantNotice(`bill/${draft.key}`, 'billIssued', {
    room,
    bill: billName(draft),
    amount: totalOf(draft),
    dueOn: draft.dueOn,
  });
