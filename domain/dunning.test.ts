import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { localDate, shanghaiInstant } from './calendar';
import { nextReminderAt, remindersDue } from './dunning';
import { fen } from './money';
import { anOpenBill, someOpenBills } from './test-arbitraries';

const policy = { remindOnDays: [-3, -1, 0, 1, 3, 7], hour: 10 };
const at = (day: string, hour = 10, minute = 0) => shanghaiInstant(localDate(day), hour, minute);
const bill = anOpenBill();

describe('reminders', () => {
  test('go out at 10:00 Shanghai on the policy’s days around the due day', () => {
    const due = remindersDue([bill], policy, null, at('2026-12-31'));
    expect(due.map((r) => [r.offsetDays, r.at, r.tone])).toEqual([
      [-3, at('2026-02-26'), 'upcoming'],
      [-1, at('2026-02-28'), 'upcoming'],
      [0, at('2026-03-01'), 'due'],
      [1, at('2026-03-02'), 'overdue'],
      [3, at('2026-03-04'), 'overdue'],
      [7, at('2026-03-08'), 'overdue'],
    ]);
    expect(due[0]?.dedupeKey).toBe('reminder/period/2026-03-01/-3');
  });

  test('a moment counts from its own instant, and not again when it was looked at', () => {
    const moment = at('2026-03-01');
    expect(remindersDue([bill], policy, moment - 1, moment)).toHaveLength(1);
    expect(remindersDue([bill], policy, moment, moment + 1)).toHaveLength(0);
    expect(remindersDue([bill], policy, moment - 2, moment - 1)).toHaveLength(0);
  });

  test('a paid bill reminds nobody', () => {
    const settled = anOpenBill({ openFen: fen(0) });
    expect(remindersDue([settled], policy, null, at('2026-12-31'))).toEqual([]);
    expect(nextReminderAt([settled], policy, 0)).toBeNull();
  });

  test('a bill issued after its due day begins with no pile of past reminders', () => {
    const late = anOpenBill({ issueOn: localDate('2026-03-03') });
    expect(remindersDue([late], policy, null, at('2026-12-31')).map((r) => r.offsetDays)).toEqual([3, 7]);
  });

  test('a reminder for the very day of issue still goes out, one for the day before does not', () => {
    const issued = anOpenBill({ issueOn: localDate('2026-02-28') });
    expect(remindersDue([issued], policy, null, at('2026-03-01')).map((r) => r.offsetDays)).toEqual([-1, 0]);
  });

  test('the next moment is the first one later than now', () => {
    expect(nextReminderAt([bill], policy, at('2026-03-01'))).toBe(at('2026-03-02'));
    expect(nextReminderAt([bill], policy, at('2026-03-08'))).toBeNull();
  });

  test('waking at each next moment sends every reminder once, in the same order as looking once at the end', () => {
    fc.assert(
      fc.property(someOpenBills, fc.uniqueArray(fc.integer({ min: -10, max: 30 }), { maxLength: 6 }), (open, days) => {
        const own = { remindOnDays: days, hour: 9 };
        const sent: string[] = [];
        let after = 0;
        for (let next = nextReminderAt(open, own, after); next !== null; next = nextReminderAt(open, own, after)) {
          sent.push(...remindersDue(open, own, after, next).map((r) => r.dedupeKey));
          after = next;
        }
        expect(sent).toEqual(remindersDue(open, own, null, Number.MAX_SAFE_INTEGER).map((r) => r.dedupeKey));
        expect(new Set(sent).size).toBe(sent.length);
      }),
    );
  });
});
