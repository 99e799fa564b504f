import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { firstBill, generateBills } from '../../../domain/bill-generation';
import { addDays, localDate } from '../../../domain/calendar';
import { fen, sumFen } from '../../../domain/money';
import { someTerms } from '../../../domain/test-terms';
import { anyTerms } from '../../../domain/test-terms-arbitraries';
import { expectedBills } from './bills';

describe('the independent recomputation of bills', () => {
  test('a year at 3000 yuan is twelve bills of 3000, the first with the deposit', () => {
    const bills = expectedBills(someTerms({ startsOn: '2026-01-31', endsOn: '2027-01-30' }), '2026-01-20');
    expect(bills.map(({ chargeFen }) => chargeFen)).toEqual(Array(12).fill(300_000));
    expect(bills.slice(0, 3)).toMatchObject([
      { key: 'first', from: '2026-01-31', until: '2026-02-28', dueOn: '2026-01-20', depositFen: 300_000 },
      { key: 'period/2026-02-28', dueOn: '2026-02-28', issueOn: '2026-02-21', depositFen: 0 },
      { key: 'period/2026-03-31', from: '2026-03-31', until: '2026-04-30' },
    ]);
  });

  test('ten days of a 31-day month cost ten thirty-firsts, or a third under 30/360', () => {
    const tail = { startsOn: '2026-02-01', endsOn: '2026-03-10' };
    const last = (proration: 'actualDays' | 'thirty360') =>
      expectedBills(someTerms({ ...tail, proration }), '2026-02-01').at(-1)?.chargeFen;
    expect(last('actualDays')).toBe(96_774);
    expect(last('thirty360')).toBe(100_000);
  });

  test('a second year costs what the first did and five per cent', () => {
    const terms = someTerms({ endsOn: '2027-01-31', first: { escalation: { kind: 'percent', basisPoints: 500 } } });
    expect(expectedBills(terms, '2026-01-01').at(-1)).toMatchObject({ key: 'period/2027-01-01', chargeFen: 315_000 });
  });

  test('two codes that share nothing agree on every bill of any lease', () => {
    fc.assert(
      fc.property(anyTerms, (terms) => {
        const signedOn = terms.startsOn;
        const first = firstBill(terms, signedOn);
        const product = [first, ...generateBills(terms, first.periodUntil, addDays(terms.endsOn, 400))];
        const own = expectedBills(terms, signedOn);
        expect(own.map(({ key, from, until, issueOn, dueOn }) => [key, from, until, issueOn, dueOn])).toEqual(
          product.map(({ key, periodFrom, periodUntil, issueOn, dueOn }) => [
            key,
            periodFrom,
            periodUntil,
            issueOn,
            dueOn,
          ]),
        );
        expect(own.map(({ depositFen, chargeFen }) => depositFen + chargeFen)).toEqual(
          product.map(({ lines }) => sumFen(lines.map(({ amountFen }) => amountFen))),
        );
      }),
      { numRuns: 150 },
    );
  });

  test('a lease whose terms were changed is refused, not guessed at', () => {
    const terms = someTerms();
    const [segment] = terms.segments;
    const changed = { ...terms, segments: [segment, { ...segment, from: localDate('2026-05-01'), rateFen: fen(1) }] };
    expect(() => expectedBills(changed as typeof terms, '2026-01-01')).toThrow('never changed');
  });
});
