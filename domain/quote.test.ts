import { describe, expect, test } from '@jest/globals';
import { totalOf } from './adjustment';
import { sumFen } from './money';
import type { Price } from './price';
import { leaseMonths, type QuoteRequest, quote } from './quote';
import { checkTerms } from './terms-check';
import { day, read, room, yuan } from './test-terms';

const price: Price = {
  id: 'p1',
  roomId: room(1),
  roomTypeId: null,
  minMonths: 12,
  maxMonths: null,
  cycle: 3,
  rateFen: yuan(3000),
  basis: 'perMonth',
  validFrom: day('2026-01-01'),
  validUntil: null,
  depositMonths: 1,
  taxBasisPoints: 500,
  discounts: [{ month: 1, basisPointsOff: 10_000, reason: '首月免租' }],
  escalation: { kind: 'percent', basisPoints: 500 },
  fees: [{ kind: 'network', amountFen: yuan(50) }],
};

const request: QuoteRequest = {
  roomId: room(1),
  startsOn: day('2026-03-01'),
  endsOn: day('2028-02-29'),
  signedOn: day('2026-02-20'),
  alignment: 'leaseDate',
  proration: 'actualDays',
  dueDayOffset: -5,
  issueDaysBeforeDue: 7,
  rentFreeDays: 0,
};

describe('a quote of 押一付三 with the first month free and 5 % more in the second year', () => {
  const offer = quote(request, price);

  test('is made of terms that can be signed', () => {
    expect(checkTerms(offer.terms)).toEqual([]);
    expect(Object.keys(offer.terms)).not.toContain('roomId');
  });

  test('asks first for the deposit and a quarter less its first month', () => {
    expect(read(offer.firstBill.lines)).toEqual([
      'deposit 2026-03-01..2026-03-01 3000.00',
      'rent 2026-03-01..2026-06-01 9000.00',
      'discount 2026-03-01..2026-04-01 -3000.00',
      'network 2026-03-01..2026-06-01 150.00',
    ]);
    expect(offer.firstBill.dueOn).toBe('2026-02-20');
  });

  test('totals 72,000 yuan: 11 months at 3000, 12 at 3150, 24 at 50 of network', () => {
    expect(offer.totalFen).toBe(yuan(11 * 3000 + 12 * 3150 + 24 * 50));
    expect(offer.periods).toHaveLength(8);
  });

  test('shows the very bills that will be issued: together the total and the deposit', () => {
    expect(offer.bills.map(({ key }) => key).slice(0, 3)).toEqual(['first', 'period/2026-06-01', 'period/2026-09-01']);
    expect(sumFen(offer.bills.map(totalOf))).toBe(yuan(72_000 + 3000));
  });

  test('says each of its points in words that can be checked', () => {
    expect(offer.lines.map(({ label, amountFen, explain }) => `${label} ${amountFen / 100}：${explain}`)).toEqual([
      '租金 3000：3,000.00 元/月，租期2026年3月1日至2028年2月29日，共 24 个月',
      '押金 3000：押一付三：3,000.00 元 × 1 个月，退租清算后退还',
      '租金递增（2027年3月1日起） 150：每满一年按5%调整：3,000.00 元 → 3,150.00 元/月',
      '优惠（2026年3月1日起） -3000：首月免租：3,000.00 元 × 100%',
      '网络费 50：50.00 元/月，不足一月按天折算',
      '首期应付 9150：押金与第一期账单合计，签约当日应付',
      '合计 72000：全部租期 8 期账单合计，不含押金',
    ]);
  });
});

test('a quote for three nights is by the day, without deposit or discounts where the price has none', () => {
  const night: Price = {
    ...price,
    ...{ basis: 'perDay', rateFen: yuan(268), cycle: 'wholeTerm', depositMonths: 0, discounts: [], fees: [] },
    escalation: { kind: 'none' },
  };
  const offer = quote({ ...request, endsOn: day('2026-03-03') }, night);
  expect(offer.bills.map(totalOf)).toEqual([yuan(804)]);
  expect(offer.lines.map(({ explain }) => explain)).toEqual([
    '268.00 元/天，租期2026年3月1日至2026年3月3日，共 3 天',
    '押金与第一期账单合计，签约当日应付',
    '全部租期 1 期账单合计，不含押金',
  ]);
});

test('rent-free days and a rise by an amount are named with their day and their sum', () => {
  const rising: Price = { ...price, discounts: [], fees: [], escalation: { kind: 'amount', amountFen: yuan(100) } };
  const { lines } = quote({ ...request, endsOn: day('2027-03-15'), rentFreeDays: 10 }, rising);
  const explained = lines.map(({ explain }) => explain);
  expect(explained[0]).toBe('3,000.00 元/月，租期2026年3月1日至2027年3月15日，共 12 个月零 15 天');
  expect(explained).toContain('起租日起 10 天（至2026年3月10日）不计租金');
  expect(explained).toContain('每满一年按固定金额调整：3,000.00 元 → 3,100.00 元/月');
});

test.each([
  ['2027-02-28', []],
  ['2027-03-01', ['2027年3月1日 150']],
  ['2029-02-28', ['2027年3月1日 150', '2028年3月1日 157.5']],
])('a lease to %s names only the rises of the rent that it lives to see', (endsOn, steps) => {
  const { lines } = quote({ ...request, endsOn: day(endsOn) }, price);
  const rises = lines.filter(({ label }) => label.startsWith('租金递增'));
  expect(rises.map(({ label, amountFen }) => `${label.slice(5, -2)} ${amountFen / 100}`)).toEqual(steps);
});

test.each([
  ['2026-03-01', '2026-03-03', 0],
  ['2026-03-01', '2026-03-31', 1],
  ['2026-01-31', '2026-02-27', 1],
  ['2026-03-01', '2027-02-28', 12],
  ['2026-03-01', '2027-02-27', 11],
])('from %s to %s the price list counts %i months', (startsOn, endsOn, months) => {
  expect(leaseMonths(day(startsOn), day(endsOn))).toBe(months);
});
