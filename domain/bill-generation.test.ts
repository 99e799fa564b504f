import { describe, expect, test } from '@jest/globals';
import { totalOf } from './adjustment';
import { billedUntilOf, firstBill, generateBills, nextIssueOn, notDueBefore } from './bill-generation';
import { aSegment, day, read, someTerms, yuan } from './test-terms';

describe('the first bill', () => {
  test('holds the deposit and the first period, due on the day of signing', () => {
    const bill = firstBill(someTerms({ first: { cycle: 3 } }), day('2025-12-20'));
    expect(bill).toMatchObject({
      key: 'first',
      kind: 'first',
      dueOn: '2025-12-20',
      issueOn: '2025-12-20',
      periodUntil: '2026-04-01',
    });
    expect(read(bill.lines)).toEqual(['deposit 2026-01-01..2026-01-01 3000.00', 'rent 2026-01-01..2026-04-01 9000.00']);
    expect(bill.lines[0]?.taxFen).toBe(0);
  });

  test('has no deposit line when there is no deposit', () => {
    const bill = firstBill(someTerms({ depositFen: yuan(0) }), day('2026-01-01'));
    expect(bill.lines.map(({ kind }) => kind)).toEqual(['rent']);
  });
});

describe('the bills of the periods', () => {
  const terms = someTerms();

  test('go out seven days before they are due, not a day earlier', () => {
    expect(generateBills(terms, day('2026-02-01'), day('2026-01-24'))).toEqual([]);
    const [bill, ...more] = generateBills(terms, day('2026-02-01'), day('2026-01-25'));
    expect(more).toEqual([]);
    expect(bill).toMatchObject({
      key: 'period/2026-02-01',
      kind: 'periodic',
      issueOn: '2026-01-25',
      dueOn: '2026-02-01',
    });
  });

  test('that were missed are all made at once', () => {
    const bills = generateBills(terms, day('2026-02-01'), day('2026-04-25'));
    expect(bills.map(({ key }) => key)).toEqual([
      'period/2026-02-01',
      'period/2026-03-01',
      'period/2026-04-01',
      'period/2026-05-01',
    ]);
  });

  test('begin where billing stands: a half-billed quarter gets a bill for the rest of it', () => {
    const segments = [aSegment(), aSegment({ from: day('2026-02-01'), reason: 'amendment', cycle: 3 })];
    const bills = generateBills(someTerms({ segments }), day('2026-03-01'), day('2026-03-01'));
    expect(bills.map(({ key, periodUntil }) => [key, periodUntil])).toEqual([['period/2026-03-01', '2026-05-01']]);
    expect(bills.map(totalOf)).toEqual([yuan(6000)]);
  });

  test('a free period has a bill of nothing, and billing moves on', () => {
    const discounts = [{ month: 2, basisPointsOff: 10_000, reason: '次月免租' }];
    const bills = generateBills(someTerms({ discounts }), day('2026-02-01'), day('2026-02-01'));
    expect(bills.map(totalOf)).toEqual([0]);
    expect(billedUntilOf(bills, day('2026-02-01'))).toBe('2026-03-01');
  });

  test('none is left after the last day of the lease', () => {
    expect(nextIssueOn(terms, day('2026-12-01'))).toBe('2026-11-24');
    expect(nextIssueOn(terms, day('2027-01-01'))).toBeNull();
    expect(generateBills(terms, day('2027-01-01'), day('2030-01-01'))).toEqual([]);
  });

  test('adjustments and one-off bills do not count as billed days', () => {
    const [bill] = generateBills(terms, day('2026-02-01'), day('2026-02-01'));
    const late = bill ? [{ ...bill, kind: 'adjustment' as const, periodUntil: day('2026-12-01') }, bill] : [];
    expect(billedUntilOf(late, day('2026-02-01'))).toBe('2026-03-01');
    expect(billedUntilOf([], day('2026-02-01'))).toBe('2026-02-01');
  });

  test('a bill for a period that has passed can be given a day to be paid by', () => {
    const [bill] = generateBills(terms, day('2026-02-01'), day('2026-02-01'));
    expect(bill && notDueBefore(bill, day('2026-02-20')).dueOn).toBe('2026-02-20');
    expect(bill && notDueBefore(bill, day('2026-01-20')).dueOn).toBe('2026-02-01');
  });
});
