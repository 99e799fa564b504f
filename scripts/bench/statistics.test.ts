import { describe, expect, test } from '@jest/globals';
import { median, percentile, rounded } from './statistics';

describe('figures of a measurement', () => {
  test('the 95th percentile of a hundred samples is the 95th smallest, in whatever order they came', () => {
    const samples = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect(percentile(samples, 0.95)).toBe(95);
  });

  test('one slow answer in ten is the 95th percentile of ten', () => {
    expect(percentile([1, 1, 1, 1, 1, 1, 1, 1, 1, 90], 0.95)).toBe(90);
  });

  test('a single bad round does not move the median of three', () => {
    expect(median([100, 3, 101])).toBe(100);
    expect(median([1, 2, 3, 10])).toBe(2.5);
  });

  test('no figure comes out of no samples', () => {
    expect(() => median([])).toThrow('no samples');
    expect(() => percentile([], 0.95)).toThrow('no samples');
  });

  test('figures are rounded for reading, not truncated', () => {
    expect(rounded(0.6449, 2)).toBe(0.64);
    expect(rounded(0.645001, 2)).toBe(0.65);
  });
});
