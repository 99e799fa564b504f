import { describe, expect, test } from '@jest/globals';
import { totalOf } from './adjustment';
import { firstBill } from './bill-generation';
import { applyChange, type ChangeRefusalCode, dryRun, type LeaseChange } from './change';
import { schedule } from './schedule';
import type { LeaseTerms } from './terms';
import { day, room, someTerms, yuan } from './test-terms';

const agreed = (terms: LeaseTerms, ...changes: LeaseChange[]): LeaseTerms =>
  changes.reduce((current, change) => {
    const decision = applyChange(current, change);
    if (!decision.ok) throw new Error(decision.code);
    return decision.terms;
  }, terms);

const monthly = (terms: LeaseTerms): number[] => schedule(terms).map((period) => totalOf(period) / 100);
const outline = ({ segments }: LeaseTerms): string[] =>
  segments.map((s) => `${s.from} ${s.reason} ${s.rateFen / 100}${s.suspended ? ' suspended' : ''}`);

const halfYear = someTerms({ endsOn: '2026-06-30' });
const rising = someTerms({ endsOn: '2027-12-31', first: { escalation: { kind: 'percent', basisPoints: 1000 } } });

describe('what a change does to the terms', () => {
  test('a renewal at a new price and cycle begins the day after the old end', () => {
    const terms = agreed(halfYear, { kind: 'renewal', newEndsOn: day('2026-12-31'), rateFen: yuan(3200), cycle: 3 });
    expect(outline(terms)).toEqual(['2026-01-01 original 3000', '2026-07-01 renewal 3200']);
    expect(monthly(terms)).toEqual([3000, 3000, 3000, 3000, 3000, 3000, 9600, 9600]);
  });

  test('a renewal without a price goes on at the last one, and its years begin again', () => {
    const terms = agreed(rising, { kind: 'renewal', newEndsOn: day('2029-06-30') });
    expect(outline(terms)).toEqual(['2026-01-01 original 3000', '2028-01-01 renewal 3300']);
    expect(monthly(terms).slice(24, 37)).toEqual([...Array(12).fill(3300), 3630]);
  });

  test('an amendment of fees alone leaves the anniversaries of the rent where they were', () => {
    const terms = agreed(rising, {
      kind: 'amendment',
      from: day('2026-07-01'),
      fees: [{ kind: 'network', amountFen: yuan(50) }],
    });
    expect(monthly(terms).slice(5, 13)).toEqual([3000, 3050, 3050, 3050, 3050, 3050, 3050, 3350]);
  });

  test('a new rent reaches through a suspension agreed before, and stops at the renewal agreed before', () => {
    const terms = agreed(
      halfYear,
      { kind: 'renewal', newEndsOn: day('2026-09-30'), rateFen: yuan(4000) },
      { kind: 'suspension', from: day('2026-04-01'), until: day('2026-05-01') },
      { kind: 'amendment', from: day('2026-02-01'), rateFen: yuan(3500) },
    );
    expect(monthly(terms)).toEqual([3000, 3500, 3500, 0, 3500, 3500, 4000, 4000, 4000]);
  });

  test('a new escalation starts from the rent of the day it is agreed for', () => {
    const amountFen = yuan(100);
    const terms = agreed(rising, {
      kind: 'amendment',
      from: day('2027-03-01'),
      escalation: { kind: 'amount', amountFen },
    });
    const renewed = agreed(terms, { kind: 'renewal', newEndsOn: day('2028-12-31'), rateFen: yuan(5000) });
    expect(outline(renewed)).toEqual([
      '2026-01-01 original 3000',
      '2027-03-01 amendment 3300',
      '2028-01-01 renewal 5000',
    ]);
  });

  test('a room transfer changes the room for good, also in the renewal agreed before', () => {
    const terms = agreed(
      halfYear,
      { kind: 'renewal', newEndsOn: day('2026-09-30'), rateFen: yuan(4000) },
      { kind: 'transfer', from: day('2026-03-11'), roomId: room(2), rateFen: yuan(3620), depositFen: yuan(3620) },
    );
    expect(terms.segments.map(({ roomId }) => roomId)).toEqual([room(1), room(2), room(2)]);
    expect(monthly(terms).slice(1, 4)).toEqual([3000, 3420, 3620]); // March: 10/31 x 3000 + 21/31 x 3620
    expect(terms.depositFen).toBe(yuan(3620));
  });

  test('an open suspension ends with a resumption at the rent of before', () => {
    const open = agreed(halfYear, { kind: 'suspension', from: day('2026-03-01'), until: null });
    expect(monthly(open)).toEqual([3000, 3000, 0, 0, 0, 0]);
    expect(monthly(agreed(open, { kind: 'resumption', from: day('2026-05-01') }))).toEqual([
      3000, 3000, 0, 0, 3000, 3000,
    ]);
  });

  test('a suspension does not stop the anniversaries of the rent', () => {
    const terms = agreed(rising, { kind: 'suspension', from: day('2026-11-01'), until: day('2026-12-01') });
    expect(monthly(terms).slice(9, 13)).toEqual([3000, 0, 3000, 3300]);
  });

  test('an early end drops what was agreed for later', () => {
    const terms = agreed(
      halfYear,
      { kind: 'amendment', from: day('2026-05-01'), rateFen: yuan(2000) },
      { kind: 'earlyEnd', endsOn: day('2026-03-31') },
    );
    expect(outline(terms)).toEqual(['2026-01-01 original 3000']);
    expect(monthly(terms)).toEqual([3000, 3000, 3000]);
  });

  test('a change on a day that already has one replaces its conditions, not the renewal it belongs to', () => {
    const renewed = agreed(halfYear, { kind: 'renewal', newEndsOn: day('2026-08-31') });
    const terms = agreed(renewed, { kind: 'amendment', from: day('2026-07-01'), rateFen: yuan(2800) });
    expect(outline(terms)).toEqual(['2026-01-01 original 3000', '2026-07-01 renewal 2800']);
  });

  test('new co-tenants change no terms', () => {
    expect(agreed(halfYear, { kind: 'coTenants', coTenantIds: [] })).toEqual(halfYear);
  });
});

