import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { totalOf } from './adjustment';
import { addDays, addMonths, daysBetween, type LocalDate } from './calendar';
import { applyChange } from './change';
import { sumFen } from './money';
import { schedule } from './schedule';
import { segmentOn } from './segment-on';
import type { LeaseTerms } from './terms';
import { anyChange, anyTerms, changeFor } from './test-terms-arbitraries';

/** Rent, discounts and fees of one day, the slow way and in fractions of a fen: what the schedule's arithmetic is checked against. */
function costOfDay(terms: LeaseTerms, day: LocalDate): number {
  const segment = segmentOn(terms, day);
  if (segment.suspended) return 0;
  const anchor = (n: number): LocalDate =>
    terms.alignment === 'leaseDate'
      ? addMonths(terms.startsOn, n)
      : addMonths(`${terms.startsOn.slice(0, 8)}01` as LocalDate, n);
  let month = 0;
  while (anchor(month + 1) <= day) month++;
  const share = 1 / daysBetween(anchor(month), anchor(month + 1));
  const pricedFrom = segment.priceFrom ?? segment.from;
  let rate: number = segment.rateFen;
  const { escalation } = segment;
  for (let years = 1; addMonths(pricedFrom, years * 12) <= day; years++) {
    if (escalation.kind === 'percent') rate = Math.round(rate * (1 + escalation.basisPoints / 10_000));
    if (escalation.kind === 'amount') rate = Math.max(0, segment.rateFen + years * escalation.amountFen);
  }
  const free = daysBetween(terms.startsOn, day) < terms.rentFreeDays;
  const rent = free ? 0 : rate * (segment.basis === 'perDay' ? 1 : share);
  const off = terms.discounts.filter((d) => d.month === month + 1).reduce((sum, d) => sum + d.basisPointsOff, 0);
  const fees = segment.fees.reduce((sum, fee) => sum + fee.amountFen * share, 0);
  return rent * (1 - off / 10_000) + fees;
}

test('the whole lease costs what its days cost one by one, but for less than a fen a month and line kind', () => {
  const property = fc.property(anyTerms, fc.array(anyChange, { maxLength: 4 }), (start, changes) => {
    let terms: LeaseTerms = { ...start, proration: 'actualDays' };
    for (const drawn of changes) {
      const decision = applyChange(terms, changeFor(terms, drawn));
      if (decision.ok) terms = decision.terms;
    }
    const days = daysBetween(terms.startsOn, terms.endsOn) + 1;
    let expected = 0;
    for (let n = 0; n < days; n++) expected += costOfDay(terms, addDays(terms.startsOn, n));
    const months = days / 28 + 2;
    const rounding = months * 5 * 0.5 + 40; // 40: a compounded rate that floats round the other way, over three years
    expect(Math.abs(sumFen(schedule(terms).map(totalOf)) - expected)).toBeLessThan(rounding);
  });
  fc.assert(property, { numRuns: 150 });
});

test('a whole rent month without a change costs its rate to the fen, whatever the month and the counting', () => {
  const property = fc.property(anyTerms, (drawn) => {
    const first = drawn.segments[0];
    if (first?.basis !== 'perMonth') return;
    const plain = { ...first, cycle: 1 as const, fees: [], escalation: { kind: 'none' as const } };
    const terms = { ...drawn, alignment: 'leaseDate' as const, rentFreeDays: 0, discounts: [], segments: [plain] };
    for (const period of schedule(terms).slice(0, -1)) expect(totalOf(period)).toBe(first.rateFen);
  });
  fc.assert(property, { numRuns: 300 });
});
