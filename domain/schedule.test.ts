import { describe, expect, test } from '@jest/globals';
import { totalOf } from './adjustment';
import { type Period, schedule } from './schedule';
import { aSegment, day, read, room, someTerms, yuan } from './test-terms';

const spans = (periods: readonly Period[]): string[] => periods.map(({ from, until }) => `${from}..${until}`);
const totals = (periods: readonly Period[]): number[] => periods.map((period) => totalOf(period) / 100);
const explained = (periods: readonly Period[]): string[] => periods.flatMap(({ lines }) => lines.map((l) => l.explain));

describe('where periods begin', () => {
  test('a lease from 31 January pays on the last day of short months and comes back to the 31st', () => {
    const periods = schedule(someTerms({ startsOn: '2026-01-31', endsOn: '2026-05-30' }));
    expect(spans(periods)).toEqual([
      '2026-01-31..2026-02-28',
      '2026-02-28..2026-03-31',
      '2026-03-31..2026-04-30',
      '2026-04-30..2026-05-31',
    ]);
    expect(totals(periods)).toEqual([3000, 3000, 3000, 3000]);
  });

  test('a lease from 29 February pays full months and ends a year later on 27 February', () => {
    const periods = schedule(someTerms({ startsOn: '2024-02-29', endsOn: '2025-02-27' }));
    expect(spans(periods).slice(0, 2)).toEqual(['2024-02-29..2024-03-29', '2024-03-29..2024-04-29']);
    expect(spans(periods).at(-1)).toBe('2025-01-29..2025-02-28');
    expect(totals(periods)).toEqual(Array(12).fill(3000));
  });

  test('calendar months: the first and the last period are short and paid by their days', () => {
    // 15..31 Jan is 17 of 31 days: 3000 x 17/31 = 1645.16; 1..10 Apr is 10 of 30 days: 1000.00
    const terms = someTerms({ startsOn: '2026-01-15', endsOn: '2026-04-10', alignment: 'calendarMonth' });
    const periods = schedule(terms);
    expect(spans(periods)).toEqual([
      '2026-01-15..2026-02-01',
      '2026-02-01..2026-03-01',
      '2026-03-01..2026-04-01',
      '2026-04-01..2026-04-11',
    ]);
    expect(totals(periods)).toEqual([1645.16, 3000, 3000, 1000]);
    expect(explained(periods)[0]).toBe('3,000.00 元/月 × 17/31 天');
  });

  test('a quarterly lease of eight months and ten days has two quarters and a remainder', () => {
    // from 1 Jan to 10 Sep: 3 + 3 months, then Jul, Aug and 10 of 30 days of September = 6000 + 1000
    const periods = schedule(someTerms({ endsOn: '2026-09-10', first: { cycle: 3 } }));
    expect(spans(periods)).toEqual(['2026-01-01..2026-04-01', '2026-04-01..2026-07-01', '2026-07-01..2026-09-11']);
    expect(totals(periods)).toEqual([9000, 9000, 7000]);
    expect(explained(periods)).toEqual([
      '3,000.00 元/月 × 3 个月',
      '3,000.00 元/月 × 3 个月',
      '3,000.00 元/月 × 2 个月',
      '3,000.00 元/月 × 10/30 天',
    ]);
  });

  test.each([
    [1, 12],
    [2, 6],
    [3, 4],
    [6, 2],
    [12, 1],
    ['wholeTerm', 1],
  ] as const)('a year paid every %s months is %i bills of 36,000 yuan together', (cycle, bills) => {
    const periods = schedule(someTerms({ first: { cycle } }));
    expect(periods).toHaveLength(bills);
    expect(totals(periods).reduce((a, b) => a + b, 0)).toBe(36_000);
  });

  test('bills are due on the offset day and issued the agreed days before', () => {
    const [first, second] = schedule(someTerms({ dueDayOffset: -5, issueDaysBeforeDue: 10 }));
    expect([first?.dueOn, first?.issueOn]).toEqual(['2025-12-27', '2025-12-17']);
    expect([second?.dueOn, second?.issueOn]).toEqual(['2026-01-27', '2026-01-17']);
  });
});

