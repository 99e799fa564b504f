import { describe, expect, test } from '@jest/globals';
import type { z } from 'zod';
import { staffPaymentBody, terminationBody } from '../contract/http/lease-verbs';
import { policy } from '../contract/http/operators';
import { createTenantBody } from '../contract/http/tenants';
import { DEFAULT_POLICY } from '../domain/default-policy';
import { fieldErrors } from './field-error';

function refused(schema: z.ZodType, value: unknown): Record<string, string> {
  const result = schema.safeParse(value);
  if (result.success) throw new Error('was accepted');
  return Object.fromEntries(
    fieldErrors(result.error).map(({ path, message, messageEn }) => [path, `${message}|${messageEn}`]),
  );
}

describe('a form that was filled in wrongly', () => {
  test('is told which rule of the policy is out of bounds, in both languages', () => {
    const { enforcement, dunning } = DEFAULT_POLICY;
    const odd = {
      ...DEFAULT_POLICY,
      enforcement: { ...enforcement, graceDays: -3 },
      dunning: { ...dunning, hour: null },
    };
    expect(refused(policy, odd)).toEqual({
      'enforcement.graceDays': '不能小于 0|Must be at least 0.',
      'dunning.hour': '请填写数字|Enter a number.',
    });
  });

  test('is told what was left out', () => {
    expect(refused(createTenantBody, { name: ' ' })).toEqual({ name: '必填|Required.', phone: '必填|Required.' });
  });

  test('is told how many digits a phone number has', () => {
    expect(refused(createTenantBody, { name: '王', phone: '123' })).toEqual({
      phone: '请输入 11 位手机号|A mobile number has 11 digits.',
    });
  });

  test('is told that an amount, a day or a choice is none', () => {
    expect(refused(staffPaymentBody, { channel: 'gold', amountFen: 0, reference: 'R1', paidAt: 'now' })).toEqual({
      channel: '请从可选项中选择|Choose one of the options.',
      amountFen: '须大于 0|Must be more than 0.',
      paidAt: '请填写有效的时间|Enter a valid time.',
    });
    expect(refused(terminationBody, { lastDay: '2026-02-31', reason: 'x' })).toEqual({
      lastDay: '请填写有效的日期|Enter a valid day.',
      reason: '至少 2 个字|At least 2 characters.',
    });
  });

  test('is told a bound in what people type: yuan and per cent', () => {
    const fee = { ...DEFAULT_POLICY.lateFee, dailyRateMicros: 200_000, capBasisPoints: 200_000 };
    expect(refused(policy, { ...DEFAULT_POLICY, lateFee: fee })).toEqual({
      'lateFee.dailyRateMicros': '不能大于 10%|Must be at most 10%.',
      'lateFee.capBasisPoints': '不能大于 1000%|Must be at most 1000%.',
    });
  });

  test('never shows a half sentence of the schema library', () => {
    for (const value of [null, [], 'text', { name: 5, phone: '12', idKind: 'x', extra: 1 }])
      for (const text of Object.values(refused(createTenantBody, value)))
        expect(text).not.toMatch(/expected|received|Invalid/);
  });
});
