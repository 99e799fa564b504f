import { type Atom, atomsOf } from './atom';
import { roundedQuotient } from './money';
import { partsOfMonth, partsUsed } from './proration';
import { type MonthSpan, monthIndexOf, monthSpan } from './rent-month';
import type { Discount, RecurringFee } from './terms';
import type { Timeline } from './timeline';

/** What some days cost, before it is put into words. Day numbers, `until` exclusive. */
export type Charge = {
  readonly kind: 'rent' | 'discount' | RecurringFee['kind'];
  readonly from: number;
  readonly until: number;
  readonly amountFen: number;
  /** Rent or fee that `amountFen` is a part of: per month, per day, or, for a discount, of the days themselves. */
  readonly unitFen: number;
  /** How the amount follows from `unitFen`: `count` whole months or days, or `count` of `of` parts of a month. */
  readonly how: 'months' | 'days' | 'part' | 'free' | 'suspended' | 'discount';
  readonly count: number;
  readonly of: number;
  readonly discount?: Discount;
};

/** A rent month being charged: sums are rounded as they stand at a day, so that parts add up to the month however it is cut. */
type Tally = { readonly month: MonthSpan; readonly parts: number; readonly used: (day: number) => number };

const weightOf = ({ segment, free, rateFen }: Atom): number => (free || segment.suspended ? 0 : rateFen);

const feeOf = ({ segment }: Atom, kind: RecurringFee['kind']): number =>
  segment.suspended ? 0 : segment.fees.reduce((sum, fee) => (fee.kind === kind ? sum + fee.amountFen : sum), 0);

/** Fen x parts that the atom's rent comes to until `day`. A rate per day counts days, on the same denominator. */
const rentUntil = (tally: Tally, atom: Atom, day: number): number =>
  weightOf(atom) *
  (atom.segment.basis === 'perDay' ? (day - atom.from) * tally.parts : tally.used(day) - tally.used(atom.from));

type Shape = Pick<Charge, 'how' | 'count' | 'of'>;

function shapeOf({ month, parts, used }: Tally, from: number, until: number): Shape {
  if (from === month.anchorFrom && until === month.anchorUntil) return { how: 'months', count: 1, of: 1 };
  return { how: 'part', count: used(until) - used(from), of: parts };
}

function rentShape(tally: Tally, atom: Atom, from: number, until: number): Shape {
  if (atom.segment.suspended) return { how: 'suspended', count: until - from, of: 1 };
  if (atom.free) return { how: 'free', count: until - from, of: 1 };
  if (atom.segment.basis === 'perDay') return { how: 'days', count: until - from, of: 1 };
  return shapeOf(tally, from, until);
}

const FEE_KINDS = ['propertyFee', 'network', 'furniture'] as const;

/** What the days of `from` to `until` within one rent month cost, rent first, then what is taken off, then fees. */
function monthCharges(timeline: Timeline, month: MonthSpan, from: number, until: number): Charge[] {
  const { proration, discounts } = timeline.terms;
  const parts = partsOfMonth(month, proration);
  const tally: Tally = { month, parts, used: (day) => partsUsed(month, day, proration) };
  const applying = discounts.filter((discount) => discount.month === month.index);
  const charges: Charge[] = [];
  const owed = { rent: 0, propertyFee: 0, network: 0, furniture: 0 };
  for (const atom of atomsOf(timeline, month)) {
    const a = Math.max(atom.from, from);
    const b = Math.min(atom.until, until);
    if (a < b) {
      const start = owed.rent + rentUntil(tally, atom, a);
      const end = owed.rent + rentUntil(tally, atom, b);
      const amountFen = roundedQuotient(end, parts) - roundedQuotient(start, parts);
      const shape = rentShape(tally, atom, a, b);
      charges.push({ kind: 'rent', from: a, until: b, amountFen, unitFen: atom.rateFen, ...shape });
      for (const discount of applying) {
        const off = discountBetween(start, end, parts, discount);
        if (off === 0) continue;
        const of = { how: 'discount', count: discount.basisPointsOff, of: 10_000, discount } as const;
        charges.push({ kind: 'discount', from: a, until: b, amountFen: -off, unitFen: amountFen, ...of });
      }
    }
    owed.rent += rentUntil(tally, atom, atom.until);
    for (const kind of FEE_KINDS) {
      const unitFen = feeOf(atom, kind);
      if (unitFen === 0) continue;
      const before = tally.used(atom.from);
      const at = (day: number): number => roundedQuotient(owed[kind] + unitFen * (tally.used(day) - before), parts);
      if (a < b) charges.push({ kind, from: a, until: b, amountFen: at(b) - at(a), unitFen, ...shapeOf(tally, a, b) });
      owed[kind] += unitFen * (tally.used(atom.until) - before);
    }
  }
  return charges;
}

const discountBetween = (start: number, end: number, parts: number, { basisPointsOff }: Discount): number =>
  roundedQuotient(end * basisPointsOff, parts * 10_000) - roundedQuotient(start * basisPointsOff, parts * 10_000);

/**
 * What the days of `from` to `until` cost, month by month. Additive: cut the days as you like, the parts sum to the whole to the
 * fen. Everything else (bills, adjustments, quotes) takes its amounts from here.
 */
export function chargesBetween(timeline: Timeline, from: number, until: number): Charge[] {
  const start = Math.max(from, timeline.from);
  const end = Math.min(until, timeline.until);
  const charges: Charge[] = [];
  if (start >= end) return charges;
  let month = monthSpan(timeline, monthIndexOf(timeline, start));
  while (month.from < end) {
    charges.push(...monthCharges(timeline, month, Math.max(start, month.from), Math.min(end, month.until)));
    month = monthSpan(timeline, month.index + 1);
  }
  return charges;
}
