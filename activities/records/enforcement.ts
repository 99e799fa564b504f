import type { Knex } from 'knex';
import type { EnforcementRecord, LeaseRecords } from '../../contract/temporal/lease-activities';
import { audit } from '../../db/audit';
import { openBills } from '../../db/bills';
import { protections } from '../../db/enforcement';
import { closeCase, openCase } from '../../db/enforcement-cases';
import { appendEvents, findEvent } from '../../db/events';
import { loadLease, updateLease } from '../../db/leases';
import { leaseNotices, serveNotices } from '../../db/notices';
import type { Tx } from '../../db/tx';
import type { OpenBill } from '../../domain/bill';
import { billKindName } from '../../domain/bill-name';
import { arrears, explainEnforcement, overdueAt } from '../../domain/enforcement';
import { type Fen, sumFen } from '../../domain/money';
import type { EnforcementPolicy } from '../../domain/policy';
import { actorOf } from './actor';
import { inLease } from './in-lease';
import { staffNotice, tenantNotice } from './notice';

type Records = Pick<LeaseRecords, 'gatherEnforcement' | 'recordEnforcement' | 'serveArrearsNotice'>;

/** What a lock-out is decided on, and the case file that it leaves. */
export function enforcement(db: Knex): Records {
  return {
    gatherEnforcement: ({ ref, at, today, roomId }) =>
      inLease(db, ref, async (tx) => {
        const { leaseId } = ref;
        const lease = await loadLease(tx, leaseId);
        const owed = arrears(await openBills(tx, leaseId), lease.policy.enforcement, Date.parse(at));
        const stored = await protections(tx, { leaseId, roomId, today });
        return {
          ...stored,
          humanRelease: stands(lease.humanRelease, owed.bills, lease.policy.enforcement) ? stored.humanRelease : null,
          noticeServed: await allNoticed(tx, leaseId, owed.bills),
          occupied: lease.status === 'effective' || lease.status === 'ending',
        };
      }),
    serveArrearsNotice: ({ ref, at, today, billKeys }) =>
      inLease(db, ref, async (tx) => {
        const bills = (await openBills(tx, ref.leaseId)).filter(({ key }) => billKeys.includes(key));
        const names = bills.map(({ kind, dueOn }) => `${billKindName(kind)} ${dueOn}`).join('、');
        const words = { room: ref.roomNo, today, amount: openFen(bills), bills: names };
        // A key for each bill, so that every bill has its own proof of service.
        const notices = bills.map(({ key }) => tenantNotice(arrearsKey(key), 'arrearsNotice', words));
        await serveNotices(tx, ref, at, notices);
      }),
    recordEnforcement: (input) => inLease(db, input.ref, (tx) => recordEnforcement(tx, input)),
  };
}

/** A step that is repeated after a crash finds the room as it left it, and tells nothing twice. */
async function recordEnforcement(tx: Tx, input: EnforcementRecord): Promise<void> {
  const { ref, at, state, roomId, why, billKeys, confirmed, by = null } = input;
  const { leaseId } = ref;
  const before = await loadLease(tx, leaseId);
  const key = why === 'checkout' ? 'enforcement/checkout' : `enforcement/${state}/${at}`;
  if (why === 'checkout' ? await findEvent(tx, leaseId, key) : before.enforcement === state) return;
  const bills = (await openBills(tx, leaseId)).filter(({ key }) => billKeys.includes(key));
  const amount = openFen(bills);
  await updateLease(tx, leaseId, { enforcement: state, enforcedRoomId: state === 'restricted' ? roomId : null });
  if (state === 'none') {
    await closeCase(tx, leaseId, at, why);
  } else if (why !== 'checkout' && roomId) {
    const notices = (await leaseNotices(tx, leaseId)).filter(({ key }) => billKeys.some((bill) => key.endsWith(bill)));
    const evidence = {
      bills,
      notices: notices.map(({ key, servedAt, readAt }) => ({ key, servedAt, readAt })),
      confirmed,
    };
    await openCase(tx, { leaseId, roomId, state, arrearsFen: amount, evidence, at, by });
  }
  await appendEvents(tx, leaseId, at, [
    {
      key,
      kind: KINDS[state],
      data: { why, text: textOf(why), roomId, billKeys, confirmed },
    },
  ]);
  await serveNotices(tx, ref, at, noticesOf(input, amount));
  await audit(tx, {
    actor: actorOf(by),
    action: 'lease.enforcement',
    subject: { kind: 'lease', id: leaseId },
    before: { enforcement: before.enforcement },
    after: { enforcement: state, roomId, confirmed },
    why,
  });
}

const KINDS = { none: 'released', awaitingConfirmation: 'confirmationAsked', restricted: 'restricted' } as const;

function noticesOf({ ref, at, state, why }: EnforcementRecord, amount: Fen) {
  const room = ref.roomNo;
  const key = `enforcement/${state}/${at}`;
  if (why === 'checkout' || why === 'notifyOnly' || why === 'roomChanged') return []; // that room is not the tenant's any more
  if (state === 'restricted') return [tenantNotice(key, 'restricted', { room, amount })];
  if (state === 'none') return [tenantNotice(key, 'released', { room })];
  return [staffNotice(key, 'enforcementConfirmationNeeded', { room, amount })];
}

function textOf(why: EnforcementRecord['why']): string {
  switch (why) {
    case 'checkout':
      return '退房日，房间锁门断电';
    case 'workflowCancelled':
      return '租约流程被取消，恢复使用';
    case 'roomChanged':
      return '已换房，对原房间的欠费限制随之结束';
    default:
      return explainEnforcement(why);
  }
}

/** A person let the tenant in despite certain arrears: it holds while one of those bills is open, and not for later ones. */
function stands(release: unknown, bills: readonly OpenBill[], policy: EnforcementPolicy): boolean {
  const at = release && typeof release === 'object' && 'at' in release ? Date.parse(String(release.at)) : Number.NaN;
  return bills.some((bill) => overdueAt(bill, policy) <= at);
}

const arrearsKey = (billKey: string): string => `arrears/${billKey}`;

/** A lock-out rests on a notice about each of its bills. */
async function allNoticed(tx: Tx, leaseId: EnforcementRecord['ref']['leaseId'], bills: readonly OpenBill[]) {
  if (bills.length === 0) return false;
  const served = new Set((await leaseNotices(tx, leaseId)).map(({ key }) => key));
  return bills.every(({ key }) => served.has(arrearsKey(key)));
}

const openFen = (bills: readonly OpenBill[]): Fen => sumFen(bills.map((bill) => bill.openFen));
