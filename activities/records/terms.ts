import { ApplicationFailure } from '@temporalio/activity';
import type { Knex } from 'knex';
import type { LeaseRecords, LeaseRef, TermsChange } from '../../contract/temporal/lease-activities';
import { balance, billedLines, billedSoFar, issueBills, voidBill } from '../../db/bills';
import { appendEvents, findEvent } from '../../db/events';
import { decideChange } from '../../db/lease-changes';
import type { Balance } from '../../db/lease-write';
import { loadLease, moveRoom, saveTerms } from '../../db/leases';
import { coTenantsOf, replaceCoTenants } from '../../db/queries/co-tenants';
import type { Tx } from '../../db/tx';
import { adjustmentBill, totalOf } from '../../domain/adjustment';
import type { BillDraft } from '../../domain/bill';
import { notDueBefore } from '../../domain/bill-generation';
import { addDays, shanghaiDate } from '../../domain/calendar';
import { formatDay } from '../../domain/format';
import type { LeaseChange } from '../../domain/lease-change';
import { sumFen } from '../../domain/money';
import { UNFORESEEN_DUE_DAYS } from '../../domain/payment-decision';
import { penaltiesIn, terminationPenalty } from '../../domain/termination';
import type { LeaseTerms } from '../../domain/terms';
import { issuedEvent, issuedNotice } from './billing';
import { auditCommand, auditStep } from './command-audit';
import { inLease } from './in-lease';
import { tenantNotice } from './notice';

/** New terms: the rooms that they keep (refused when one is taken), and one bill for what had been billed otherwise. */
export function termsChanges(db: Knex): Pick<LeaseRecords, 'saveChange' | 'moveRoom'> {
  return {
    moveRoom: ({ ref, at, roomId }) =>
      inLease(db, ref, async (tx) => {
        const { roomId: left, roomCode } = await loadLease(tx, ref.leaseId);
        const roomNo = await moveRoom(tx, ref.leaseId, roomId);
        await appendEvents(tx, ref.leaseId, at, [
          { key: `room/${roomId}/${shanghaiDate(Date.parse(at))}`, kind: 'roomMoved', data: { roomId, roomNo } },
        ]);
        if (left !== roomId) {
          await auditStep(tx, ref.leaseId, {
            action: 'lease.moveRoom',
            before: { roomId: left, roomNo: roomCode },
            after: { roomId, roomNo },
            why: 'transfer',
          });
        }
        return { roomNo };
      }),
    saveChange: (input) =>
      inLease(db, input.ref, async (tx) =>
        (await isStored(tx, input)) ? balance(tx, input.ref.leaseId) : storeChange(tx, input),
      ),
  };
}

const eventKey = ({ changeId }: Pick<TermsChange, 'changeId'>): string => `change/${changeId}`;

/** A change is carried out once: the same command again finds it done, another one is told. @throws ApplicationFailure ChangeDecided */
async function isStored(tx: Tx, { ref, command, ...input }: TermsChange): Promise<boolean> {
  const told = await findEvent(tx, ref.leaseId, eventKey(input));
  if (told && command && told.commandId && told.commandId !== command.id) {
    throw ApplicationFailure.nonRetryable('the change was carried out before', 'ChangeDecided');
  }
  return told !== undefined;
}

async function storeChange(tx: Tx, input: TermsChange): Promise<Balance> {
  const { ref, at, today, by, changeId, kind, terms, note, command } = input;
  const { leaseId, communityId } = ref;
  const before = await describe(tx, ref);
  if (kind === 'renewal') await forgivePenalties(tx, ref, at);
  await saveTerms(tx, { leaseId, terms, today });
  if (input.coTenantIds) await replaceCoTenants(tx, leaseId, input.coTenantIds, today);
  await decideChange(tx, changeId, { status: 'applied', at });
  const drafts = await correctingBills(tx, input);
  const totalFen = sumFen(drafts.map(totalOf));
  await auditCommand(tx, input, nameOf(input), {
    before,
    after: { ...(await describe(tx, ref)), changeId, kind, totalFen },
    why: note || kind,
  });
  const data = { kind, by, note, totalFen, endsOn: terms.endsOn, ...(command ? { commandId: command.id } : {}) };
  return issueBills(tx, {
    leaseId,
    communityId,
    at,
    drafts,
    events: [{ key: eventKey(input), kind: 'termsChanged', data }, ...drafts.map(issuedEvent)],
    notices: [
      tenantNotice(eventKey(input), 'termsChanged', {
        room: ref.roomNo,
        from: terms.segments.at(-1)?.from ?? terms.startsOn,
        change: changeName(kind, terms),
      }),
      ...drafts.filter((draft) => totalOf(draft) > 0).map((draft) => issuedNotice(draft, ref.roomNo)),
    ],
  });
}

/** What had been billed otherwise, and what leaving early costs. */
async function correctingBills(tx: Tx, input: TermsChange): Promise<readonly BillDraft[]> {
  const { ref, today, changeId, terms, billedUntil, leaving } = input;
  const billed = await billedSoFar(tx, ref.leaseId);
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
  return [...(adjustment ? [adjustment] : []), ...(penalty ? [notDueBefore(penalty, today)] : [])];
}

/** What a change can change. */
const describe = async (tx: Tx, { leaseId }: LeaseRef) => ({
  terms: (await loadLease(tx, leaseId)).terms,
  coTenantIds: await coTenantsOf(tx, leaseId),
});

/** The update that a step of an older worker came from, which does not say it. */
function nameOf({ kind, leaving }: TermsChange): string {
  if (kind !== 'earlyEnd') return 'confirmChange';
  return leaving ? 'requestTermination' : 'evictLease';
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
