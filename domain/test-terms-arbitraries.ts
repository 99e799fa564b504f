import fc from 'fast-check';
import { addDays, daysBetween, type LocalDate } from './calendar';
import type { LeaseChange } from './change';
import { fen } from './money';
import type { Escalation, LeaseTerms, PaymentCycle, RecurringFee } from './terms';
import { someDay } from './test-arbitraries';
import { room } from './test-terms';

/** Random terms and histories of changes for property tests; imported by tests only. */

const someRate = fc.integer({ min: 0, max: 2_000_000 }).map(fen);
const someCycle = fc.constantFrom<PaymentCycle>(1, 2, 3, 6, 12, 'wholeTerm');

const someEscalation: fc.Arbitrary<Escalation> = fc.oneof(
  fc.constant<Escalation>({ kind: 'none' }),
  fc.integer({ min: -500, max: 1500 }).map((basisPoints): Escalation => ({ kind: 'percent', basisPoints })),
  fc.integer({ min: -5000, max: 20_000 }).map((n): Escalation => ({ kind: 'amount', amountFen: fen(n) })),
);

const someFees: fc.Arbitrary<RecurringFee[]> = fc.uniqueArray(
  fc.record({
    kind: fc.constantFrom<RecurringFee['kind'][]>('propertyFee', 'network', 'furniture'),
    amountFen: fc.integer({ min: 0, max: 50_000 }).map(fen),
  }),
  { selector: ({ kind }) => kind, maxLength: 3 },
);

const someDiscounts = fc.uniqueArray(
  fc.record({
    month: fc.integer({ min: 1, max: 14 }),
    basisPointsOff: fc.integer({ min: 1, max: 10_000 }),
    reason: fc.constant('优惠'),
  }),
  { selector: ({ month }) => month, maxLength: 3 },
);

/** Terms of one segment, from a stay of a night to a lease of three years, by the month or (paid at once or monthly) by the day. */
export const anyTerms: fc.Arbitrary<LeaseTerms> = fc
  .record({
    startsOn: someDay('2023-12-01', 500),
    days: fc.oneof(fc.integer({ min: 0, max: 70 }), fc.integer({ min: 20, max: 1100 })),
    alignment: fc.constantFrom('leaseDate' as const, 'calendarMonth' as const),
    proration: fc.constantFrom('actualDays' as const, 'thirty360' as const),
    dueDayOffset: fc.integer({ min: -10, max: 10 }),
    issueDaysBeforeDue: fc.integer({ min: 0, max: 30 }),
    rentFreeDays: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 45 })),
    discounts: someDiscounts,
    depositFen: someRate,
    taxBasisPoints: fc.constantFrom(0, 150, 500, 900),
    first: fc.record({ rateFen: someRate, cycle: someCycle, escalation: someEscalation, fees: someFees }),
    byDay: fc.boolean(),
  })
  .map(({ startsOn, days, first, byDay, ...rest }) => ({
    ...rest,
    startsOn,
    endsOn: addDays(startsOn, days),
    segments: [
      {
        ...{ ...first, from: startsOn, reason: 'original' as const, roomId: room(1), suspended: false },
        ...(byDay
          ? { basis: 'perDay' as const, cycle: first.cycle === 1 ? 1 : ('wholeTerm' as const) }
          : { basis: 'perMonth' as const }),
      },
    ],
  }));

/** A change as it is drawn: its day is a share of the lease that it meets, so that most of them can be made. */
export type DrawnChange = { readonly at: number; readonly make: (terms: LeaseTerms, day: LocalDate) => LeaseChange };

const draw = <Fields>(
  fields: fc.Arbitrary<Fields>,
  make: (fields: Fields, terms: LeaseTerms, day: LocalDate) => LeaseChange,
): fc.Arbitrary<DrawnChange> =>
  fc
    .tuple(fc.integer({ min: 0, max: 999 }), fields)
    .map(([at, drawn]) => ({ at, make: (terms, day) => make(drawn, terms, day) }));

export const anyChange: fc.Arbitrary<DrawnChange> = fc.oneof(
  draw(
    fc.record(
      { days: fc.integer({ min: 1, max: 400 }), rateFen: someRate, cycle: someCycle, depositFen: someRate },
      { requiredKeys: ['days'] },
    ),
    ({ days, ...set }, terms) => ({ kind: 'renewal', newEndsOn: addDays(terms.endsOn, days), ...set }),
  ),
  draw(
    fc.record(
      { rateFen: someRate, cycle: someCycle, escalation: someEscalation, fees: someFees },
      { requiredKeys: [] },
    ),
    (set, _terms, from) => ({ kind: 'amendment', from, ...set }),
  ),
  draw(fc.record({ n: fc.integer({ min: 1, max: 4 }), rateFen: someRate }), ({ n, rateFen }, _terms, from) => ({
    ...{ kind: 'transfer', from, roomId: room(n), rateFen },
  })),
  draw(fc.option(fc.integer({ min: 1, max: 90 })), (days, _terms, from) => ({
    ...{ kind: 'suspension', from, until: days === null ? null : addDays(from, days) },
  })),
  draw(fc.constant(null), (_nothing, _terms, from) => ({ kind: 'resumption', from })),
  draw(fc.constant(null), (_nothing, _terms, endsOn) => ({ kind: 'earlyEnd', endsOn })),
);

/** The change, on the day of `terms` that its share falls on. */
export const changeFor = (terms: LeaseTerms, { at, make }: DrawnChange): LeaseChange =>
  make(terms, addDays(terms.startsOn, Math.floor((at * (daysBetween(terms.startsOn, terms.endsOn) + 1)) / 1000)));
