import type { LocalDate } from './calendar';
import type { RoomId } from './ids';
import type { LeaseTerms, TermSegment } from './terms';

/** The conditions in force on `day`; before the lease begins, those it begins with. @throws RangeError on terms without segments. */
export function segmentOn(terms: LeaseTerms, day: LocalDate): TermSegment {
  const segment = terms.segments.findLast(({ from }) => from <= day) ?? terms.segments[0];
  if (!segment) throw new RangeError('terms without a segment');
  return segment;
}

/** The room that the lease lives in on `day`. */
export const roomOn = (terms: LeaseTerms, day: LocalDate): RoomId => segmentOn(terms, day).roomId;