describe('what days cost', () => {
  test.each([
    ['2026-02-15', 14 / 28],
    ['2024-02-15', 15 / 29],
  ])('moving in on %s with calendar months pays the days left of that February', (startsOn, share) => {
    const year = startsOn.slice(0, 4);
    const [first] = schedule(someTerms({ startsOn, endsOn: `${year}-12-31`, alignment: 'calendarMonth' }));
    expect(totals(first ? [first] : [])).toEqual([Math.round(300_000 * share) / 100]);
  });

  test.each([
    ['2026-01-15', '2026-01-31', 1600], // 30/360 from the 15th to the end of any month: 16 thirtieths
    ['2026-02-15', '2026-02-28', 1600],
    ['2024-02-15', '2024-02-29', 1600],
    ['2026-01-31', '2026-01-31', 100],
    ['2026-02-01', '2026-02-28', 3000],
    ['2026-01-01', '2026-01-30', 3000], // thirty days are a month
    ['2026-02-01', '2026-02-27', 2700],
    ['2026-04-11', '2026-04-20', 1000],
  ])('30/360: %s to %s costs %d yuan of a rent of 3,000', (startsOn, endsOn, expected) => {
    const terms = someTerms({ startsOn, endsOn, alignment: 'calendarMonth', proration: 'thirty360' });
    expect(totals(schedule(terms))).toEqual([expected]);
  });

  test('a stay of three nights is one bill by the day', () => {
    const first = { basis: 'perDay', cycle: 'wholeTerm', rateFen: yuan(268) } as const;
    const periods = schedule(someTerms({ startsOn: '2026-02-27', endsOn: '2026-03-01', first }));
    expect(periods.map(({ lines }) => read(lines))).toEqual([['rent 2026-02-27..2026-03-02 804.00']]);
    expect(explained(periods)).toEqual(['268.00 元/天 × 3 天']);
  });

  test('rent-free days that span a month end take nothing but the rent of exactly those days', () => {
    // ten free days from 25 Jan: 25..31 Jan (7, so January is free) and 1..3 Feb; February costs 3000 x 25/28 = 2678.57
    const fees = [{ kind: 'propertyFee', amountFen: yuan(93) }] as const;
    const terms = someTerms({
      ...{
        startsOn: '2026-01-25',
        endsOn: '2026-02-28',
        alignment: 'calendarMonth',
        rentFreeDays: 10,
        first: { fees },
      },
    });
    expect(schedule(terms).map(({ lines }) => read(lines))).toEqual([
      ['rent 2026-01-25..2026-02-01 0.00', 'propertyFee 2026-01-25..2026-02-01 21.00'],
      [
        'rent 2026-02-01..2026-02-04 0.00',
        'rent 2026-02-04..2026-03-01 2678.57',
        'propertyFee 2026-02-01..2026-03-01 93.00',
      ],
    ]);
    expect(explained(schedule(terms))[0]).toBe('免租期 7 天，不计租金');
  });

  test('first month free and sixth month half price', () => {
    const discounts = [
      { month: 1, basisPointsOff: 10_000, reason: '首月免租' },
      { month: 6, basisPointsOff: 5_000, reason: '第六个月半价' },
    ];
    const periods = schedule(someTerms({ discounts }));
    expect(totals(periods)).toEqual([0, 3000, 3000, 3000, 3000, 1500, 3000, 3000, 3000, 3000, 3000, 3000]);
    expect(read(periods[5]?.lines ?? [])).toEqual([
      'rent 2026-06-01..2026-07-01 3000.00',
      'discount 2026-06-01..2026-07-01 -1500.00',
    ]);
    expect(periods[5]?.lines[1]?.explain).toBe('第六个月半价：3,000.00 元 × 50%');
  });

  test('tax is the part contained in each line: 3000 at 5 % holds 142.86, a discount takes its part back', () => {
    const discounts = [{ month: 1, basisPointsOff: 10_000, reason: '首月免租' }];
    const [first] = schedule(someTerms({ discounts }));
    expect(first?.lines.map(({ taxFen }) => taxFen)).toEqual([14_286, -14_286]);
  });

  test('fees come with each month and are prorated like the rent', () => {
    const fees = [
      { kind: 'network', amountFen: yuan(50) },
      { kind: 'propertyFee', amountFen: yuan(90) },
    ] as const;
    const periods = schedule(someTerms({ endsOn: '2026-02-14', first: { fees } }));
    expect(periods.map(({ lines }) => read(lines))).toEqual([
      [
        'rent 2026-01-01..2026-02-01 3000.00',
        'propertyFee 2026-01-01..2026-02-01 90.00',
        'network 2026-01-01..2026-02-01 50.00',
      ],
      [
        'rent 2026-02-01..2026-02-15 1500.00',
        'propertyFee 2026-02-01..2026-02-15 45.00',
        'network 2026-02-01..2026-02-15 25.00',
      ],
    ]);
  });

  test('a month cut into pieces adds up to the month: the odd fen moves on and is named', () => {
    // 1000 x 1/30 = 33.33 and 1000 x 1/30 again would be 33.33; up to day 2 it is 66.67, so the second day is 33.34
    const second = aSegment({ from: day('2026-04-02'), reason: 'transfer', roomId: room(2), rateFen: yuan(1000) });
    const third = aSegment({ from: day('2026-04-03'), reason: 'transfer', roomId: room(3), rateFen: yuan(1000) });
    const segments = [aSegment({ from: day('2026-04-01'), rateFen: yuan(1000) }), second, third];
    const [april] = schedule(someTerms({ startsOn: '2026-04-01', endsOn: '2026-04-30', segments }));
    expect(april?.lines.map(({ amountFen }) => amountFen)).toEqual([3333, 3334, 93_333]);
    expect(april?.lines[1]?.explain).toBe('1,000.00 元/月 × 1/30 天，含尾差 0.01 元');
  });
});

