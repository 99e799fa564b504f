import { monthAnchor, monthIndexOf } from './rent-month';
import type { PaymentCycle } from './terms';
import type { Timeline } from './timeline';

/** Days paid for by one bill, in day numbers. */
export type PeriodSpan = { readonly from: number; readonly until: number };

/** A stretch of the lease with one payment cycle. */
type Grid = { readonly from: number; readonly until: number; readonly cycle: PaymentCycle };

/** Grids in order: the lease's first day, each renewal and each change of cycle begin one. */
function gridsOf(timeline: Timeline): Grid[] {
  const starts = timeline.stretches.filter(({ segment }, i) => {
    const before = timeline.stretches[i - 1]?.segment;
    return !before || segment.reason === 'renewal' || segment.cycle !== before.cycle;
  });
  return starts.map(({ from, segment }, i) => ({
    from,
    until: starts[i + 1]?.from ?? timeline.until,
    cycle: segment.cycle,
  }));
}

/**
 * Payment periods (账期) from the one that holds `day` on, lazily, the first one cut to begin on `day`.
 *
 * Rule: a period is as many rent months as the cycle says, counted from the first day of its grid; where a grid begins inside a
 * rent month (calendar months, a change in mid-month), the rest of that month counts as its first. The last period ends with the grid.
 */
export function* periodsFrom(timeline: Timeline, day: number): Generator<PeriodSpan> {
  let next = Math.max(day, timeline.from);
  for (const grid of gridsOf(timeline)) {
    if (grid.until <= next) continue;
    next = Math.max(next, grid.from);
    if (grid.cycle === 'wholeTerm') {
      yield { from: next, until: grid.until };
      next = grid.until;
      continue;
    }
    const first = monthIndexOf(timeline, grid.from);
    let end = first + grid.cycle * (Math.floor((monthIndexOf(timeline, next) - first) / grid.cycle) + 1);
    while (next < grid.until) {
      const until = Math.min(monthAnchor(timeline, end), grid.until);
      yield { from: next, until };
      next = until;
      end += grid.cycle;
    }
  }
}
