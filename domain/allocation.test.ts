import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { allocatePayment, paymentOrder } from './allocation';
import { localDate } from './calendar';
import { fen, sumFen } from './money';
import { anOpenBill, someFen, someOpenBills } from './test-arbitraries';

const arrearsFirst = { order: 'oldestDueFirst', arrearsBeforeLateFees: true } as const;
const feesWithTheirBill = { order: 'oldestDueFirst', arrearsBeforeLateFees: false } as const;
const somePolicy = fc.constantFrom(arrearsFirst, feesWithTheirBill);

const january = anOpenBill({ key: 'period/2026-01-01', dueOn: localDate('2026-01-01'), openFen: fen(100_000) });
const february = anOpenBill({ key: 'period/2026-02-01', dueOn: localDate('2026-02-01'), openFen: fen(100_000) });
const feeOnJanuary = anOpenBill({
  key: 'late-fee/period/2026-01-01/2026-01-20',
  kind: 'lateFee',
  dueOn: localDate('2026-01-20'),
  openFen: fen(1_000),
});
const all = [feeOnJanuary, february, january];

describe('allocating a payment', () => {
  test('pays the oldest bill first and leaves the rest of the next one open', () => {
    expect(allocatePayment(fen(130_000), all, arrearsFirst)).toEqual({
      allocations: [
        { key: january.key, amountFen: 100_000 },
        { key: february.key, amountFen: 30_000 },
      ],
      leftoverFen: 0,
    });
  });

  test('pays late fees only after every other bill, unless the policy takes them together with their bill', () => {
    expect(paymentOrder(all, arrearsFirst).map((b) => b.key)).toEqual([january.key, february.key, feeOnJanuary.key]);
    expect(paymentOrder(all, feesWithTheirBill).map((b) => b.key)).toEqual([
      january.key,
      feeOnJanuary.key,
      february.key,
    ]);
  });

  test('pays a fee whose bill is paid off by the fee’s own due day', () => {
    expect(paymentOrder([february, feeOnJanuary], feesWithTheirBill)[0]).toBe(feeOnJanuary);
  });

  test('turns what no bill wants into credit', () => {
    expect(allocatePayment(fen(250_000), all, arrearsFirst).leftoverFen).toBe(49_000);
    expect(allocatePayment(fen(5), [], arrearsFirst)).toEqual({ allocations: [], leftoverFen: 5 });
  });

  test('breaks ties by issue day, then by key', () => {
    const late = anOpenBill({ key: 'a', issueOn: localDate('2026-02-25') });
    const early = anOpenBill({ key: 'z', issueOn: localDate('2026-02-20') });
    const same = anOpenBill({ key: 'b', issueOn: localDate('2026-02-25') });
    expect(paymentOrder([same, late, early], arrearsFirst).map((b) => b.key)).toEqual(['z', 'a', 'b']);
  });

  test('refuses a negative payment', () => {
    expect(() => allocatePayment(fen(-1), all, arrearsFirst)).toThrow(RangeError);
  });

  test('conserves money, never pays more than a bill wants, and pays no bill twice', () => {
    fc.assert(
      fc.property(someFen(), someOpenBills, somePolicy, (amount, open, policy) => {
        const { allocations, leftoverFen } = allocatePayment(amount, open, policy);
        const wanted = new Map(open.map((bill) => [bill.key, bill.openFen]));
        expect(sumFen(allocations.map((a) => a.amountFen)) + leftoverFen).toBe(amount);
        expect(new Set(allocations.map((a) => a.key)).size).toBe(allocations.length);
        for (const { key, amountFen } of allocations) {
          expect(amountFen).toBeGreaterThan(0);
          expect(amountFen).toBeLessThanOrEqual(wanted.get(key) ?? 0);
        }
        const open_ = sumFen(open.map((bill) => bill.openFen));
        expect(leftoverFen).toBe(Math.max(0, amount - open_));
      }),
    );
  });

  test('does not depend on the order in which bills were read', () => {
    const shuffled = someOpenBills.chain((open) =>
      fc.tuple(fc.constant(open), fc.shuffledSubarray(open, { minLength: open.length })),
    );
    fc.assert(
      fc.property(someFen(), shuffled, somePolicy, (amount, [open, other], policy) => {
        expect(allocatePayment(amount, other, policy)).toEqual(allocatePayment(amount, open, policy));
      }),
    );
  });
});
