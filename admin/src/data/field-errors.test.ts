import { describe, expect, test } from '@jest/globals';
import { errorsByField, fieldErrorsOf } from './field-errors';
import { ApiError } from './http';

const refusal = (errors: { path: string; message: string; messageEn: string }[]) =>
  new ApiError(400, {
    ...{ type: '/problems/invalid-input', code: 'InvalidInput', title: '提交的内容有误', detail: 'Wrong.' },
    ...{ status: 400, retryable: false, errors },
  });

describe('what the API says of single fields', () => {
  test('stands at the field of the form that sent it, under whatever name it was sent', () => {
    const errors = fieldErrorsOf(refusal([{ path: 'amountFen', message: '须大于 0', messageEn: 'More than 0.' }]));
    const { of, rest } = errorsByField([{ name: 'amount', sentAs: 'amountFen' }, { name: 'reason' }], errors);
    expect(of).toEqual({ amount: { '': '须大于 0' } });
    expect(rest).toEqual([]);
  });

  test('stands at its own row of a list', () => {
    const { of } = errorsByField([{ name: 'damages' }], { 'damages.1.text': '必填' });
    expect(of).toEqual({ damages: { '1.text': '必填' } });
  });

  test('is not lost when the form has no such field', () => {
    expect(errorsByField([{ name: 'reason' }], { 'segments.0.rateFen': '金额超出允许范围' }).rest).toEqual([
      '金额超出允许范围',
    ]);
  });

  test('is nothing when the API was not even reached', () => {
    expect(fieldErrorsOf(new ApiError(0, undefined))).toEqual({});
    expect(fieldErrorsOf(new TypeError('x'))).toEqual({});
  });
});
