import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { PROBLEMS } from '../contract/errors';
import type * as http from '../contract/http/lease-verbs';
import { billedLines, billedSoFar } from '../db/bills';
import { findEvent } from '../db/events';
import { changesOf, type LeaseChangeRecord } from '../db/lease-changes';
import { loadLease } from '../db/leases';
import { occupancyOf } from '../db/occupancy';
import type { LeaseKey } from '../db/queries/leases';
import { findRoom, holderOf } from '../db/queries/rooms';
import type { Tx } from '../db/tx';
import { adjustmentBill, totalOf } from '../domain/adjustment';
import { generateBills } from '../domain/bill-generation';
import type { LocalDate } from '../domain/calendar';
import { applyChange, type DryRun, dryRun, type LeaseChange } from '../domain/change';
import type { ChangeId, LeaseId, RoomId } from '../domain/ids';
import { fen, sumFen } from '../domain/money';
import type { Period } from '../domain/schedule';
import { penaltiesIn, terminationPenalty } from '../domain/termination';
import type { Frozen } from './call';
import { draftWithTotal } from './pricing';
import { found, Refusal } from './refusal';

type Change = Frozen<z.output<typeof http.change>>;

/** What is kept of a dry run, so that it can be shown again; `basedOn` tells whether the lease has changed since. */
type StoredDryRun = Pick<Change, 'terms' | 'adjustment' | 'before' | 'after' | 'deltaFen'> & {
  readonly basedOn: string;
};

const fingerprint = (value: object): string => createHash('sha256').update(JSON.stringify(value)).digest('base64url');

const present = ({ from, until, dueOn, lines }: Period) => ({ from, until, dueOn, amountFen: totalOf({ lines }) });

const keep = (run: DryRun, basedOn: string): StoredDryRun => ({
  basedOn,
  terms: run.terms,
  adjustment: run.adjustment && draftWithTotal(run.adjustment),
  before: run.before.map(present),
  after: run.after.map(present),
  deltaFen: run.deltaFen,
});

async function issued(tx: Tx, leaseId: LeaseId) {
  const bills = (await billedLines(tx, leaseId)).filter(({ voided }) => !voided);
  return { bills, lines: await billedSoFar(tx, leaseId) };
}

/** The terms that a change would be made to. */
const basisOf = async (tx: Tx, leaseId: LeaseId): Promise<string> => fingerprint((await loadLease(tx, leaseId)).terms);

/**
 * A change as it was asked for, if it may be confirmed now. One that this very command has confirmed before, its answer lost, may be sent
 * again: the lease answers as it did. @throws Refusal NotFound, ChangeDecided, or ChangeOutdated when the terms are others than at its dry run
 */
export async function changeToConfirm(
  tx: Tx,
  leaseId: LeaseId,
  { changeId, commandId }: { readonly changeId: ChangeId; readonly commandId: string },
): Promise<LeaseChange> {
  const stored = found((await changesOf(tx, leaseId)).find(({ id }) => id === changeId));
  if (stored.status === 'requested') {
    if ((stored.dryRun as StoredDryRun).basedOn !== (await basisOf(tx, leaseId))) throw new Refusal('ChangeOutdated');
  } else if ((await findEvent(tx, leaseId, `change/${changeId}`))?.commandId !== commandId) {
    throw new Refusal('ChangeDecided');
  }
  return stored.segment as LeaseChange;
}

/** The room to move to has to be one of the lease's own community, and offered. @throws Refusal NotFound, RoomNotOnSale */
async function checkRoom(tx: Tx, lease: Pick<LeaseKey, 'communityId'>, roomId: RoomId): Promise<void> {
  const { onSale } = found(await findRoom(tx, roomId, [lease.communityId]));
  if (!onSale) throw new Refusal('RoomNotOnSale');
}

/** What a change would do if it were confirmed on `on`. @throws Refusal with the domain's code, or RoomTaken */
export async function tryChange(
  tx: Tx,
  lease: Pick<LeaseKey, 'id' | 'communityId'>,
  change: LeaseChange,
  on: LocalDate,
): Promise<StoredDryRun> {
  const { terms, billedUntil } = await loadLease(tx, lease.id);
  if (change.kind === 'transfer') await checkRoom(tx, lease, change.roomId);
  const run = dryRun(terms, change, billedUntil ?? terms.startsOn, (await issued(tx, lease.id)).lines, on);
  if (!run.ok) throw new Refusal(run.code, { errors: [{ path: run.field, message: run.text }] });
  if (await holderOf(tx, occupancyOf(run.terms), lease.id)) throw new Refusal('RoomTaken');
  // Before the first bill there is nothing to correct: it will say what the terms say by then.
  return keep(billedUntil === null ? { ...run, adjustment: null } : run, fingerprint(terms));
}

export function presentChange(record: LeaseChangeRecord): Change {
  const { id, leaseId, kind, status, requestedAt } = record;
  const { terms, adjustment, before, after, deltaFen } = record.dryRun as StoredDryRun;
  const asked = record.segment as Change['asked'];
  const facts = { id, leaseId, kind: kind as Change['kind'], status, requestedAt, asked };
  return { ...facts, terms, adjustment, before, after, deltaFen };
}

/** What leaving on `endsOn` would cost, by the policy that the lease was signed under. @throws Refusal with the domain's code */
export async function tryTermination(
  tx: Tx,
  leaseId: LeaseId,
  endsOn: LocalDate,
  {
    today,
    prepaymentFen,
    depositFen,
  }: { readonly today: LocalDate; readonly prepaymentFen: number; readonly depositFen: number },
): Promise<Frozen<z.output<typeof http.terminationQuote>>> {
  const { terms, policy, billedUntil } = await loadLease(tx, leaseId);
  if (endsOn < today)
    throw new Refusal('DayInThePast', { errors: [{ path: 'lastDay', message: PROBLEMS.DayInThePast.zh }] });
  const decision = applyChange(terms, { kind: 'earlyEnd', endsOn });
  if (!decision.ok) throw new Refusal(decision.code, { errors: [{ path: 'lastDay', message: decision.text }] });
  const { bills, lines } = await issued(tx, leaseId);
  const basis = billedUntil && { terms: decision.terms, billedUntil, billed: lines };
  const adjustment = basis && adjustmentBill({ ...basis, changeId: 'dry-run', on: today, dueOn: today });
  const penalty = terminationPenalty(terms, policy.termination, {
    endsOn,
    noticedOn: today,
    changeId: 'dry-run',
    billedFen: penaltiesIn(lines),
  });
  const upcoming = billedUntil === null ? [] : generateBills(decision.terms, billedUntil, endsOn);
  const openFen = sumFen(bills.map(({ openFen: open }) => fen(Math.max(0, open))));
  const extra = sumFen([adjustment, penalty, ...upcoming].map((draft) => (draft ? totalOf(draft) : fen(0))));
  const estimateFen = depositFen + prepaymentFen - openFen - extra;
  return {
    ...{ lastDay: endsOn, depositFen, prepaymentFen, openFen, estimateFen },
    adjustment: adjustment && draftWithTotal(adjustment),
    upcoming: upcoming.map(draftWithTotal),
    penalty: penalty && draftWithTotal(penalty),
  };
}
