import { both } from './cell';
import { checkLease, type LeaseFacts, putLease } from './collect-leases';
import { checkMeter, type MeterFacts, putMeter } from './collect-meters';
import { checkRoom, putRoom } from './collect-places';
import { communityKeyOf, type Draft, roomKeyOf, saysVacant } from './draft';
import type { Row } from './fields';
import { type Origin, type Refusal, refusal } from './table';
import type { MeterKind } from './words';

type FlatRow = Row<'rentRoll'>;

const METERS = [
  ['coldWater', 'waterNo', 'waterReading'],
  ['hotWater', 'hotWaterNo', 'hotWaterReading'],
  ['electricity', 'powerNo', 'powerReading'],
  ['gas', 'gasNo', 'gasReading'],
] as const satisfies readonly (readonly [MeterKind, keyof FlatRow, keyof FlatRow])[];

/**
 * A row of the one sheet that landlords keep: a room, and what belongs to it. It is taken over whole or not at all. A vacant room's
 * rent is what is asked for it; a let room's rent is its lease's, and says nothing about its price.
 */
export function collectFlat(draft: Draft, origin: Origin, row: FlatRow): Refusal[] {
  const meters = metersOf(row);
  const { lease, refused } = leaseOf(origin, row);
  const twice = checkRoom(draft, origin, row);
  if (twice.length > 0) return [...refused, ...twice];
  refused.push(
    ...(lease ? checkLease(draft, origin, lease) : []),
    ...meters.flatMap((meter) => checkMeter(draft, origin, meter)),
    ...orphanReadings(origin, row),
  );
  if (refused.length > 0) return refused;
  // The tenant may still turn out to be two people, so the lease goes in first.
  const clashes = lease ? putLease(draft, origin, lease) : [];
  if (clashes.length > 0) return clashes;
  putRoom(draft, origin, row);
  for (const meter of meters) putMeter(draft, origin, meter);
  putListPrice(draft, origin, row, lease !== null);
  return [];
}

type LeaseOf = { readonly lease: LeaseFacts | null; readonly refused: Refusal[] };

function leaseOf(origin: Origin, row: FlatRow): LeaseOf {
  const refused: Refusal[] = [];
  const need = (field: string) =>
    refused.push(refusal(origin, field, both('有租客的房间必须填写', 'must be filled for a room with a tenant')));
  if (row.tenant === null || saysVacant(row.tenant)) {
    const stray = (['start', 'end', 'paidUntil', 'nextPeriod'] as const).find((field) => row[field] !== null);
    const owed = row.arrears ? 'arrears' : row.prepayment ? 'prepayment' : stray;
    if (owed) refused.push(refusal(origin, owed, both('该行没有租客', 'the row has no tenant')));
    return { lease: null, refused };
  }
  const { tenant, start, end, rent } = row;
  if (start === null) need('start');
  if (end === null) need('end');
  if (rent === null) need('rent');
  if (start === null || end === null || rent === null) return { lease: null, refused };
  return { lease: { ...row, tenant, start, end, rent }, refused };
}

function metersOf(row: FlatRow): MeterFacts[] {
  return METERS.flatMap(([kind, field, reading]) => {
    const number = row[field];
    if (number === null) return [];
    return [{ roomKey: roomKeyOf(row), kind, number, thousandths: row[reading], readOn: row.readOn, field }];
  });
}

const orphanReadings = (origin: Origin, row: FlatRow): Refusal[] =>
  METERS.filter(([, field, reading]) => row[field] === null && row[reading] !== null).map(([, , reading]) =>
    refusal(origin, reading, both('有读数但没有表号', 'a reading without a meter number')),
  );

function putListPrice(draft: Draft, origin: Origin, row: FlatRow, isLet: boolean): void {
  const rateFen = row.listRent ?? (isLet ? null : row.rent);
  if (rateFen === null) return;
  draft.prices.push({
    communityKey: communityKeyOf(row),
    scope: 'room',
    scopeKey: roomKeyOf(row),
    minMonths: 0,
    maxMonths: null,
    cycle: row.cycle?.cycle ?? 1,
    basis: row.basis ?? 'perMonth',
    rateFen,
    validFrom: null,
    depositMonths: row.cycle?.depositMonths ?? 1,
    taxBasisPoints: row.taxRate ?? 0,
    escalation: row.escalation ?? { kind: 'none' },
    origin,
  });
}
