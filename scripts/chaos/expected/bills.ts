import type { LeaseTerms } from '../../../domain/terms';
import { dayOfMonth, earlier, later, monthsLater, nights, plusDays } from './own-calendar';

/** A bill as the terms alone say it must be. */
export type ExpectedBill = {
  readonly key: string;
  readonly from: string;
  readonly until: string;
  readonly issueOn: string;
  readonly dueOn: string;
  readonly depositFen: number;
  /** Rent, discounts and fees. */
  readonly chargeFen: number;
};

/**
 * Every bill of a lease whose terms never changed, recomputed day by day from the stated rules and from nothing that the product
 * computes with: each day has its share of its rent month, a month is rounded once per item.
 */
export function expectedBills(terms: LeaseTerms, signedOn: string): ExpectedBill[] {
  const end = plusDays(terms.endsOn, 1);
  const { cycle } = agreed(terms);
  const bills: ExpectedBill[] = [];
  const months = rentMonths(terms);
  const perBill = cycle === 'wholeTerm' ? months.length : cycle;
  for (let i = 0; i < months.length; i += perBill) {
    const group = months.slice(i, i + perBill);
    const from = i === 0 ? terms.startsOn : (group[0]?.start ?? end);
    const last = group.at(-1)?.end ?? end;
    const dueOn = i === 0 ? signedOn : plusDays(from, terms.dueDayOffset);
    bills.push({
      key: i === 0 ? 'first' : `period/${from}`,
      from,
      until: earlier(last, end),
      issueOn: i === 0 ? signedOn : plusDays(dueOn, -terms.issueDaysBeforeDue),
      dueOn,
      depositFen: i === 0 ? terms.depositFen : 0,
      chargeFen: group.reduce((sum, month) => sum + chargeOf(terms, month), 0),
    });
  }
  return bills;
}

/** A whole rent month, covered by the lease or not; `end` is exclusive. */
type Month = { readonly index: number; readonly start: string; readonly end: string };

function agreed(terms: LeaseTerms) {
  const [segment, ...more] = terms.segments;
  if (!segment || more.length > 0) throw new RangeError('only leases whose terms never changed can be recomputed here');
  return segment;
}

function rentMonths(terms: LeaseTerms): Month[] {
  const anchor = terms.alignment === 'calendarMonth' ? `${terms.startsOn.slice(0, 7)}-01` : terms.startsOn;
  const startOf = (n: number): string => monthsLater(anchor, n, dayOfMonth(anchor));
  const months: Month[] = [];
  for (let n = 0; startOf(n) <= terms.endsOn; n += 1)
    months.push({ index: n + 1, start: startOf(n), end: startOf(n + 1) });
  return months;
}

function chargeOf(terms: LeaseTerms, month: Month): number {
  const { basis, fees } = agreed(terms);
  const parts = terms.proration === 'thirty360' ? 30 : nights(month.start, month.end);
  const first = later(month.start, terms.startsOn);
  let rent = 0; // fen x parts
  let shares = 0;
  for (let day = first; day < month.end && day <= terms.endsOn; day = plusDays(day, 1)) {
    const share = sharesUntil(terms, month, first, plusDays(day, 1)) - sharesUntil(terms, month, first, day);
    shares += share;
    const free = nights(terms.startsOn, day) < terms.rentFreeDays;
    if (!free) rent += rateOnDay(terms, day) * (basis === 'perDay' ? parts : share);
  }
  const discounts = terms.discounts.filter(({ month: n }) => n === month.index);
  const off = discounts.reduce((sum, { basisPointsOff }) => sum + half(rent * basisPointsOff, parts * 10_000), 0);
  const monthly = ['propertyFee', 'network', 'furniture'].map((kind) =>
    fees.reduce((sum, fee) => (fee.kind === kind ? sum + fee.amountFen : sum), 0),
  );
  return half(rent, parts) - off + monthly.reduce((sum, fee) => sum + half(fee * shares, parts), 0);
}

/** How many of the month's parts the lease has used up before `day`. 30/360: the last day of a month makes up what is missing to 30. */
function sharesUntil(terms: LeaseTerms, month: Month, first: string, day: string): number {
  const used = nights(first, day);
  if (terms.proration === 'actualDays') return used;
  const left = 30 - Math.min(29, nights(month.start, first));
  return day === month.end ? left : Math.min(used, left);
}

function rateOnDay(terms: LeaseTerms, day: string): number {
  const { rateFen, escalation } = agreed(terms);
  let rate: number = rateFen;
  for (let year = 1; monthsLater(terms.startsOn, 12 * year, dayOfMonth(terms.startsOn)) <= day; year += 1) {
    if (escalation.kind === 'percent') rate = half(rate * (10_000 + escalation.basisPoints), 10_000);
    if (escalation.kind === 'amount') rate = Math.max(0, rateFen + year * escalation.amountFen);
  }
  return rate;
}

/** To the nearest fen, halves away from zero. */
function half(numerator: number, denominator: number): number {
  const size = Math.floor((2 * Math.abs(numerator) + denominator) / (2 * denominator));
  return numerator < 0 ? -size : size;
}
