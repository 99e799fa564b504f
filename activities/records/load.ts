import type { Knex } from 'knex';
import type { LeaseRecords } from '../../contract/temporal/lease-activities';
import type { Checkout, LeaseState, PendingRefund } from '../../contract/temporal/lease-state';
import { balance } from '../../db/bills';
import { type LeaseRecord, loadLease } from '../../db/leases';
import { unappliedPayments } from '../../db/payments';
import { refundsOf } from '../../db/refunds';
import type { Tx } from '../../db/tx';
import { type LocalDate, shanghaiDate } from '../../domain/calendar';
import type { LeaseId, OperatorId } from '../../domain/ids';
import { inLease } from './in-lease';

/** Everything that a lease's workflow remembers, read back from the record: how a lease starts, and how it comes back. */
export function loading(db: Knex): Pick<LeaseRecords, 'loadLease'> {
  return {
    loadLease: ({ operatorId, leaseId, now }) =>
      inLease(db, { operatorId, leaseId }, async (tx) => {
        const lease = await loadLease(tx, leaseId);
        const handedOver = await wasHandedOver(tx, leaseId);
        const state: LeaseState = {
          ...(await moneyOf(tx, leaseId, now)),
          ...stateOf(lease, operatorId, now),
          handedOver,
          confirmedBy: lease.enforcement === 'awaitingConfirmation' ? await confirmedBy(tx, leaseId) : null,
        };
        return { state, payments: (await unappliedPayments(tx, leaseId)).map(({ id }) => id) };
      }),
  };
}

async function moneyOf(tx: Tx, leaseId: LeaseId, now: number) {
  const pending = (await refundsOf(tx, leaseId)).find(({ status }) => status !== 'done');
  const refund: PendingRefund | null = pending ? { id: pending.id, amountFen: pending.amountFen, tryAt: now } : null;
  return { ...(await balance(tx, leaseId)), refund };
}

/**
 * Reminders since the signature are looked at again, which their keys make harmless; so are all overdue bills, which is how arrears that
 * a lease brought along are seen.
 */
const stateOf = (lease: LeaseRecord, operatorId: OperatorId, now: number) => ({
  operatorId,
  communityId: lease.communityId,
  leaseId: lease.id,
  number: lease.number,
  room: { id: lease.roomId, no: lease.roomCode, since: inRoomSince(lease, now) },
  status: lease.status,
  terms: lease.terms,
  policy: lease.policy,
  signedAt: Date.parse(lease.signedAt),
  billedUntil: lease.billedUntil,
  remindedThrough: Date.parse(lease.signedAt),
  enforcement: lease.enforcement,
  enforcedRoomId: lease.enforcedRoomId,
  enforcementCheckedThrough: 0,
  enforcementWaitUntil: null,
  endingNoticed: lease.endingNoticedAt !== null,
  checkout: (lease.checkout as Checkout | null) ?? null,
});

/** The first day of the stretch in which the record has the lease in its present room. */
function inRoomSince({ terms, roomId }: LeaseRecord, now: number): LocalDate {
  const today = shanghaiDate(now);
  return (
    terms.segments.findLast((segment) => segment.roomId === roomId && segment.from <= today)?.from ?? terms.startsOn
  );
}

/** A lease that was taken over running has its room; another has it once the timeline says so. */
async function wasHandedOver(tx: Tx, leaseId: LeaseId): Promise<boolean> {
  const events = await tx.query(
    `SELECT 1 AS known FROM lease_event WHERE lease_id = $1 AND dedupe_key IN ('handed-over', 'imported')`,
    [leaseId],
  );
  return events.length > 0;
}

/** Who said yes to the lock-out that was asked for last, when it still waits for its hour. */
async function confirmedBy(tx: Tx, leaseId: LeaseId): Promise<string | null> {
  const [answer] = await tx.query<{ by: string }>(
    `SELECT data->>'by' AS by FROM lease_event WHERE lease_id = $1 AND kind = 'lockOutConfirmed'
        AND seq > (SELECT max(seq) FROM lease_event WHERE lease_id = $1 AND kind = 'confirmationAsked')
      ORDER BY seq DESC LIMIT 1`,
    [leaseId],
  );
  return answer?.by ?? null;
}
