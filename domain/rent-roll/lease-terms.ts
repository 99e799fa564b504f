import { addDays, addMonths, dateOf, dayNumber, type LocalDate, monthsBetween } from '../calendar';
import type { RoomId } from '../ids';
import { sumFen } from '../money';
import { periodsFrom } from '../period';
import { linesBetween } from '../schedule';
import type { LeaseTerms, TermSegment } from '../terms';
import { checkTerms } from '../terms-check';
import { timelineOf } from '../timeline';
import { both, is, not, type Parsed } from './cell';
import type { RollLease } from './roll';
import { type Refusal, refusal } from './table';

/** Bills of imported leases go out this long before they are due, as those of leases signed here do by default. */
const ISSUE_DAYS_BEFORE_DUE = 5;

/**
 * The terms of a running lease. The roll's rent is what is paid on `asOf`; where it escalates, its price is counted from the lease's last
 * anniversary, so that the steps already taken are not taken again.
 */
export function importedTerms(lease: RollLease, roomId: RoomId, asOf: LocalDate): LeaseTerms {
  const { startsOn, endsOn, rateFen, basis, cycle, escalation } = lease;
  const years = asOf < startsOn ? 0 : Math.floor(monthsBetween(startsOn, asOf) / 12);
  const anniversary = addMonths(startsOn, years * 12);
  const repriced = escalation.kind !== 'none' && years > 0 && anniversary <= endsOn;
  const segment: TermSegment = {
    from: startsOn,
    reason: 'original',
    roomId,
    rateFen,
    basis,
    cycle,
    escalation: repriced ? { kind: 'none' } : escalation,
    fees: [],
    suspended: false,
  };
  return {
    startsOn,
    endsOn,
    alignment: lease.alignment,
    proration: 'actualDays',
    dueDayOffset: 0,
    issueDaysBeforeDue: ISSUE_DAYS_BEFORE_DUE,
    rentFreeDays: 0,
    discounts: [],
    depositFen: lease.depositFen,
    taxBasisPoints: lease.taxBasisPoints,
    segments: repriced ? [segment, { ...segment, from: anniversary, reason: 'amendment', escalation }] : [segment],
  };
}

/** Which column of the roll answers for a field of the terms. */
const COLUMN_OF: Readonly<Record<string, string>> = { endsOn: 'end', startsOn: 'start', depositFen: 'deposit' };
const SEGMENT_COLUMN: Readonly<Record<string, string>> = { rateFen: 'rent', cycle: 'cycle', escalation: 'escalation' };

/** Why a lease cannot run on the platform as it stands; empty when it can. */
export function checkImportedTerms(lease: RollLease, terms: LeaseTerms, asOf: LocalDate): Refusal[] {
  if (lease.endsOn < asOf) {
    return [refusal(lease.origin, 'end', both(`租约已于 ${lease.endsOn} 到期`, `the lease ended on ${lease.endsOn}`))];
  }
  return checkTerms(terms).map(({ field, code, text }) => {
    const column = COLUMN_OF[field] ?? SEGMENT_COLUMN[field.split('.').at(-1) ?? ''] ?? null;
    return refusal(lease.origin, column, both(text, code));
  });
}

/**
 * The first day that the platform bills; all before it is settled or in the arrears.
 *
 * Stated by the sheet, else the day after the rent is paid until, else the first period that begins after `asOf`. Rent paid until a
 * past day together with arrears is clear only when the arrears can hold the periods begun since; otherwise it is refused, since one
 * reading bills a period twice and the other not at all.
 */
export function firstDayToBill(lease: RollLease, terms: LeaseTerms, asOf: LocalDate): Parsed<LocalDate> {
  if (lease.nextPeriod !== null) return is(lease.nextPeriod);
  const boundary = nextPeriodStart(terms, asOf);
  if (lease.paidUntil === null) return is(boundary);
  const unpaidFrom = addDays(lease.paidUntil, 1);
  if (unpaidFrom > asOf || unpaidFrom >= boundary) return is(unpaidFrom);
  if (lease.arrearsFen === 0 && unpaidFrom >= currentPeriodStart(terms, asOf)) return is(unpaidFrom);
  const begun = sumFen(linesBetween(terms, { from: unpaidFrom, until: boundary }).map((line) => line.amountFen));
  if (lease.arrearsFen > 0 && lease.arrearsFen >= begun) return is(boundary);
  return not(
    `租金只付到 ${lease.paidUntil},但欠费不含其后已开始的账期;请填写“下期起始日”或核对欠费`,
    `rent is paid until ${lease.paidUntil}, but the arrears do not hold the periods begun since; fill "next period" or check the arrears`,
  );
}

function nextPeriodStart(terms: LeaseTerms, asOf: LocalDate): LocalDate {
  if (asOf <= terms.startsOn) return terms.startsOn;
  for (const period of periodsFrom(timelineOf(terms), dayNumber(asOf))) return dateOf(period.until);
  return addDays(terms.endsOn, 1);
}

function currentPeriodStart(terms: LeaseTerms, asOf: LocalDate): LocalDate {
  let start = terms.startsOn;
  for (const { from } of periodsFrom(timelineOf(terms), dayNumber(terms.startsOn))) {
    if (from > dayNumber(asOf)) break;
    start = dateOf(from);
  }
  return start;
}
