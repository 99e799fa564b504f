import { describe, expect, it } from '@jest/globals';
import { localDate } from '../domain/calendar';
import { fen } from '../domain/money';
import { type NoticeParams, renderNotice } from './notice';
import { NOTICE_TEMPLATES, type NoticeKey } from './notice-templates';

const SAMPLE: Readonly<Record<string, unknown>> = {
  yuan: fen(123_450),
  day: localDate('2026-03-05'),
  count: 7,
  text: '样本',
};
const keys = Object.keys(NOTICE_TEMPLATES) as NoticeKey[];
const slots = ({ title, text }: { title: string; text: string }) =>
  [...new Set([...`${title} ${text}`.matchAll(/\{([^}]*)\}/g)].map(([, slot = '']) => slot))].sort();

/** Parameters of the right kinds for any notice. */
function sampleParams<Key extends NoticeKey>(key: Key): NoticeParams<Key> {
  const pairs = slots(NOTICE_TEMPLATES[key].zh).map((slot) => {
    const [name = '', kind = ''] = slot.split(':');
    return [name, SAMPLE[kind]] as const;
  });
  return Object.fromEntries(pairs) as NoticeParams<Key>;
}

describe.each(keys)('notice %s', (key) => {
  it('asks for the same in both languages, and for kinds that exist', () => {
    expect(slots(NOTICE_TEMPLATES[key].en)).toEqual(slots(NOTICE_TEMPLATES[key].zh));
    for (const slot of slots(NOTICE_TEMPLATES[key].zh)) expect(slot).toMatch(/^\w+:(yuan|day|count|text)$/);
    const kinds = slots(NOTICE_TEMPLATES[key].zh).map((slot) => slot.split(':')[0]);
    expect(new Set(kinds).size).toBe(kinds.length);
  });

  it('has no hole left when it is rendered, is Chinese in Chinese and English in English', () => {
    const zh = renderNotice(key, sampleParams(key), 'zh');
    const en = renderNotice(key, sampleParams(key), 'en');
    expect(`${zh.title}${zh.text}${en.title}${en.text}`).not.toMatch(/[{}]|undefined|NaN/);
    expect(zh.text).toMatch(/[\u4e00-\u9fff]{4}/);
    expect(`${en.title}${en.text}`.replaceAll('样本', '')).not.toMatch(/[\u4e00-\u9fff]/);
    expect(zh.title.length).toBeLessThanOrEqual(30);
  });
});

it('writes amounts and days the way each language does', () => {
  const params = { room: '1栋 101', bill: '三月房租', amount: fen(300_000), dueOn: localDate('2026-03-05') };
  expect(renderNotice('billIssued', params)).toEqual({
    title: '新账单 3,000.00 元',
    text: '1栋 101的账单“三月房租”已出，金额 3,000.00 元，请在 2026年3月5日 前支付。',
  });
  expect(renderNotice('billIssued', params, 'en').text).toBe(
    'The bill “三月房租” for 1栋 101 is CNY 3,000.00. Please pay it by 2026-03-05.',
  );
});

it('does not take a placeholder in a parameter for one of its own', () => {
  const params = { room: '{amount:yuan}', lease: 'L1' };
  expect(renderNotice('approved', params).text).toContain('{amount:yuan}的租约 L1');
});

it('throws instead of sending a sentence with a hole', () => {
  const params = { room: '101' } as unknown as NoticeParams<'approved'>;
  expect(() => renderNotice('approved', params)).toThrow('notice approved needs lease');
});

it('always tells a restricted tenant that the door opens from inside', () => {
  for (const key of ['arrearsNotice', 'restricted'] as const) {
    expect(NOTICE_TEMPLATES[key].zh.text).toContain('室内随时可以开门出来');
    expect(NOTICE_TEMPLATES[key].en.text).toContain('opens from inside');
  }
});
