import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, localDate } from './calendar';
import { accruedLateFee, lateFeeBill } from './late-fee';
import { fen } from './money';
import { someDay, someFen } from './test-arbitraries';

const bill = { key: 'period/2026-03-01', dueOn: localDate('2026-03-01'), totalFen: fen(300_000) };
const policy = { graceDays: 0, dailyRateMicros: 500, capBasisPoints: 3000 };
const march = (day: number) => localDate(`2026-03-${String(day).padStart(2, '0')}`);
const paid = (day: number, amount: number) => ({ on: march(day), amountFen: fen(amount) });

describe('late fee', () => {
  test('charges 万分之五 of 3,000 元 for each day after the due day, the day of payment included', () => {
    expect(accruedLateFee(bill, [], policy, march(1))).toBe(0);
    expect(accruedLateFee(bill, [], policy, march(2))).toBe(150);
    expect(accruedLateFee(bill, [paid(11, 300_000)], policy, march(11))).toBe(1_500);
    expect(accruedLateFee(bill, [paid(11, 300_000)], policy, march(31))).toBe(1_500);
  });

  test('charges nothing on a bill paid by its due day', () => {
    expect(accruedLateFee(bill, [paid(1, 300_000)], policy, march(31))).toBe(0);
  });

  test('never charges the grace days, also after they ran out', () => {
    const graceful = { ...policy, graceDays: 3 };
    expect(accruedLateFee(bill, [], graceful, march(4))).toBe(0);
    expect(accruedLateFee(bill, [], graceful, march(5))).toBe(150);
  });

  test('a part payment lowers the fee from the next day on', () => {
    expect(accruedLateFee(bill, [paid(6, 200_000)], policy, march(11))).toBe(150 * 5 + 50 * 5);
  });

  test('rounds once at the end, half a fen up', () => {
    const small = { ...bill, totalFen: fen(333) };
    expect(accruedLateFee(small, [], { ...policy, capBasisPoints: 10_000 }, march(4))).toBe(0);
    expect(accruedLateFee(small, [], { ...policy, capBasisPoints: 10_000 }, march(5))).toBe(1);
  });

  test('stays exact where fen times days times rate is beyond the safe integers', () => {
    const huge = { ...bill, totalFen: fen(900_000_000_000) };
    expect(accruedLateFee(huge, [], policy, march(31))).toBe(13_500_000_000);
  });

  test('stops at the cap', () => {
    expect(accruedLateFee(bill, [], policy, localDate('2030-01-01'))).toBe(90_000);
  });

  test('bills what was not assessed yet, with its own key, and explains it in words the tenant can check', () => {
    const draft = lateFeeBill(bill, [paid(6, 200_000)], fen(300), policy, march(11), march(14));
    expect(draft).toEqual({
      key: 'late-fee/period/2026-03-01/2026-03-11',
      kind: 'lateFee',
      periodFrom: '2026-03-02',
      periodUntil: '2026-03-12',
      issueOn: '2026-03-11',
      dueOn: '2026-03-14',
      lines: [
        {
          kind: 'lateFee',
          from: '2026-03-02',
          until: '2026-03-12',
          amountFen: 700,
          taxFen: 0,
          explain:
            '逾期滞纳金：(3,000.00 元 × 5 天 + 1,000.00 元 × 5 天) × 日费率 0.05% = 10.00 元；减去此前已计 3.00 元',
        },
      ],
    });
  });

  test('says so when the cap was reached', () => {
    const draft = lateFeeBill(bill, [], fen(0), { ...policy, capBasisPoints: 10 }, march(31), march(31));
    expect(draft?.lines[0]?.amountFen).toBe(300);
    expect(draft?.lines[0]?.explain).toContain('已达上限（账单金额的 0.1%）3.00 元');
  });

  test('gives back what a back-dated payment shows to have been too much', () => {
    const draft = lateFeeBill(bill, [paid(2, 300_000)], fen(1_500), policy, march(12), march(12));
    expect(draft?.lines[0]?.amountFen).toBe(-1_350);
  });

  test('makes no bill when nothing was added since the last one, and no fee on a fee', () => {
    expect(lateFeeBill(bill, [paid(11, 300_000)], fen(1_500), policy, march(20), march(20))).toBeNull();
    expect(lateFeeBill(bill, [], fen(0), policy, march(1), march(1))).toBeNull();
    const fee = { ...bill, key: 'late-fee/period/2026-03-01/2026-03-11' };
    expect(accruedLateFee(fee, [], policy, march(31))).toBe(0);
  });

  const somePolicy = fc.record({
    graceDays: fc.integer({ min: 0, max: 10 }),
    dailyRateMicros: fc.integer({ min: 0, max: 10_000 }),
    capBasisPoints: fc.integer({ min: 0, max: 10_000 }),
  });
  const somePayments = fc.array(fc.record({ on: someDay('2026-02-01', 200), amountFen: someFen(200_000) }), {
    maxLength: 5,
  });
  const someBill = someFen(1_000_000).map((totalFen) => ({ ...bill, totalFen }));

  test('is the day-by-day sum, within its cap, however the days are cut', () => {
    fc.assert(
      fc.property(someBill, somePayments, somePolicy, someDay('2026-02-01', 200), (b, payments, p, through) => {
        let fenDays = 0;
        for (let day = addDays(b.dueOn, p.graceDays + 1); day <= through; day = addDays(day, 1)) {
          const before = payments.filter(({ on }) => on < day).reduce((sum, { amountFen }) => sum + amountFen, 0);
          fenDays += Math.max(0, b.totalFen - before);
        }
        const cap = Math.floor((b.totalFen * p.capBasisPoints) / 10_000);
        const expected = Math.min(cap, Math.floor((fenDays * p.dailyRateMicros + 500_000) / 1_000_000));
        expect(accruedLateFee(b, payments, p, through)).toBe(expected);
      }),
    );
  });

  test('assessing in steps comes to the same as assessing once, and a payment never makes it larger', () => {
    fc.assert(
      fc.property(someBill, somePayments, somePolicy, fc.array(someDay('2026-02-01', 200)), (b, payments, p, days) => {
        let assessed = 0;
        const steps = [...days].sort();
        for (const day of steps) {
          assessed += lateFeeBill(b, payments, fen(assessed), p, day, day)?.lines[0]?.amountFen ?? 0;
        }
        const last = steps.at(-1);
        expect(assessed).toBe(last ? accruedLateFee(b, payments, p, last) : 0);
        if (last) expect(assessed).toBeLessThanOrEqual(accruedLateFee(b, [], p, last));
      }),
    );
  });
});
