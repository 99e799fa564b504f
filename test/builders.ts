import type { LeaseState } from '../contract/temporal/lease-state';
import { type LocalDate, localDate, shanghaiInstant } from '../domain/calendar';
import { DEFAULT_POLICY } from '../domain/default-policy';
import { parseId } from '../domain/ids';
import { fen } from '../domain/money';
import { roomOn } from '../domain/segment-on';
import type { LeaseTerms, TermSegment } from '../domain/terms';

const uuid = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** A stretch of a lease at 3,000 yuan a month, paid monthly, in room 1. */
export const aSegment = (overrides: Partial<TermSegment> = {}): TermSegment => ({
  from: localDate('2026-01-01'),
  reason: 'original',
  roomId: parseId(uuid(1)),
  rateFen: fen(300_000),
  basis: 'perMonth',
  cycle: 1,
  escalation: { kind: 'none' },
  fees: [],
  suspended: false,
  ...overrides,
});

/** A year from `startsOn` with one month's deposit; bills go out five days before they are due, on the first day of their period. */
export function aLease(overrides: Partial<LeaseTerms> = {}): LeaseTerms {
  const startsOn: LocalDate = overrides.startsOn ?? localDate('2026-01-01');
  return {
    startsOn,
    endsOn: localDate('2026-12-31'),
    alignment: 'leaseDate',
    proration: 'actualDays',
    dueDayOffset: 0,
    issueDaysBeforeDue: 5,
    rentFreeDays: 0,
    discounts: [],
    depositFen: fen(300_000),
    taxBasisPoints: 0,
    segments: [aSegment({ from: startsOn })],
    ...overrides,
  };
}

/** What a lease's workflow remembers: signed on the day it starts, nothing billed, nothing owed. */
export function aLeaseState(overrides: Partial<LeaseState> = {}): LeaseState {
  const terms = overrides.terms ?? aLease();
  const signedAt = overrides.signedAt ?? shanghaiInstant(terms.startsOn, 9);
  return {
    operatorId: parseId(uuid(100)),
    communityId: parseId(uuid(200)),
    leaseId: parseId(uuid(300)),
    number: 'L-2026-0001',
    room: { id: roomOn(terms, terms.startsOn), no: 'A-101', since: terms.startsOn },
    status: 'signed',
    terms,
    policy: DEFAULT_POLICY,
    signedAt,
    billedUntil: null,
    open: [],
    prepaymentFen: fen(0),
    remindedThrough: signedAt,
    enforcement: 'none',
    enforcedRoomId: null,
    enforcementCheckedThrough: signedAt,
    enforcementWaitUntil: null,
    confirmedBy: null,
    handedOver: true,
    endingNoticed: false,
    checkout: null,
    refund: null,
    ...overrides,
  };
}
