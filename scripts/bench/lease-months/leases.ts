import type { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import { insertSignedLease } from '../../../db/leases';
import { withOperator } from '../../../db/tx';
import { addDays, addMonths, type LocalDate, shanghaiDate } from '../../../domain/calendar';
import { DEFAULT_POLICY } from '../../../domain/default-policy';
import { type LeaseId, parseId, type RoomId } from '../../../domain/ids';
import { fen } from '../../../domain/money';
import type { LeaseTerms } from '../../../domain/terms';
import type { World } from '../../seed/world';

/** A lease as the rent roll brings it: running, its first month billed by whoever ran it before. */
export function runningTerms(roomId: RoomId, startsOn: LocalDate, months: number): LeaseTerms {
  const rateFen = fen(320_000);
  const segment = { from: startsOn, reason: 'original', roomId, rateFen, basis: 'perMonth', cycle: 1 } as const;
  return {
    startsOn,
    endsOn: addDays(addMonths(startsOn, months + 1), -1),
    alignment: 'leaseDate',
    proration: 'actualDays',
    dueDayOffset: 0,
    issueDaysBeforeDue: 5,
    rentFreeDays: 0,
    discounts: [],
    depositFen: rateFen,
    taxBasisPoints: 500,
    segments: [{ ...segment, escalation: { kind: 'none' }, fees: [], suspended: false }],
  };
}

/** Inserts one running lease per room of the world, with `months` months left to bill from today on. */
export async function insertRunningLeases(db: Knex, world: World, months: number): Promise<LeaseId[]> {
  const now = Date.now();
  const startsOn = shanghaiDate(now);
  const signedAt = new Date(now).toISOString();
  const leaseIds: LeaseId[] = [];
  await withOperator(db, world.operatorId, async (tx) => {
    for (const [n, roomId] of world.roomIds.entries()) {
      const tenantId = world.tenantIds[n];
      if (!tenantId) throw new RangeError('a world has as many tenants as rooms');
      const id = parseId<'lease'>(uuid());
      const terms = runningTerms(roomId, startsOn, months);
      const { communityId } = world;
      const billedUntil = addMonths(startsOn, 1);
      const record = { id, number: `M-${n + 1}`, communityId, tenantId, terms, policy: DEFAULT_POLICY, signedAt };
      await insertSignedLease(tx, { ...record, status: 'effective', source: 'imported', billedUntil, events: [] });
      leaseIds.push(id);
    }
  });
  return leaseIds;
}
