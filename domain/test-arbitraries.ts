import fc from 'fast-check';
import type { OpenBill } from './bill';
import { addDays, type LocalDate, localDate } from './calendar';
import { type Fen, fen } from './money';

/** Random business values for property tests; imported by tests only. */

export const someFen = (max = 10_000_000): fc.Arbitrary<Fen> => fc.integer({ min: 0, max }).map(fen);

export const someDay = (from = '2026-01-01', days = 400): fc.Arbitrary<LocalDate> =>
  fc.integer({ min: 0, max: days }).map((n) => addDays(localDate(from), n));

/** Open bills of one lease: keys are unique, some are paid off, some are late fees on a bill in the same list. */
export const someOpenBills: fc.Arbitrary<OpenBill[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom('periodic' as const, 'first' as const, 'opening' as const, 'lateFee' as const),
      dueOn: someDay(),
      issuedDaysBefore: fc.integer({ min: 0, max: 10 }),
      totalFen: someFen(),
      paidShare: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { maxLength: 8 },
  )
  .map((drafts) =>
    drafts.map(({ kind, dueOn, issuedDaysBefore, totalFen, paidShare }, i) => ({
      key: kind === 'lateFee' ? `late-fee/bill-${Math.floor(i / 2)}/${dueOn}` : `bill-${i}`,
      kind,
      issueOn: addDays(dueOn, -issuedDaysBefore),
      dueOn,
      totalFen,
      openFen: fen(Math.round(totalFen * (1 - paidShare))),
    })),
  )
  .map((bills) => [...new Map(bills.map((bill) => [bill.key, bill])).values()]);

/** One open bill with what a test cares about overridden. */
export const anOpenBill = (overrides: Partial<OpenBill> = {}): OpenBill => ({
  key: 'period/2026-03-01',
  kind: 'periodic',
  issueOn: localDate('2026-02-24'),
  dueOn: localDate('2026-03-01'),
  totalFen: fen(300_000),
  openFen: fen(300_000),
  ...overrides,
});
