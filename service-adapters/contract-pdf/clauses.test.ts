import { describe, expect, it } from '@jest/globals';
import { localDate } from '../../domain/calendar';
import { DEFAULT_POLICY } from '../../domain/default-policy';
import { fen } from '../../domain/money';
import type { EnforcementPolicy } from '../../domain/policy';
import { aSegment, someTerms } from '../../domain/test-terms';
import { contractClauses } from './clauses';
import type { ContractModel } from './model';
import { aContract } from './test-contract';

const article = (model: ContractModel, heading: string): string =>
  contractClauses(model)
    .find((clause) => clause.heading.includes(heading))
    ?.paragraphs.join('\n') ?? '';
const enforcing = (policy: Partial<EnforcementPolicy>): ContractModel =>
  aContract({ policy: { ...DEFAULT_POLICY, enforcement: { ...DEFAULT_POLICY.enforcement, ...policy } } });

describe('the contract', () => {
  it('names term, rent and deposit, amounts in capitals too', () => {
    expect(article(aContract(), '租赁期限')).toContain('自 2026年1月1日起至 2026年12月31日止');
    expect(article(aContract(), '租金及支付')).toContain('每月人民币 3,000.00 元（大写：叁仟元整），每 1 个月支付一次');
    expect(article(aContract(), '押金')).toContain('押金人民币 3,000.00 元（大写：叁仟元整）');
  });

  it('says what changes from when, after a renewal with an escalation and fees', () => {
    const renewal = aSegment({
      from: localDate('2027-01-01'),
      reason: 'renewal',
      rateFen: fen(320_000),
      cycle: 3,
      escalation: { kind: 'percent', basisPoints: 500 },
      fees: [{ kind: 'network', amountFen: fen(5_000) }],
    });
    const terms = someTerms({ endsOn: '2028-12-31' });
    const text = article(aContract({ terms: { ...terms, segments: [...terms.segments, renewal] } }), '租金及支付');
    expect(text).toContain(
      '自 2027年1月1日起，租金标准为每月人民币 3,200.00 元（大写：叁仟贰佰元整），每 3 个月支付一次',
    );
    expect(text).toContain('调整 5%');
    expect(text).toContain('网络费每月 50.00 元');
  });

  it('grants the lock-out that the policy has, and no other', () => {
    const of = (policy: Partial<EnforcementPolicy>) => article(enforcing(policy), '门锁');
    expect(of({})).toContain('由系统自动锁闭');
    expect(of({ mode: 'confirmed', graceDays: 3 })).toContain(
      '届满 3 日后仍未付清，经甲方送达欠费通知的，乙方同意经甲方工作人员逐户确认后锁闭',
    );
    expect(of({ quietHours: { from: 22, until: 7 } })).toContain('每日 22:00 至 7:00 不开始');
    expect(of({ mode: 'notifyOnly' })).toContain('不采取限制门锁或供电的措施');
    expect(of({ mode: 'notifyOnly' })).not.toContain('锁闭');
  });

  it('promises that the door opens from inside whenever it may be locked', () => {
    for (const mode of ['automatic', 'confirmed'] as const) {
      expect(article(enforcing({ mode }), '门锁')).toContain('任何时候室内人员均可自由离开');
    }
  });

  it('writes late fee and penalty as the policy has them', () => {
    expect(article(aContract(), '逾期付款')).toContain(
      '每日按逾期金额的 0.05% 支付滞纳金，每笔账单的滞纳金不超过该账单金额的 30%',
    );
    expect(article(aContract(), '违约责任')).toContain('提前 30 日通知对方，提前终止的一方支付 1 个月租金作为违约金');
    const free = aContract({
      policy: { ...DEFAULT_POLICY, termination: { penalty: { kind: 'none' }, noticeDays: 15 } },
    });
    expect(article(free, '违约责任')).toContain('提前 15 日通知对方，提前终止不收取违约金');
  });

  it('has no hole in any article', () => {
    const text = JSON.stringify(contractClauses(aContract({ terms: someTerms({ depositFen: fen(0) }) })));
    expect(text).not.toMatch(/undefined|null|NaN/);
    expect(text).toContain('甲方不收取押金');
  });
});
