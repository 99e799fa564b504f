import { addDays, type LocalDate } from '../domain/calendar';
import type { RoomId } from '../domain/ids';
import type { LeaseTerms } from '../domain/terms';

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
