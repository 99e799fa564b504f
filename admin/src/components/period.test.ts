import { expect, test } from '@jest/globals';
import { periodText } from './period';

test('a period is named by its last day, not by the first day after it', () => {
  expect(periodText('2026-12-24', '2027-01-24')).toBe('2026-12-24 – 2027-01-23');
  expect(periodText('2027-02-01', '2027-03-01')).toBe('2027-02-01 – 2027-02-28');
});

test('a line of one day or of none names that day once', () => {
  expect(periodText('2026-12-24', '2026-12-25')).toBe('2026-12-24');
  expect(periodText('2026-12-24', '2026-12-24')).toBe('2026-12-24');
});
