import { describe, expect, test } from '@jest/globals';
import { localDate } from '../../domain/calendar';
import type { Reminder } from '../../domain/dunning';
import { fen } from '../../domain/money';
import { inOneMessage, remindedEvent, reminderNotice } from './reminders';

const bill = (key: string, amount: number) => {
  const span = { periodFrom: localDate('2027-03-25'), periodUntil: localDate('2027-05-25') };
  return [key, { ...span, key, kind: 'lateFee', openFen: fen(amount), dueOn: localDate('2027-06-04') }] as const;
};
const BILLS = new Map([bill('a', 16_794), bill('b', 787)]);

const reminder = (billKey: string, offsetDays: number, at: number): Reminder => ({
  ...{ billKey, offsetDays, at, dedupeKey: `reminder/${billKey}/${offsetDays}` },
  tone: offsetDays < 0 ? 'upcoming' : offsetDays === 0 ? 'due' : 'overdue',
});

describe('reminders', () => {
  test('of two small bills on one day are one message with their total', () => {
    const messages = inOneMessage([reminder('a', 1, 1), reminder('b', 1, 1)], BILLS);
    const [notice, ...others] = messages.map((message) => reminderNotice(message, '1栋 502'));
    expect(others).toEqual([]);
    expect(notice?.title).toBe('2 笔账单已逾期，合计 175.81 元');
    expect(messages.map(remindedEvent)).toMatchObject([{ data: { billKey: 'a', also: ['b'] } }]);
  });

  test('of one bill reads as before and names its days', () => {
    const [message] = inOneMessage([reminder('a', 3, 1)], BILLS);
    expect(message && reminderNotice(message, '1栋 502')).toMatchObject({
      key: 'reminder/a/3',
      title: '账单已逾期 3 天',
    });
  });

  test('stay apart when one bill is due and another overdue, and when they were meant for different days', () => {
    expect(inOneMessage([reminder('a', 0, 1), reminder('b', 1, 1)], BILLS)).toHaveLength(2);
    expect(inOneMessage([reminder('a', 1, 1), reminder('a', 3, 2)], BILLS)).toHaveLength(2);
  });

  test('of a bill that is not there tell nobody', () => {
    expect(inOneMessage([reminder('gone', 1, 1)], BILLS)).toEqual([]);
  });
});
