import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { daysBetween } from './calendar';
import { rentMonths } from './rent-month';
import { someTerms } from './test-terms';
import { anyTerms } from './test-terms-arbitraries';

const froms = (terms: Parameters<typeof someTerms>[0]): string[] =>
  rentMonths(someTerms(terms)).map(({ from }) => from);

test('months of a lease from the 31st begin on each month’s last day and come back', () => {
  const months = ['2024-01-31', '2024-02-29', '2024-03-31', '2024-04-30', '2024-05-31'];
  expect(froms({ startsOn: '2024-01-31', endsOn: '2024-06-29' })).toEqual(months);
});

test('months of a lease from the 30th leave the 30th only in February', () => {
  expect(froms({ startsOn: '2026-01-30', endsOn: '2026-04-29' })).toEqual(['2026-01-30', '2026-02-28', '2026-03-30']);
});

test('calendar months begin on the 1st; a short first and last month know the month that they are part of', () => {
  const months = rentMonths(someTerms({ startsOn: '2026-01-15', endsOn: '2026-03-10', alignment: 'calendarMonth' }));
  expect(months).toEqual([
    {
      index: 1,
      from: '2026-01-15',
      until: '2026-02-01',
      days: 17,
      anchorFrom: '2026-01-01',
      anchorUntil: '2026-02-01',
      whole: false,
    },
    {
      index: 2,
      from: '2026-02-01',
      until: '2026-03-01',
      days: 28,
      anchorFrom: '2026-02-01',
      anchorUntil: '2026-03-01',
      whole: true,
    },
    {
      index: 3,
      from: '2026-03-01',
      until: '2026-03-11',
      days: 10,
      anchorFrom: '2026-03-01',
      anchorUntil: '2026-04-01',
      whole: false,
    },
  ]);
});

test('rent months cover each day of the lease once', () => {
  const property = fc.property(anyTerms, (terms) => {
    const months = rentMonths(terms);
    expect(months[0]?.from).toBe(terms.startsOn);
    expect(months.reduce((days, month) => days + month.days, 0)).toBe(daysBetween(terms.startsOn, terms.endsOn) + 1);
    for (const [i, month] of months.entries()) if (i > 0) expect(month.from).toBe(months[i - 1]?.until);
  });
  fc.assert(property, { numRuns: 300 });
});
