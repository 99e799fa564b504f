import { describe, expect, test } from '@jest/globals';
import { totalOf } from './adjustment';
import { fen } from './money';
import type { TerminationPolicy } from './policy';
import { terminationPenalty } from './termination';
import { day, someTerms, yuan } from './test-terms';

const oneMonth: TerminationPolicy = { penalty: { kind: 'months', months: 1 }, noticeDays: 30 };
const deposit: TerminationPolicy = { penalty: { kind: 'deposit' }, noticeDays: 30 };
const none: TerminationPolicy = { penalty: { kind: 'none' }, noticeDays: 30 };

const leaving = (endsOn: string, noticedOn: string, billedFen = 0) => ({
  endsOn: day(endsOn),
  noticedOn: day(noticedOn),
  changeId: 'change-1',
  billedFen: fen(billedFen),
});

const owed = (policy: TerminationPolicy, endsOn: string, noticedOn: string, terms = someTerms()): number | null => {
  const bill = terminationPenalty(terms, policy, leaving(endsOn, noticedOn));
  return bill && totalOf(bill);
};

describe('leaving before the end of the lease', () => {
  test('costs a month of rent when notice was given in time', () => {
    const bill = terminationPenalty(someTerms(), oneMonth, leaving('2026-06-30', '2026-05-31'));
    expect(bill).toMatchObject({
      key: 'penalty/change-1',
      kind: 'penalty',
      issueOn: '2026-05-31',
      dueOn: '2026-06-30',
    });
    expect(bill?.lines.map(({ amountFen, explain }) => [amountFen, explain])).toEqual([
      [yuan(3000), '提前退租违约金：月租金 3,000.00 元 × 1 个月'],
    ]);
  });

  test('costs the days of missing notice on top: ten days of July at 3000/31', () => {
    expect(owed(oneMonth, '2026-06-30', '2026-06-10')).toBe(yuan(3000 + 967.74));
  });

  test('costs the difference only, when the end is brought forward a second time', () => {
    const bill = terminationPenalty(someTerms(), oneMonth, leaving('2026-06-30', '2026-05-31', yuan(483.87)));
    expect(bill && totalOf(bill)).toBe(yuan(2516.13));
    expect(terminationPenalty(someTerms(), oneMonth, leaving('2026-06-30', '2026-05-31', yuan(3000)))).toBeNull();
  });

  test('costs the deposit where the policy says so', () => {
    expect(owed(deposit, '2026-06-30', '2026-05-01')).toBe(yuan(3000));
  });

  test('costs nothing under a policy without penalty, on the last day, or after it', () => {
    expect(owed(none, '2026-06-30', '2026-06-30')).toBeNull();
    expect(owed(oneMonth, '2026-12-31', '2026-12-31')).toBeNull();
    expect(owed(oneMonth, '2027-01-31', '2026-12-31')).toBeNull();
  });

  test('never costs more than staying would: five days before the end cost five days', () => {
    const bill = terminationPenalty(someTerms(), oneMonth, leaving('2026-12-26', '2026-12-26'));
    expect(bill && totalOf(bill)).toBe(yuan(483.87)); // 5/31 x 3000
    expect(bill?.lines).toHaveLength(1);
    expect(bill?.lines[0]?.explain).toContain('以剩余租期租金为限 483.87 元');
  });

  test('takes the rent as it stands on the day of leaving, after its anniversaries', () => {
    const first = { escalation: { kind: 'percent', basisPoints: 1000 } } as const;
    expect(owed(oneMonth, '2027-06-30', '2027-05-01', someTerms({ endsOn: '2027-12-31', first }))).toBe(yuan(3300));
  });

  test('takes thirty days for the month of a rent by the day', () => {
    const first = { basis: 'perDay', rateFen: yuan(100) } as const;
    expect(owed(oneMonth, '2026-06-30', '2026-05-01', someTerms({ first }))).toBe(yuan(3000));
  });
});
