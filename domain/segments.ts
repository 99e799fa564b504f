import type { LocalDate } from './calendar';
import { rateOn } from './rate';
import { segmentOn } from './segment-on';
import type { LeaseTerms, SegmentReason, TermSegment } from './terms';

/** Conditions that an agreement sets; what is left out is carried on. */
export type Conditions = Partial<Pick<TermSegment, 'rateFen' | 'escalation' | 'cycle' | 'fees' | 'roomId'>>;

const priceStart = ({ priceFrom, from }: TermSegment): LocalDate => priceFrom ?? from;

/** The segments with a boundary on `day`, whose segment goes on as before. The reasons that begin a lease or a renewal stay. */
export function splitAt(terms: LeaseTerms, day: LocalDate, reason: SegmentReason): TermSegment[] {
  const current = segmentOn(terms, day);
  return terms.segments.flatMap((segment) => {
    if (segment !== current) return [segment];
    if (segment.from !== day) return [segment, { ...segment, from: day, reason, priceFrom: priceStart(segment) }];
    return [segment.reason === 'original' || segment.reason === 'renewal' ? segment : { ...segment, reason }];
  });
}

/**
 * Sets conditions from `day` on. Later segments that had been agreed already keep what they set themselves, and follow in what they
 * only carried on: a new rent reaches through a suspension up to the next renewal or rent change; a new room stays the room.
 */
export function amendFrom(terms: LeaseTerms, day: LocalDate, set: Conditions, reason: SegmentReason): TermSegment[] {
  const old = segmentOn(terms, day);
  const { rateFen, escalation, ...others } = set;
  const priced = rateFen !== undefined || escalation !== undefined;
  const price = {
    rateFen: rateFen ?? rateOn(old, terms, day),
    escalation: escalation ?? old.escalation,
    priceFrom: day,
  };
  const follows = {
    price: priced,
    cycle: others.cycle !== undefined,
    fees: others.fees !== undefined,
    roomId: others.roomId !== undefined,
  };
  return splitAt(terms, day, reason).map((segment) => {
    if (segment.from < day) return segment;
    const renewed = segment.reason === 'renewal' && segment.from !== day;
    follows.price &&= !renewed && priceStart(segment) === priceStart(old);
    follows.cycle &&= !renewed && segment.cycle === old.cycle;
    follows.fees &&= !renewed && JSON.stringify(segment.fees) === JSON.stringify(old.fees);
    follows.roomId &&= segment.roomId === old.roomId;
    return {
      ...segment,
      ...(follows.price ? price : {}),
      ...(follows.cycle && others.cycle !== undefined ? { cycle: others.cycle } : {}),
      ...(follows.fees && others.fees !== undefined ? { fees: others.fees } : {}),
      ...(follows.roomId && others.roomId !== undefined ? { roomId: others.roomId } : {}),
    };
  });
}

/** Stops charging from `from` until `until` (null: for good, renewals agreed already included). */
export function suspend(terms: LeaseTerms, from: LocalDate, until: LocalDate | null): TermSegment[] {
  const bounded = until === null ? terms : { ...terms, segments: splitAt(terms, until, 'resumption') };
  return splitAt(bounded, from, 'suspension').map((segment) =>
    segment.from >= from && (until === null || segment.from < until) ? { ...segment, suspended: true } : segment,
  );
}

/** Charges again from `day` until the end, or until the next suspension that does not touch this one. */
export function resume(terms: LeaseTerms, day: LocalDate): TermSegment[] {
  let running = true;
  return splitAt(terms, day, 'resumption').map((segment) => {
    if (segment.from < day) return segment;
    running &&= segment.suspended;
    return running ? { ...segment, suspended: false } : segment;
  });
}

/** The last segment carried into a new term. Its years of escalation begin again, at its own rate unless one is given. */
export function renew(terms: LeaseTerms, from: LocalDate, set: Conditions): TermSegment[] {
  const { priceFrom: _counted, ...last } = segmentOn(terms, terms.endsOn);
  const rateFen = set.rateFen ?? rateOn(segmentOn(terms, terms.endsOn), terms, terms.endsOn);
  return [...terms.segments, { ...last, ...set, rateFen, from, reason: 'renewal' }];
}
