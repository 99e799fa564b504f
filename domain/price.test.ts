import { describe, expect, test } from '@jest/globals';
import { parseId, type RoomTypeId } from './ids';
import { choosePrice, depositOf, depositRuleName, type Price, type PriceQuestion } from './price';
import { day, room, yuan } from './test-terms';

const studio: RoomTypeId = parseId<'roomType'>('00000000-0000-7000-8000-00000000aaaa');
const loft: RoomTypeId = parseId<'roomType'>('00000000-0000-7000-8000-00000000bbbb');

const aPrice = (id: string, overrides: Partial<Price> = {}): Price => ({
  id,
  roomId: null,
  roomTypeId: studio,
  minMonths: 6,
  maxMonths: null,
  cycle: 3,
  rateFen: yuan(3000),
  basis: 'perMonth',
  validFrom: day('2026-01-01'),
  validUntil: null,
  depositMonths: 1,
  taxBasisPoints: 500,
  discounts: [],
  escalation: { kind: 'none' },
  fees: [],
  ...overrides,
});

const asked: PriceQuestion = { roomId: room(1), roomTypeId: studio, months: 12, cycle: 3, on: day('2026-06-01') };
const chosen = (rows: readonly Price[], question: Partial<PriceQuestion> = {}): string => {
  const choice = choosePrice(rows, { ...asked, ...question });
  return choice.ok ? choice.price.id : choice.code;
};

describe('of the prices that fit', () => {
  const type = aPrice('type');

  test('one of the room wins over one of its type, even an older one', () => {
    const own = aPrice('own', { roomId: room(1), roomTypeId: null, validFrom: day('2025-01-01') });
    expect(chosen([type, own])).toBe('own');
    expect(chosen([own, type])).toBe('own');
    expect(chosen([type, own], { roomId: room(2) })).toBe('type');
  });

  test('the newest that is valid on the day of signing wins', () => {
    const rows = [
      type,
      aPrice('newer', { validFrom: day('2026-05-01') }),
      aPrice('future', { validFrom: day('2026-07-01') }),
    ];
    expect(chosen(rows)).toBe('newer');
    expect(chosen(rows, { on: day('2026-07-01') })).toBe('future');
  });

  test('the one for the narrower lease length wins', () => {
    const rows = [
      aPrice('any', { minMonths: 0 }),
      aPrice('year', { minMonths: 12, maxMonths: 23 }),
      aPrice('long', { minMonths: 12 }),
    ];
    expect(chosen(rows)).toBe('year');
    expect(chosen(rows, { months: 6 })).toBe('any');
    expect(chosen(rows, { months: 24 })).toBe('long');
  });

  test('a stay shorter than a month is priced by the day, a longer one by the month', () => {
    const both = { minMonths: 0, cycle: 'wholeTerm' } as const;
    const rows = [aPrice('month', both), aPrice('night', { ...both, basis: 'perDay', rateFen: yuan(268) })];
    expect(chosen(rows, { months: 0, cycle: 'wholeTerm' })).toBe('night');
    expect(chosen(rows, { months: 1, cycle: 'wholeTerm' })).toBe('month');
  });
});

test('a price is valid from its first day up to, not including, its end', () => {
  const rows = [aPrice('spring', { validFrom: day('2026-03-01'), validUntil: day('2026-06-01') })];
  expect(['2026-02-28', '2026-03-01', '2026-05-31', '2026-06-01'].map((on) => chosen(rows, { on: day(on) }))).toEqual([
    'NotPricedOnDay',
    'spring',
    'spring',
    'NotPricedOnDay',
  ]);
});

describe('without a price that fits, the nearest miss is named', () => {
  const rows = [aPrice('a')];
  test.each([
    ['NoPriceForRoom', { roomTypeId: loft }],
    ['NotPricedOnDay', { on: day('2025-12-31') }],
    ['LengthNotOffered', { months: 5 }],
    ['CycleNotOffered', { cycle: 12 }],
  ] as const)('%s', (code, question) => {
    expect(chosen(rows, question)).toBe(code);
  });

  test('in words for the person who asked', () => {
    expect(choosePrice([], asked)).toMatchObject({ ok: false, field: 'roomId', text: '该房间及其房型没有定价' });
  });
});

test.each([
  [1, 3, '押一付三'],
  [2, 1, '押二付一'],
  [1, 12, '押一付十二'],
  [0, 'wholeTerm', '押零，一次付清'],
  [1.5, 6, '押1.5付六'],
] as const)('%d months of deposit paid every %s months is called %s', (depositMonths, cycle, name) => {
  expect(depositRuleName({ depositMonths, cycle })).toBe(name);
});

test('the deposit is as many months of rent as the rule says; a month by the day is thirty', () => {
  expect(depositOf(aPrice('a', { depositMonths: 1.5 }))).toBe(yuan(4500));
  expect(depositOf(aPrice('a', { basis: 'perDay', rateFen: yuan(100) }))).toBe(yuan(3000));
});
