import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { EVENT_KINDS, eventText } from './event-text';
import { CHINESE, ENGLISH } from './event-words';

/** All that any event may carry. */
const DATA = {
  ...{ to: 'effective', billKind: 'periodic', billKey: 'late-fee/period/2027-01-01/2027-02-01', kind: 'renewal' },
  ...{ amountFen: 123_450, totalFen: 123_450, refundFen: 100, owedFen: 0, party: 'A', roomNo: '101', why: 'overdue' },
  ...{ dueOn: '2027-03-05', endsOn: '2027-12-31', moveOutOn: '2027-12-31', until: '2027-04-01', reason: 'ill' },
  text: '账单已逾期，锁门断电',
};

const HAN = /\p{Script=Han}/u;

describe('an event of the timeline', () => {
  test.each(EVENT_KINDS)('%s is a whole sentence in Chinese, and one in English without a Chinese word', (kind) => {
    const [zh, en] = [eventText(kind, DATA), eventText(kind, DATA, 'en')];
    expect(zh).toMatch(HAN);
    expect(en).toMatch(/^[A-Z]/);
    expect(en).not.toMatch(HAN);
    for (const text of [zh, en]) expect(text).not.toMatch(/undefined|NaN|\s$|：$|: $/);
  });

  test('says amounts, days and bills as each language writes them', () => {
    expect(eventText('billIssued', DATA)).toBe('出账：租期账单 1,234.50 元，2027年3月5日到期');
    expect(eventText('billIssued', DATA, 'en')).toBe('Billed: rent bill of CNY 1,234.50, due on 2027-03-05');
    expect(eventText('reminded', DATA, 'en')).toBe(
      'The tenant was reminded to pay (late fee on the rent bill from 2027-01-01)',
    );
  });

  test('of one message about several bills names them all', () => {
    const data = { ...DATA, billKey: 'period/2027-01-01', also: ['period/2027-03-01'] };
    expect(eventText('reminded', data, 'en')).toBe(
      'The tenant was reminded to pay (rent bill from 2027-01-01, rent bill from 2027-03-01)',
    );
  });

  test('of a lock-out names what was done once', () => {
    expect(eventText('restricted', DATA)).toBe('锁门断电：账单已逾期');
    expect(eventText('restricted', DATA, 'en')).toBe('Door locked and power cut: bills are overdue');
  });

  test('of a lock-out that ended by a transfer claims no open door: the old room is locked as vacated', () => {
    const data = { ...DATA, why: 'roomChanged' };
    expect(eventText('released', data)).toBe('已换房，对原房间的欠费限制随之结束');
    expect(eventText('released', data, 'en')).not.toMatch(/open|restored/);
    expect(eventText('released', { ...DATA, why: 'noArrears' })).toBe('恢复开门供电：没有逾期欠费');
  });

  test('calls the refund of cash a task for staff, and a refusal of a provider a failure', () => {
    expect(eventText('refundFailed', { why: '线下收款 10.00 元 需人工退款,付清后关闭本工单' })).toBe(
      '需人工退款（现金/转账），已转财务',
    );
    expect(eventText('refundFailed', { why: '微信支付拒绝退款:NOT_ENOUGH' })).toBe('退款失败，已转人工处理');
    const source = readFileSync(join(__dirname, '..', '..', 'activities', 'refunds.ts'), 'utf8');
    expect(source).toContain('why: `线下收款');
  });

  test('has the same words in both languages', () => {
    for (const table of ['status', 'changes', 'reasons'] as const)
      expect(Object.keys(ENGLISH[table])).toEqual(Object.keys(CHINESE[table]));
  });

  test('has a sentence for every kind that the platform writes', () => {
    const folders = ['activities', 'activities/records', 'api', 'domain', 'scripts/seed'];
    const sources = folders.flatMap((folder) => {
      const path = join(__dirname, '..', '..', folder);
      const files = readdirSync(path).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
      return files.map((file) => readFileSync(join(path, file), 'utf8'));
    });
    const written = sources.flatMap((text) => [...text.matchAll(/kind: '(\w+)',\s*data\b/g)].map(([, kind]) => kind));
    expect(new Set(written).size).toBeGreaterThan(12);
    expect(written.filter((kind) => !EVENT_KINDS.includes(kind ?? ''))).toEqual([]);
  });
});
