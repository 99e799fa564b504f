import { describe, expect, test } from '@jest/globals';
import { isComplete, wrongCell, wrongField } from './values';
import type { Field } from './verb';

const amount: Field = { name: 'amount', kind: 'money', label: 'app.field.amount' };
const until: Field = { name: 'until', kind: 'day', label: 'app.field.until', optional: true };

describe('a form as it is filled in', () => {
  test('says that "abc" is no amount, not only that it cannot be sent', () => {
    expect(wrongField(amount, { amount: 'abc' })).toBe('app.field.amountInvalid');
    expect(wrongField(amount, { amount: '0' })).toBe('app.field.amountInvalid');
    expect(isComplete([amount], { amount: 'abc' })).toBe(false);
  });

  test('says what is missing, but not of a field that may stay empty', () => {
    expect(wrongField(amount, {})).toBe('ra.validation.required');
    expect(wrongField(until, {})).toBeUndefined();
    expect(isComplete([amount, until], { amount: '12.50' })).toBe(true);
  });

  test('looks at each cell of a list', () => {
    const cost = { name: 'amount', kind: 'money', label: 'app.field.amount' } as const;
    expect(wrongCell(cost, { amount: '1.234' })).toBe('app.field.amountInvalid');
    const damages: Field = {
      name: 'damages',
      kind: 'rows',
      label: 'app.field.damages',
      optional: true,
      columns: [cost],
    };
    expect(isComplete([damages], { damages: [{ amount: '' }] })).toBe(false);
    expect(isComplete([damages], { damages: [] })).toBe(true);
  });
});
