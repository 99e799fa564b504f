import { adjustmentBill, totalOf } from './adjustment';
import type { BillDraft, BilledLine } from './bill';
import { addDays, type LocalDate } from './calendar';
import { type ChangeRefusal, refusal, refuseChange } from './change-check';
import type { LeaseChange } from './lease-change';
import { type Fen, fen, sumFen } from './money';
import { UNFORESEEN_DUE_DAYS } from './payment-decision';
import { type Period, schedule } from './schedule';
import { amendFrom, type Conditions, renew, resume, suspend } from './segments';
import type { LeaseTerms } from './terms';
import { checkTerms } from './terms-check';

export type { ChangeRefusal, ChangeRefusalCode } from './change-check';
export type { LeaseChange } from './lease-change';

export type ChangeDecision = { readonly ok: true; readonly terms: LeaseTerms } | ChangeRefusal;

/** What a change does to the money, shown before anyone confirms it. */
export type DryRun = {
  readonly ok: true;
  readonly terms: LeaseTerms;
  /** The bill that corrects periods already billed; null when none is touched. */
  readonly adjustment: BillDraft | null;
  readonly before: readonly Period[];
  readonly after: readonly Period[];
  /** What the whole lease costs more (or less, negative), deposit apart. */
  readonly deltaFen: Fen;
};

/** Only what is really set: a field that came through JSON as undefined must not erase the condition it names. */
function conditionsOf(change: Conditions): Conditions {
  const { rateFen, escalation, cycle, fees, roomId } = change;
  return {
    ...(rateFen === undefined ? {} : { rateFen }),
    ...(escalation === undefined ? {} : { escalation }),
    ...(cycle === undefined ? {} : { cycle }),
    ...(fees === undefined ? {} : { fees }),
    ...(roomId === undefined ? {} : { roomId }),
  };
}

function changed(terms: LeaseTerms, change: LeaseChange): LeaseTerms {
  switch (change.kind) {
    case 'coTenants':
      return terms;
    case 'renewal': {
      const segments = renew(terms, addDays(terms.endsOn, 1), conditionsOf(change));
      return { ...terms, endsOn: change.newEndsOn, segments, depositFen: change.depositFen ?? terms.depositFen };
    }
    case 'amendment':
    case 'transfer': {
      const segments = amendFrom(terms, change.from, conditionsOf(change), change.kind);
      return { ...terms, segments, depositFen: change.depositFen ?? terms.depositFen };
    }
    case 'suspension':
      return { ...terms, segments: suspend(terms, change.from, change.until) };
    case 'resumption':
      return { ...terms, segments: resume(terms, change.from) };
    case 'earlyEnd': {
      const segments = terms.segments.filter(({ from }) => from <= change.endsOn);
      return { ...terms, endsOn: change.endsOn, segments };
    }
  }
}

/** The terms after a change, or why it cannot be made. Past segments are never rewritten beyond the day the change names. */
export function applyChange(terms: LeaseTerms, change: LeaseChange): ChangeDecision {
  const refused = refuseChange(terms, change);
  if (refused) return refused;
  const next = changed(terms, change);
  const known = new Set(checkTerms(terms).map(({ field, code }) => `${field} ${code}`));
  const [wrong] = checkTerms(next).filter(({ field, code }) => !known.has(`${field} ${code}`));
  return wrong ? refusal(wrong.field, wrong.code, wrong.text) : { ok: true, terms: next };
}

/** What `change` would do if it were confirmed on `on`; nothing is kept of it. */
export function dryRun(
  terms: LeaseTerms,
  change: LeaseChange,
  billedUntil: LocalDate,
  billed: readonly BilledLine[],
  on: LocalDate,
): DryRun | ChangeRefusal {
  const decision = applyChange(terms, change);
  if (!decision.ok) return decision;
  const before = schedule(terms);
  const after = schedule(decision.terms);
  const costOf = (periods: readonly Period[]): Fen => sumFen(periods.map(totalOf));
  return {
    ok: true,
    terms: decision.terms,
    adjustment: adjustmentBill({
      terms: decision.terms,
      billedUntil,
      billed,
      changeId: 'dry-run',
      on,
      dueOn: addDays(on, UNFORESEEN_DUE_DAYS),
    }),
    before,
    after,
    deltaFen: fen(costOf(after) - costOf(before)),
  };
}
