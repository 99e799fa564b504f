import { expect, test } from '@jest/globals';
import type { LocalDate } from './calendar';
import { fen } from './money';
import type { LeaseTerms } from './terms';
import { checkTerms, type TermsRefusalCode } from './terms-check';
import { aSegment, day, someTerms, yuan } from './test-terms';

const off = (month: number, basisPointsOff: number) => ({ month, basisPointsOff, reason: '优惠' });
const first = (overrides: Parameters<typeof aSegment>[0]): LeaseTerms => someTerms({ first: overrides ?? {} });
const fee = { kind: 'network', amountFen: yuan(50) } as const;

const cases: readonly (readonly [TermsRefusalCode, string, LeaseTerms])[] = [
  ['BadDay', 'startsOn', { ...someTerms(), startsOn: '2026-02-30' as LocalDate }],
  ['BadDay', 'segments.0.from', first({ from: '2026-02-30' as LocalDate })],
  ['EndBeforeStart', 'endsOn', someTerms({ endsOn: '2025-12-31' })],
  ['TooLong', 'endsOn', someTerms({ endsOn: '2046-03-01' })],
  ['NoSegment', 'segments', someTerms({ segments: [] })],
  ['FirstSegmentNotAtStart', 'segments.0.from', first({ from: day('2026-01-02') })],
  ['SegmentsNotInOrder', 'segments.1.from', someTerms({ segments: [aSegment(), aSegment()] })],
  ['SegmentAfterEnd', 'segments.1.from', someTerms({ segments: [aSegment(), aSegment({ from: day('2027-01-01') })] })],
  ['AmountOutOfRange', 'depositFen', someTerms({ depositFen: fen(-1) })],
  ['AmountOutOfRange', 'segments.0.rateFen', first({ rateFen: fen(-1) })],
  ['AmountOutOfRange', 'segments.0.fees.0', first({ fees: [{ ...fee, amountFen: fen(-1) }] })],
  ['AmountOutOfRange', 'segments.0.escalation', first({ escalation: { kind: 'amount', amountFen: fen(2e9) } })],
  ['ShareOutOfRange', 'segments.0.escalation', first({ escalation: { kind: 'percent', basisPoints: -10_001 } })],
  ['ShareOutOfRange', 'taxBasisPoints', someTerms({ taxBasisPoints: -1 })],
  ['ShareOutOfRange', 'discounts.0.basisPointsOff', someTerms({ discounts: [off(1, 10_001)] })],
  ['DaysOutOfRange', 'rentFreeDays', someTerms({ rentFreeDays: -1 })],
  ['DaysOutOfRange', 'issueDaysBeforeDue', someTerms({ issueDaysBeforeDue: 1.5 })],
  ['DaysOutOfRange', 'dueDayOffset', someTerms({ dueDayOffset: 400 })],
  ['CycleNotByDay', 'segments.0.cycle', first({ basis: 'perDay', cycle: 3 })],
  ['DiscountOver100', 'discounts.1', someTerms({ discounts: [off(2, 6000), off(2, 5000)] })],
  ['DiscountMonthOutside', 'discounts.0.month', someTerms({ discounts: [off(0, 5000)] })],
  ['DuplicateFee', 'segments.0.fees', first({ fees: [fee, fee] })],
  ['PriceFromAfterSegment', 'segments.0.priceFrom', first({ priceFrom: day('2026-01-02') })],
];

test.each(cases)('%s is refused at %s', (code, field, terms) => {
  expect(checkTerms(terms)).toContainEqual(expect.objectContaining({ code, field }));
});

test('ordinary terms are accepted, a lease of twenty years too', () => {
  expect(checkTerms(someTerms())).toEqual([]);
  expect(checkTerms(someTerms({ endsOn: '2045-12-31', alignment: 'calendarMonth' }))).toEqual([]);
});

test('every refusal says why in Chinese', () => {
  for (const [, , terms] of cases) for (const { text } of checkTerms(terms)) expect(text).toMatch(/[\u4e00-\u9fff]/);
});
