import type { Plan } from './changes';
import { planLeases } from './plan-leases';
import { planMeters } from './plan-meters';
import { planPlaces } from './plan-places';
import { planPrices } from './plan-prices';
import { planTenants } from './plan-tenants';
import { beginPlanning, type PlanInput, type Planning } from './planning';
import type { Origin, Refusal } from './table';

/**
 * What importing `roll` would do to what `snapshot` shows. A row is taken over whole or not at all: when one thing in it is refused,
 * the plan is made again without the row, until nothing more falls; so rows that stand on a refused one are refused too. The plan is
 * what remains; whether it may be carried out with refusals in it is for the caller to say.
 */
export function planImport(input: PlanInput): Plan {
  const skip = new Set<Origin>();
  const refused: Refusal[] = [...input.roll.refused];
  for (;;) {
    const planning = beginPlanning(input, skip);
    attempt(planning);
    if (planning.refused.length === 0) return toPlan(planning, refused);
    for (const { origin, refusal } of planning.refused) {
      skip.add(origin);
      refused.push(refusal);
    }
  }
}

function attempt(planning: Planning): void {
  planPlaces(planning);
  planPrices(planning);
  planTenants(planning);
  planLeases(planning);
  planMeters(planning);
}

function toPlan({ created, changed, unchanged, changes, roll }: Planning, refused: Refusal[]): Plan {
  const order = new Map<string, number>();
  for (const { sheet } of refused) if (!order.has(sheet)) order.set(sheet, order.size);
  const sheetOf = (refusal: Refusal) => order.get(refusal.sheet) ?? 0;
  refused.sort((a, b) => sheetOf(a) - sheetOf(b) || a.row - b.row);
  return { created, changed, unchanged, refused, ignored: roll.ignored, changes };
}
