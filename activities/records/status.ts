import type { Knex } from 'knex';
import type { LeaseRecords, StatusMove } from '../../contract/temporal/lease-activities';
import type { Checkout } from '../../contract/temporal/lease-state';
import { audit } from '../../db/audit';
import { issueBills } from '../../db/bills';
import type { LeaseEvent, NoticeDraft } from '../../db/lease-write';
import { type LeaseRecord, loadLease, setStatus, updateLease } from '../../db/leases';
import type { Tx } from '../../db/tx';
import { actorOf } from './actor';
import { auditCommand } from './command-audit';
import { inLease } from './in-lease';
import { staffNotice, tenantNotice } from './notice';

export function statusMoves(db: Knex): Pick<LeaseRecords, 'moveLease'> {
  return { moveLease: (move) => inLease(db, move.ref, (tx) => recordMove(tx, move)) };
}

/** Writes a lease's new status with its place on the timeline, and tells who has to know. */
export async function recordMove(tx: Tx, move: StatusMove): Promise<void> {
  const { ref, at, from, to, checkout } = move;
  const planned = from === to ? await plannedMoveOut(tx, ref.leaseId) : null;
  if (planned && planned.moveOutOn === checkout?.moveOutOn && planned.reason === checkout.reason) return; // a repeated step
  const moved = await setStatus(tx, {
    leaseId: ref.leaseId,
    from,
    to,
    at,
    ...(checkout ? { checkout, endReason: checkout.reason } : {}),
    events: [movedEvent(move)],
  });
  if (!moved) return;
  if (to === 'closed') await updateLease(tx, ref.leaseId, { enforcement: 'none', enforcedRoomId: null });
  await auditMove(tx, move, planned);
  const notices = noticesOf(move, await loadLease(tx, ref.leaseId));
  if (notices.length > 0) {
    await issueBills(tx, { leaseId: ref.leaseId, communityId: ref.communityId, at, drafts: [], notices });
  }
}

/** The command's own row where the move is what was asked for; else one that says what the lease's status became. */
async function auditMove(tx: Tx, move: StatusMove, planned: Checkout | null): Promise<void> {
  const { ref, from, to, by, reason, checkout, command } = move;
  const before = { status: from, ...(planned ? { moveOutOn: planned.moveOutOn } : {}) };
  const after = { status: to, ...(checkout ? { moveOutOn: checkout.moveOutOn } : {}) };
  const facts = { before, after, why: reason };
  if (command) return auditCommand(tx, move, command.name, facts);
  const subject = { kind: 'lease', id: ref.leaseId };
  await audit(tx, { actor: actorOf(by), action: 'lease.status', subject, ...facts });
}

const plannedMoveOut = async (tx: Tx, leaseId: StatusMove['ref']['leaseId']): Promise<Checkout | null> =>
  (await loadLease(tx, leaseId)).checkout as Checkout | null;

export const movedEvent = ({ at, from, to, by, reason, checkout }: StatusMove): LeaseEvent => ({
  key: `status/${to}/${at}`,
  kind: from === to ? 'checkoutPlanned' : 'statusChanged',
  data: { from, to, by, reason, ...(checkout ? { moveOutOn: checkout.moveOutOn, inspectBy: checkout.inspectBy } : {}) },
});

function noticesOf({ ref, to, from, at, reason, checkout }: StatusMove, { terms, policy }: LeaseRecord): NoticeDraft[] {
  const key = `status/${to}/${at}`;
  const names = { room: ref.roomNo, lease: ref.number };
  const term = { startsOn: terms.startsOn, endsOn: terms.endsOn };
  switch (to) {
    case 'awaitingApproval':
      return [staffNotice(key, 'approvalNeeded', { ...names, ...term })];
    case 'awaitingSeal':
      return [tenantNotice(key, 'approved', names)];
    case 'effective':
      if (from === 'ending') return [];
      return [
        tenantNotice(key, 'contractEffective', { ...names, ...term }),
        tenantNotice(`${key}/move-in`, 'moveInInvitation', { ...names, ...term }),
      ];
    case 'ending':
      if (!checkout) return [];
      return [
        tenantNotice(key, 'checkoutScheduled', { ...names, day: checkout.moveOutOn, hour: policy.checkout.lockHour }),
      ];
    case 'checkingOut':
      return checkout?.inspectBy ? [tenantNotice(key, 'checkoutLocked', { ...names, until: checkout.inspectBy })] : [];
    case 'expired':
      return [tenantNotice(key, 'expired', names)];
    case 'cancelled':
      return [tenantNotice(key, 'cancelled', { ...names, reason })];
    default:
      return [];
  }
}
