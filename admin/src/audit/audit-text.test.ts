import { describe, expect, test } from '@jest/globals';
import { zhCN } from '../i18n/zh-CN';
import { actionText, reasonText } from './audit-text';

/** The words of the Chinese screen, as react-admin finds them. */
function t(key: string, options?: Readonly<Record<string, unknown>>): string {
  const found = key
    .split('.')
    .reduce<unknown>((tree, part) => (tree as Record<string, unknown> | undefined)?.[part], zhCN);
  const text = typeof found === 'string' ? found : String(options?._);
  return text.replace(/%\{(\w+)\}/g, (_, name: string) => String(options?.[name]));
}
const entry = {
  action: 'lease.status',
  actionText: { zh: '租约状态变化', en: 'Lease status changed' },
  before: { status: 'signed' },
  after: { status: 'effective' },
  reason: null,
};

describe('audit log', () => {
  test('a change of state says from what to what', () => {
    expect(actionText(t, 'zh', entry)).toBe('租约状态变化：已签约 → 生效中');
    expect(actionText(t, 'en', { ...entry, action: 'lease.sign' })).toBe('Lease status changed');
    const approved = { before: { status: 'awaitingApproval' }, after: { status: 'awaitingSeal' } };
    const command = {
      ...entry,
      ...approved,
      action: 'lease.approveLease',
      actionText: { zh: '审批通过', en: 'Approved' },
    };
    expect(actionText(t, 'zh', command)).toBe('审批通过：待审批 → 待盖章');
  });

  test('a reason that a person typed stays as it is, one of the platform is said in words', () => {
    expect(reasonText(t, { ...entry, reason: '住院. 见病历' })).toBe('住院. 见病历');
    expect(reasonText(t, { ...entry, reason: 'first bill paid' })).toBe('首期已付');
    expect(reasonText(t, { ...entry, reason: 'ends on 2026-12-15' })).toBe('租期至 2026-12-15');
  });
});
