import { addDays, type LocalDate } from '../calendar';
import { formatYuan } from '../format';
import type { LeaseId, TenantId } from '../ids';
import { both } from './cell';
import { checkImportedTerms, firstDayToBill, importedTerms } from './lease-terms';
import { findRoom, NO_ROOM } from './plan-places';
import { useTenant } from './plan-tenants';
import { isOut, type Planning, refuse } from './planning';
import type { RollLease } from './roll';
import type { Hold, KnownLease } from './snapshot';

export function planLeases(planning: Planning): void {
  for (const lease of planning.roll.leases.values()) {
    if (!isOut(planning, lease.origin)) planLease(planning, lease);
  }
}

function planLease(planning: Planning, lease: RollLease): void {
  const room = findRoom(planning, lease.roomKey);
  if (!room) {
    refuse(planning, lease.origin, 'room', NO_ROOM);
    return;
  }
  const tenantId = useTenant(planning, lease.tenantKey, lease.origin);
  if (tenantId === null) return;
  const known = planning.snapshot.leases
    .get(lease.roomKey)
    ?.find(({ terms, tenantId: of }) => terms.startsOn === lease.startsOn && of === tenantId);
  if (known) compare(planning, lease, known);
  else if (!isHeld(planning, lease) && !numberIsTaken(planning, lease))
    addLease(planning, lease, { ...room, tenantId });
}

/**
 * A lease that runs here is changed here, where the tenant confirms it and a dry run shows the bills; a sheet that says otherwise is
 * refused. What it owes and has paid is the ledger's from the first import on, and is not compared.
 */
function compare(planning: Planning, lease: RollLease, known: KnownLease): void {
  const difference = known.closed ? null : differenceOf(lease, known);
  if (difference === null) {
    planning.unchanged.leases++;
    return;
  }
  const [field, here] = difference;
  const reason = both(
    `租约 ${known.number} 已在平台运行(该项为 ${here}),请在平台办理变更,不能用导入修改`,
    `lease ${known.number} runs on the platform (there: ${here}); change it there, not by import`,
  );
  refuse(planning, lease.origin, field, reason);
}

/** Against what was imported: segments that renewals and amendments added later do not count. */
function differenceOf(lease: RollLease, { terms }: KnownLease): readonly [field: string, here: string] | null {
  const original = terms.segments[0];
  const renewal = terms.segments.find(({ reason }) => reason === 'renewal');
  const endsOn = renewal ? addDays(renewal.from, -1) : terms.endsOn;
  if (endsOn !== lease.endsOn) return ['end', endsOn];
  if (terms.depositFen !== lease.depositFen) return ['deposit', formatYuan(terms.depositFen)];
  if (original && original.rateFen !== lease.rateFen) return ['rent', formatYuan(original.rateFen)];
  if (original && (original.cycle !== lease.cycle || original.basis !== lease.basis)) {
    return ['cycle', `${original.cycle}`];
  }
  return null;
}

function isHeld(planning: Planning, lease: RollLease): boolean {
  const from = lease.startsOn;
  const until = addDays(lease.endsOn, 1);
  const others: readonly Hold[] = [
    ...(planning.snapshot.holds.get(lease.roomKey) ?? []),
    ...(planning.holds.get(lease.roomKey) ?? []),
  ];
  const rival = others.find((hold) => hold.from < until && from < hold.until);
  if (!rival) return false;
  const last: LocalDate = addDays(rival.until, -1);
  const reason = both(
    `与${rival.number} ${rival.from} 至 ${last} 的租约重叠`,
    `overlaps the lease ${rival.number} from ${rival.from} to ${last}`,
  );
  refuse(planning, lease.origin, 'start', reason);
  return true;
}

function numberIsTaken(planning: Planning, { number, origin }: RollLease): boolean {
  if (number === null || !planning.snapshot.leaseNumbers.has(number)) return false;
  refuse(planning, origin, 'number', both('合同编号已被另一租约使用', 'another lease has this number'));
  return true;
}

type Parties = NonNullable<ReturnType<typeof findRoom>> & { readonly tenantId: TenantId };

function addLease(planning: Planning, lease: RollLease, { id: roomId, communityId, tenantId }: Parties): void {
  const { asOf, snapshot, changes } = planning;
  const terms = importedTerms(lease, roomId, asOf);
  const wrong = checkImportedTerms(lease, terms, asOf);
  const billedUntil = wrong.length > 0 ? null : firstDayToBill(lease, terms, asOf);
  if (billedUntil === null || !billedUntil.ok) {
    for (const refusal of wrong) planning.refused.push({ origin: lease.origin, refusal });
    if (billedUntil) refuse(planning, lease.origin, 'paidUntil', billedUntil.reason);
    return;
  }
  const id = planning.newId() as LeaseId;
  const number = lease.number ?? numberFor(lease, id);
  const { arrearsFen, prepaymentFen, depositFen } = lease;
  const policy = snapshot.communities.get(lease.communityKey)?.policy ?? snapshot.operatorPolicy;
  const money = { arrearsFen, prepaymentFen, depositFen };
  changes.newLeases.push({
    id,
    number,
    communityId,
    roomId,
    tenantId,
    terms,
    policy,
    billedUntil: billedUntil.value,
    ...money,
  });
  planning.created.leases++;
  hold(planning, lease, number);
}

function hold(planning: Planning, lease: RollLease, number: string): void {
  const holds = planning.holds.get(lease.roomKey) ?? [];
  holds.push({ number, from: lease.startsOn, until: addDays(lease.endsOn, 1) });
  planning.holds.set(lease.roomKey, holds);
}

/** DR (导入) with the first day and the id's random end: unique without asking the database for a number. */
const numberFor = ({ startsOn }: RollLease, id: LeaseId): string =>
  `DR${startsOn.replaceAll('-', '')}-${id.slice(-12).toUpperCase()}`;