describe('rents that change', () => {
  test('5 % on each anniversary: 3000.00, 3150.00, 3307.50', () => {
    const first = { escalation: { kind: 'percent', basisPoints: 500 }, cycle: 12 } as const;
    expect(totals(schedule(someTerms({ endsOn: '2028-12-31', first })))).toEqual([36_000, 37_800, 39_690]);
  });

  test('100 yuan more on each anniversary', () => {
    const first = { escalation: { kind: 'amount', amountFen: yuan(100) }, cycle: 12 } as const;
    expect(totals(schedule(someTerms({ endsOn: '2028-12-31', first })))).toEqual([36_000, 37_200, 38_400]);
  });

  test('with calendar months the rent rises in the middle of the month in which the lease began', () => {
    // January 2027: 14/31 x 3000 = 1354.84, then 17/31 x 3150 so that the month is 3082.26
    const first = { escalation: { kind: 'percent', basisPoints: 500 } } as const;
    const terms = someTerms({ startsOn: '2026-01-15', endsOn: '2027-02-28', alignment: 'calendarMonth', first });
    expect(read(schedule(terms)[12]?.lines ?? [])).toEqual([
      'rent 2027-01-01..2027-01-15 1354.84',
      'rent 2027-01-15..2027-02-01 1727.42',
    ]);
  });

  test('a renewal begins new periods and new years of escalation', () => {
    const percent = { kind: 'percent', basisPoints: 1000 } as const;
    const segments = [
      aSegment({ from: day('2026-01-01'), escalation: percent, cycle: 3 }),
      aSegment({ from: day('2027-02-01'), reason: 'renewal', rateFen: yuan(4000), escalation: percent, cycle: 3 }),
    ];
    const periods = schedule(someTerms({ endsOn: '2028-04-30', segments }));
    expect(spans(periods).slice(3, 7)).toEqual([
      '2026-10-01..2027-01-01',
      '2027-01-01..2027-02-01',
      '2027-02-01..2027-05-01',
      '2027-05-01..2027-08-01',
    ]);
    expect(totals(periods).slice(4)).toEqual([3300, 12_000, 12_000, 12_000, 12_000, 13_200]);
  });

  test('suspended days are not charged and say so; the others keep their price', () => {
    const segments = [
      aSegment(),
      aSegment({ from: day('2026-01-11'), reason: 'suspension', suspended: true }),
      aSegment({ from: day('2026-03-01'), reason: 'resumption' }),
    ];
    const periods = schedule(someTerms({ endsOn: '2026-03-31', segments }));
    expect(periods.map(({ lines }) => read(lines))).toEqual([
      ['rent 2026-01-01..2026-01-11 967.74', 'rent 2026-01-11..2026-02-01 0.00'],
      ['rent 2026-02-01..2026-03-01 0.00'],
      ['rent 2026-03-01..2026-04-01 3000.00'],
    ]);
    expect(periods[1]?.lines[0]?.explain).toBe('暂停期间 28 天，不计费');
  });

  test('a change of cycle in mid-month counts the rest of that month as its first', () => {
    const segments = [aSegment(), aSegment({ from: day('2026-02-15'), reason: 'amendment', cycle: 3 })];
    expect(spans(schedule(someTerms({ endsOn: '2026-07-31', segments })))).toEqual([
      '2026-01-01..2026-02-01',
      '2026-02-01..2026-02-15',
      '2026-02-15..2026-05-01',
      '2026-05-01..2026-08-01',
    ]);
  });
});
