import { expect, test } from '@jest/globals';
import { rateOn } from './rate';
import type { Escalation, TermSegment } from './terms';
import { aSegment, day, someTerms, yuan } from './test-terms';

const terms = someTerms({ startsOn: '2024-02-29', endsOn: '2029-02-27' });
const rising = (escalation: Escalation, overrides: Partial<TermSegment> = {}): TermSegment =>
  aSegment({ from: day('2024-02-29'), escalation, ...overrides });

const fivePercent = { kind: 'percent', basisPoints: 500 } as const;

test.each([
  ['2025-02-27', 3000],
  ['2025-02-28', 3150], // the anniversary of 29 February in a common year
  ['2026-02-28', 3307.5],
  ['2027-02-28', 3472.88], // 3307.50 x 1.05 = 3472.875, rounded up
  ['2028-02-28', 3472.88],
  ['2028-02-29', 3646.52], // from the rounded rate: 3472.88 x 1.05 = 3646.524
])('on %s a rent of 3,000 rising by 5 %% a year is %d', (on, expected) => {
  expect(rateOn(rising(fivePercent), terms, day(on))).toBe(yuan(expected));
});

test('a rent lowered by an amount each year never falls below nothing', () => {
  const falling = rising({ kind: 'amount', amountFen: yuan(-2000) });
  expect(['2024-03-01', '2025-03-01', '2026-03-01'].map((on) => rateOn(falling, terms, day(on)))).toEqual([
    300_000, 100_000, 0,
  ]);
});

test('a price carried over from an earlier segment keeps its anniversaries', () => {
  const carried = rising(fivePercent, { from: day('2025-08-01'), priceFrom: day('2024-02-29') });
  expect(rateOn(carried, terms, day('2025-08-01'))).toBe(yuan(3150));
});

test('after the end of the lease the rate of its last day stays', () => {
  expect(rateOn(rising(fivePercent), terms, day('2035-01-01'))).toBe(yuan(3646.52));
});
