import type { Fen } from './money';
import { rateStep } from './rate';
import type { MonthSpan } from './rent-month';
import type { TermSegment } from './terms';
import type { Timeline } from './timeline';

/** Days of one rent month that all cost the same. */
export type Atom = {
  readonly from: number;
  readonly until: number;
  readonly segment: TermSegment;
  readonly rateFen: Fen;
  /** Inside the rent-free days. */
  readonly free: boolean;
};

/** Cuts a rent month where its price changes: at segments, at anniversaries with escalation, at the end of the rent-free days. */
export function atomsOf(timeline: Timeline, month: MonthSpan): Atom[] {
  const atoms: Atom[] = [];
  for (const stretch of timeline.stretches) {
    if (stretch.until <= month.from || stretch.from >= month.until) continue;
    const until = Math.min(stretch.until, month.until);
    let from = Math.max(stretch.from, month.from);
    while (from < until) {
      const step = rateStep(stretch.segment, stretch.pricedFrom, from);
      const free = from < timeline.freeUntil;
      const end = Math.min(until, step.until ?? until, free ? timeline.freeUntil : until);
      atoms.push({ from, until: end, segment: stretch.segment, rateFen: step.rateFen, free });
      from = end;
    }
  }
  return atoms;
}
