import { describe, expect, test } from '@jest/globals';
import { refundOrderTitle } from './refund-words';

describe('the work order about a refund', () => {
  test('of cash asks for the payment and speaks of no failure: no provider refused anything', () => {
    const title = refundOrderTitle('线下收款 2,600.00 元 需人工退款,付清后关闭本工单');
    expect(title).toMatch(/^需人工退款（现金\/转账）.*2,600\.00 元/);
    expect(title).not.toContain('失败');
  });

  test('that a provider refused says that it failed, and why', () => {
    expect(refundOrderTitle('微信支付退款异常,需人工退 6,000.00 元')).toBe(
      '退款失败,请财务处理:微信支付退款异常,需人工退 6,000.00 元',
    );
  });
});
