import { describe, expect, it } from '@jest/globals';
import { billKeyName, billName } from './bill-name';
import { localDate } from './calendar';

describe('what people call a bill', () => {
  it('is its kind and, for rent, the first and last day that it covers', () => {
    const days = { periodFrom: localDate('2026-02-01'), periodUntil: localDate('2026-03-01') };
    expect(billName({ kind: 'periodic', ...days })).toBe('租期账单 2026-02-01 至 2026-02-28');
    expect(billName({ kind: 'damage', ...days })).toBe('损坏赔偿');
  });

  it('is known in English too, wherever a sentence names it', () => {
    expect(billKeyName('late-fee/period/2026-02-01/2026-02-09', 'en')).toBe(
      'late fee on the rent bill from 2026-02-01',
    );
    expect(billKeyName('opening', 'en')).toBe('arrears brought over');
  });

  it.each([
    ['first', '首期账单'],
    ['period/2026-02-01', '2026-02-01 起的租期账单'],
    ['late-fee/period/2026-02-01/2026-02-09', '2026-02-01 起的租期账单的滞纳金'],
    ['adjustment/01a20f75', '调整账单'],
    ['something/else', '其他账单'],
  ])('follows from the key %s alone, which nobody has to see', (key, name) => {
    expect(billKeyName(key)).toBe(name);
  });
});
