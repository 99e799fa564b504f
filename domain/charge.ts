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
  /** What `amountFen` is a share of: the rent or fee per month, the rent per day, or, for a discount, the rent of these days. */
  readonly unitFen: number;
  /** How the amount follows from `unitFen`: `count` whole months or days, or `count` of `of` parts. */
  readonly how: 'months' | 'days' | 'part' | 'free' | 'suspended' | 'discount';
  readonly count: number;
  readonly of: number;
  readonly reason?: string;
};

/** A rent month of which the days `from` to `until` are charged. */
type MonthPart = {
  readonly timeline: Timeline;
  readonly month: MonthSpan;
  readonly parts: number;
  readonly from: number;
  readonly until: number;
};

type Component = Exclude<Charge['kind'], 'discount'>;

/** Neighbouring atoms that read the same on a bill as far as one component is concerned. */
type Run = Pick<Charge, 'from' | 'until' | 'how' | 'unitFen'> & { readonly roomId: string };

const FEE_KINDS = ['propertyFee', 'network', 'furniture'] as const;

const feeFen = ({ segment }: Atom, kind: Component): number =>
  segment.suspended ? 0 : segment.fees.reduce((sum, fee) => (fee.kind === kind ? sum + fee.amountFen : sum), 0);

function priceOf(component: Component, atom: Atom): Pick<Run, 'how' | 'unitFen'> {
  if (component !== 'rent') return { how: 'part', unitFen: feeFen(atom, component) };
  if (atom.segment.suspended) return { how: 'suspended', unitFen: 0 };
  if (atom.free) return { how: 'free', unitFen: 0 };
  return { how: atom.segment.basis === 'perDay' ? 'days' : 'part', unitFen: atom.rateFen };
}

/** The component's runs over the whole rent month. A change of room begins a new one, even at the same rent. */
function runsOf(component: Component, atoms: readonly Atom[]): Run[] {
  const runs: Run[] = [];
  for (const atom of atoms) {
    const { how, unitFen } = priceOf(component, atom);
    const roomId = atom.segment.roomId;
    const last = runs.at(-1);
    const goesOn = last && last.how === how && last.unitFen === unitFen && last.roomId === roomId;
    if (goesOn) runs[runs.length - 1] = { ...last, until: atom.until };
    else runs.push({ from: atom.from, until: atom.until, how, unitFen, roomId });
  }
  return runs;
}

/** Parts of the month between two of its days. A price per day counts days on the same denominator. */
function partsBetween({ timeline, month, parts }: MonthPart, how: Charge['how'], from: number, until: number): number {
  if (how === 'days') return (until - from) * parts;
  const { proration } = timeline.terms;
  return partsUsed(month, until, proration) - partsUsed(month, from, proration);
}

function shapeOf(
  part: MonthPart,
  how: Charge['how'],
  from: number,
  until: number,
): Pick<Charge, 'how' | 'count' | 'of'> {
  if (how !== 'part') return { how, count: until - from, of: 1 };
  const whole = from === part.month.anchorFrom && until === part.month.anchorUntil;
  return whole
    ? { how: 'months', count: 1, of: 1 }
    : { how, count: partsBetween(part, how, from, until), of: part.parts };
}

/**
 * Charges of one component. What has come up since the month's first day is rounded where it stands at each cut, so that the
 * pieces of a month sum to the month however it is cut (the remainder of a fen moves on to the next piece).
 */
function chargesOf(part: MonthPart, component: Component, runs: readonly Run[], off: readonly Discount[]): Charge[] {
  const charges: Charge[] = [];
  const between = (a: number, b: number, parts: number): number =>
    roundedQuotient(b, parts) - roundedQuotient(a, parts);
  let owed = 0; // fen x parts, exact
  for (const { how, unitFen, ...run } of runs) {
    const upTo = (day: number): number => owed + unitFen * partsBetween(part, how, run.from, day);
    const from = Math.max(run.from, part.from);
    const until = Math.min(run.until, part.until);
    if (from < until && (unitFen !== 0 || component === 'rent')) {
      const amountFen = between(upTo(from), upTo(until), part.parts);
      charges.push({ kind: component, from, until, amountFen, unitFen, ...shapeOf(part, how, from, until) });
      for (const { basisPointsOff: count, reason } of off) {
        const offFen = between(upTo(from) * count, upTo(until) * count, part.parts * 10_000);
        const shape = { how: 'discount', count, of: 10_000, reason } as const;
        if (offFen !== 0)
          charges.push({ kind: 'discount', from, until, amountFen: -offFen, unitFen: amountFen, ...shape });
      }
    }
    owed = upTo(run.until);
  }
  return charges;
}

function monthCharges(part: MonthPart): Charge[] {
  const { timeline, month } = part;
  const atoms = atomsOf(timeline, month);
  const off = timeline.terms.discounts.filter((discount) => discount.month === month.index);
  const charges = chargesOf(part, 'rent', runsOf('rent', atoms), off);
  if (atoms.every(({ segment }) => segment.fees.length === 0)) return charges;
  for (const kind of FEE_KINDS) charges.push(...chargesOf(part, kind, runsOf(kind, atoms), []));
  return charges;
}

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
    const parts = partsOfMonth(month, timeline.terms.proration);
    const part = { timeline, month, parts, from: Math.max(start, month.from), until: Math.min(end, month.until) };
    charges.push(...monthCharges(part));
    month = monthSpan(timeline, month.index + 1);
  }
  return charges;
}