describe('a change is refused', () => {
  const suspended = agreed(halfYear, { kind: 'suspension', from: day('2026-03-01'), until: day('2026-04-01') });
  const cases: readonly (readonly [ChangeRefusalCode, LeaseChange])[] = [
    ['EndNotLater', { kind: 'renewal', newEndsOn: day('2026-06-30') }],
    ['BeforeLease', { kind: 'amendment', from: day('2025-12-31'), rateFen: yuan(1) }],
    ['AfterLease', { kind: 'amendment', from: day('2026-07-01'), rateFen: yuan(1) }],
    ['NothingToChange', { kind: 'amendment', from: day('2026-02-01') }],
    ['AmountOutOfRange', { kind: 'amendment', from: day('2026-02-01'), rateFen: yuan(-1) }],
    ['SameRoom', { kind: 'transfer', from: day('2026-02-01'), roomId: room(1), rateFen: yuan(1) }],
    ['AlreadySuspended', { kind: 'suspension', from: day('2026-03-15'), until: null }],
    ['AlreadySuspended', { kind: 'suspension', from: day('2026-02-15'), until: day('2026-03-02') }],
    ['UntilNotAfterFrom', { kind: 'suspension', from: day('2026-02-15'), until: day('2026-02-15') }],
    ['UntilAfterEnd', { kind: 'suspension', from: day('2026-05-15'), until: day('2026-07-01') }],
    ['NotSuspended', { kind: 'resumption', from: day('2026-02-15') }],
    ['EndNotEarlier', { kind: 'earlyEnd', endsOn: day('2026-06-30') }],
    ['EndBeforeStart', { kind: 'earlyEnd', endsOn: day('2025-12-31') }],
    ['TooLong', { kind: 'renewal', newEndsOn: day('2056-06-30') }],
  ];
  test.each(cases)('%s: %j', (code, change) => {
    expect(applyChange(suspended, change)).toMatchObject({ ok: false, code });
  });

  test('by day rents cannot be paid by the quarter', () => {
    const stay = someTerms({ first: { basis: 'perDay', cycle: 1 } });
    const change = { kind: 'amendment', from: day('2026-02-01'), cycle: 3 } as const;
    expect(applyChange(stay, change)).toMatchObject({ ok: false, code: 'CycleNotByDay' });
  });
});

describe('a dry run', () => {
  const billed = firstBill(halfYear, day('2026-01-01')).lines;
  const run = (change: LeaseChange) => dryRun(halfYear, change, day('2026-02-01'), billed, day('2026-01-20'));

  test('shows the bill that a change would bring now, and what the whole lease costs more', () => {
    const result = run({ kind: 'amendment', from: day('2026-01-17'), rateFen: yuan(3310) });
    if (!result.ok) throw new Error(result.code);
    expect(result.adjustment && totalOf(result.adjustment)).toBe(yuan(150)); // 15/31 x 310: 17 to 31 January
    expect(result.deltaFen).toBe(yuan(150 + 5 * 310));
    expect([result.before.length, result.after.length]).toEqual([6, 6]);
  });

  test('shows no bill now for a change in days not yet billed', () => {
    const result = run({ kind: 'earlyEnd', endsOn: day('2026-04-30') });
    expect(result).toMatchObject({ ok: true, adjustment: null, deltaFen: yuan(-6000) });
  });

  test('refuses what could not be confirmed', () => {
    expect(run({ kind: 'earlyEnd', endsOn: day('2027-04-30') })).toMatchObject({
      ok: false,
      code: 'EndNotEarlier',
      field: 'endsOn',
    });
  });
});
