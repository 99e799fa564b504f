import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { localDate } from './calendar';
import { DEFAULT_POLICY } from './default-policy';
import { fen, sumFen } from './money';
import { type BillInArrears, decidePayment } from './payment-decision';

const day = localDate;
const rent = (dueOn: string, openFen = 300_000): BillInArrears => ({
  key: `period/${dueOn}`,
  kind: 'periodic',
  issueOn: day(dueOn),
  dueOn: day(dueOn),
  totalFen: fen(300_000),
  openFen: fen(openFen),
  reductions: openFen < 300_000 ? [{ on: day(dueOn), amountFen: fen(300_000 - openFen) }] : [],
  assessedFen: fen(0),
});
const decide = (amount: number, open: BillInArrears[], paidOn: string, today = paidOn) =>
  decidePayment(fen(amount), open, DEFAULT_POLICY, { paidOn: day(paidOn), today: day(today), cause: 'payment-2' });

describe('what a payment does', () => {
  it('pays a bill on its due day without a late fee', () => {
    expect(decide(300_000, [rent('2026-03-01')], '2026-03-01')).toEqual({
      lateFees: [],
      allocations: [{ key: 'period/2026-03-01', amountFen: 300_000 }],
      leftoverFen: 0,
    });
  });

  it('ten days late: the rent first, the late fee of 15 yuan from what is left', () => {
    const { lateFees, allocations, leftoverFen } = decide(301_000, [rent('2026-03-01')], '2026-03-11');
    // 3,000.00 yuan x 10 days x 0.05 %
    expect(lateFees.map(({ key, lines }) => [key, lines[0]?.amountFen])).toEqual([
      ['late-fee/period/2026-03-01/2026-03-11', 1_500],
    ]);
    expect(allocations).toEqual([
      { key: 'period/2026-03-01', amountFen: 300_000 },
      { key: 'late-fee/period/2026-03-01/2026-03-11', amountFen: 1_000 },
    ]);
    expect(leftoverFen).toBe(0);
  });

  it('charges no late days for money that was paid in time and only became known later', () => {
    expect(decide(300_000, [rent('2026-03-01')], '2026-03-01', '2026-03-20').lateFees).toEqual([]);
  });

  it('gives a fee back that money of an earlier day makes wrong, also on the day it was charged', () => {
    // Due on the 1st; half was paid on the 21st, which charged 3,000.00 x 20 days. The other half turns out to have come on the 1st.
    const half = { on: day('2026-03-21'), amountFen: fen(150_000) };
    const bill = { ...rent('2026-03-01', 150_000), reductions: [half], assessedFen: fen(3_000) };
    const { lateFees } = decide(150_000, [bill], '2026-03-01', '2026-03-21');
    expect(lateFees.map(({ key, lines }) => [key, lines[0]?.amountFen])).toEqual([
      ['late-fee/period/2026-03-01/2026-03-21/payment-2', -1_500],
    ]);
  });

  it('leaves the late fee of bills alone that the money does not reach', () => {
    const { lateFees } = decide(100_000, [rent('2026-03-01'), rent('2026-04-01')], '2026-04-11');
    expect(lateFees.map(({ key }) => key)).toEqual(['late-fee/period/2026-03-01/2026-04-11']);
  });

  it('takes no late fee on the first bill, whose lateness frees the room, nor on arrears that were taken over', () => {
    const first = { ...rent('2026-03-01'), key: 'first', kind: 'first' as const };
    const opening = { ...rent('2025-12-01'), key: 'opening', kind: 'opening' as const };
    expect(decide(600_000, [first, opening], '2026-03-02').lateFees).toEqual([]);
  });

  it('never loses or makes money, whatever is open', () => {
    const open = fc
      .uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 6 })
      .map((months) => months.map((m) => rent(`2026-${String(m).padStart(2, '0')}-01`)));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000_000 }), open, (amount, bills) => {
        const { allocations, leftoverFen, lateFees } = decide(amount, bills, '2026-08-15');
        expect(sumFen(allocations.map((a) => a.amountFen)) + leftoverFen).toBe(amount);
        const owed = new Map([
          ...bills.map((b) => [b.key, b.openFen] as const),
          ...lateFees.map((d) => [d.key, sumFen(d.lines.map((l) => l.amountFen))] as const),
        ]);
        for (const { key, amountFen } of allocations) expect(amountFen).toBeLessThanOrEqual(owed.get(key) ?? 0);
      }),
    );
  });
});
