import { addDays, type LocalDate } from '../domain/calendar';
import type { LeaseId, RoomId } from '../domain/ids';
import type { LeaseTerms } from '../domain/terms';
import type { Tx } from './tx';

/** A room kept from everyone else, `until` exclusive. */
export type Occupancy = { readonly roomId: RoomId; readonly from: LocalDate; readonly until: LocalDate };

/** The rooms that a lease keeps by its terms; neighbouring segments in one room are one stretch. */
export function occupancyOf(terms: LeaseTerms): readonly Occupancy[] {
  const end = addDays(terms.endsOn, 1);
  const stretches: Occupancy[] = [];
  terms.segments.forEach(({ roomId, from }, i) => {
    const until = terms.segments[i + 1]?.from ?? end;
    const last = stretches.at(-1);
    if (last?.roomId === roomId) stretches[stretches.length - 1] = { ...last, until };
    else if (from < until) stretches.push({ roomId, from, until });
  });
  return stretches;
}

/** Whether another lease that has begun keeps the room on that day: its door is not ours to lock any more. */
export async function isHeldByAnother(
  tx: Tx,
  { leaseId, roomId, today }: { readonly leaseId: LeaseId; readonly roomId: RoomId; readonly today: LocalDate },
): Promise<boolean> {
  const holders = await tx.query(
    `SELECT 1 AS held FROM lease_occupancy o JOIN lease l ON l.operator_id = o.operator_id AND l.id = o.lease_id
      WHERE o.room_id = $1 AND o.lease_id <> $2 AND o.during @> $3::date AND l.status IN ('effective', 'ending', 'checkingOut')`,
    [roomId, leaseId, today],
  );
  return holders.length > 0;
}
