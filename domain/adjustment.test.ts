import { describe, expect, test } from '@jest/globals';
import { adjustmentBill, totalOf } from './adjustment';
import type { BillDraft, BilledLine } from './bill';
import { firstBill, generateBills } from './bill-generation';
import { applyChange, type LeaseChange } from './change';
import type { LeaseTerms } from './terms';
import { day, read, room, someTerms, yuan } from './test-terms';

const asked = { changeId: 'c1', on: day('2026-03-20'), dueOn: day('2026-03-27') };

const agreed = (terms: LeaseTerms, change: LeaseChange): LeaseTerms => {
  const decision = applyChange(terms, change);
  if (!decision.ok) throw new Error(decision.code);
  return decision.terms;
};

/** Lines of a lease that is billed up to 1 April: the first bill, February and March. */
const billedTo = (terms: LeaseTerms): BilledLine[] =>
  [firstBill(terms, terms.startsOn), ...generateBills(terms, day('2026-02-01'), day('2026-02-22'))].flatMap(
    ({ lines }) => lines,
  );

const adjust = (terms: LeaseTerms, billed: readonly BilledLine[], until = '2026-04-01'): BillDraft | null =>
  adjustmentBill({ terms, billed, billedUntil: day(until), ...asked });

describe('an adjustment', () => {
  const old = someTerms();
  const billed = billedTo(old);

  test('is not made when nothing billed has changed', () => {
    const change = { kind: 'amendment', from: day('2026-04-01'), rateFen: yuan(3500) } as const;
    expect(adjust(old, billed)).toBeNull();
    expect(adjust(agreed(old, change), billed)).toBeNull();
  });

  test('charges the rest of a rent that rose in the middle of a billed month', () => {
    // March from the 16th: 15/31 x 3000 = 1451.61, then 16/31 x 3310; the month is 3160.00, so 160.00 are missing
    const bill = adjust(agreed(old, { kind: 'amendment', from: day('2026-03-16'), rateFen: yuan(3310) }), billed);
    expect(read(bill?.lines ?? [])).toEqual(['rent 2026-03-01..2026-04-01 160.00']);
    expect(bill).toMatchObject({
      key: 'adjustment/c1',
      kind: 'adjustment',
      issueOn: '2026-03-20',
      dueOn: '2026-03-27',
    });
    expect(bill?.lines[0]?.explain).toBe(
      '原计 3,000.00 元，变更后应计 3,160.00 元（3,000.00 元/月 × 15/31 天；3,310.00 元/月 × 16/31 天）',
    );
    expect(bill?.lines[0]?.taxFen).toBe(762); // 160.00 x 5/105
  });

  test('gives back rent and fees of the days after an earlier end', () => {
    const fees = [{ kind: 'propertyFee', amountFen: yuan(62) }] as const;
    const terms = someTerms({ first: { fees } });
    const bill = adjust(agreed(terms, { kind: 'earlyEnd', endsOn: day('2026-02-28') }), billedTo(terms));
    expect(read(bill?.lines ?? [])).toEqual([
      'rent 2026-03-01..2026-04-01 -3000.00',
      'propertyFee 2026-03-01..2026-04-01 -62.00',
    ]);
    expect(bill?.lines[0]?.explain).toBe('原计 3,000.00 元，变更后不计');
    expect(bill && totalOf(bill)).toBe(yuan(-3062));
  });

  test('is made once: with its lines among those billed there is nothing left', () => {
    const terms = agreed(old, { kind: 'suspension', from: day('2026-02-10'), until: day('2026-03-10') });
    const bill = adjust(terms, billed);
    expect(bill && totalOf(bill)).toBe(yuan(-2035.71 - 870.97)); // 19 of 28 days of February, 9 of 31 of March
    expect(adjust(terms, [...billed, ...(bill?.lines ?? [])])).toBeNull();
  });

  test('is not made because of a new cycle alone, though the periods lie differently', () => {
    expect(adjust(agreed(old, { kind: 'amendment', from: day('2026-02-15'), cycle: 3 }), billed)).toBeNull();
  });

  test('asks for what a raised deposit lacks, without tax', () => {
    const move = { kind: 'transfer', from: day('2026-04-01'), roomId: room(2), rateFen: yuan(4500) } as const;
    const bill = adjust(agreed(old, { ...move, depositFen: yuan(4500) }), billed);
    expect(read(bill?.lines ?? [])).toEqual(['deposit 2026-03-20..2026-03-20 1500.00']);
    expect(bill?.lines[0]?.taxFen).toBe(0);
  });

  test('leaves the days before a take-over alone: what they were billed elsewhere is not known', () => {
    const opening = { kind: 'opening', from: day('2026-01-01'), until: day('2026-03-01'), amountFen: yuan(0) } as const;
    const march = { kind: 'rent', from: day('2026-03-01'), until: day('2026-04-01'), amountFen: yuan(3000) } as const;
    expect(adjust(old, [opening, march])).toBeNull();
    const bill = adjust(agreed(old, { kind: 'amendment', from: day('2026-01-01'), rateFen: yuan(3100) }), [
      opening,
      march,
    ]);
    expect(read(bill?.lines ?? [])).toEqual(['rent 2026-03-01..2026-04-01 100.00']);
  });

  test('does not touch water, damage or late fees', () => {
    const water = { kind: 'water', from: day('2026-01-01'), until: day('2026-02-01'), amountFen: yuan(35) } as const;
    expect(adjust(old, [...billed, water])).toBeNull();
  });
});
