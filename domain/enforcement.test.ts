import { describe, expect, test } from '@jest/globals';
import { localDate, shanghaiInstant } from './calendar';
import { DEFAULT_POLICY } from './default-policy';
import {
  arrears,
  decideEnforcement,
  type EnforcementDecision,
  type EnforcementFacts,
  explainEnforcement,
  nextOverdueAt,
  overdueAt,
} from './enforcement';
import { fen } from './money';
import type { EnforcementPolicy } from './policy';
import { anOpenBill } from './test-arbitraries';

const automatic = DEFAULT_POLICY.enforcement;
const confirmed: EnforcementPolicy = { ...automatic, mode: 'confirmed' };
const at = (day: string, hour = 0, minute = 0) => shanghaiInstant(localDate(day), hour, minute);
const overdue = at('2026-03-02');

const facts = (overrides: Partial<EnforcementFacts> = {}): EnforcementFacts => ({
  open: [anOpenBill()],
  state: 'none',
  exemption: null,
  promise: null,
  noticeServed: true,
  fireAlarm: false,
  confirmedBy: null,
  humanRelease: null,
  occupied: true,
  ...overrides,
});

const decide = (overrides: Partial<EnforcementFacts> = {}, policy = automatic, now = overdue): EnforcementDecision =>
  decideEnforcement(facts(overrides), policy, now);

describe('when a bill is overdue', () => {
  test('at 00:00 Shanghai of the day after the due day, or as many days later as grace says', () => {
    expect(overdueAt(anOpenBill(), automatic)).toBe(Date.parse('2026-03-01T16:00:00Z'));
    expect(overdueAt(anOpenBill(), { ...automatic, graceDays: 3 })).toBe(at('2026-03-05'));
  });

  test('late fees, paid bills and bills within grace are no arrears', () => {
    const fee = anOpenBill({ key: 'late-fee/x/2026-03-01', kind: 'lateFee', openFen: fen(10) });
    const settled = anOpenBill({ key: 'settled', openFen: fen(0) });
    const open = [anOpenBill(), fee, settled, anOpenBill({ key: 'april', dueOn: localDate('2026-04-01') })];
    expect(arrears(open, automatic, overdue)).toEqual({ bills: [anOpenBill()], amountFen: 300_000 });
    expect(arrears(open, { ...automatic, countLateFees: true }, overdue).amountFen).toBe(300_010);
    expect(nextOverdueAt(open, automatic, overdue)).toBe(at('2026-04-02'));
    expect(nextOverdueAt([fee, settled], automatic, 0)).toBeNull();
  });
});

describe('deciding', () => {
  test('locks at the first moment that a bill is overdue and not a millisecond before', () => {
    expect(decide({}, automatic, overdue - 1)).toEqual({ kind: 'keep', why: 'noArrears' });
    expect(decide()).toEqual({ kind: 'restrict', why: 'overdue', bills: [anOpenBill()] });
  });

  test('serves the notice first when none was served', () => {
    expect(decide({ noticeServed: false })).toMatchObject({ kind: 'notify', why: 'noticeNotServed' });
  });

  test('asks a person, waits for the answer, and locks once someone confirmed', () => {
    expect(decide({}, confirmed)).toMatchObject({ kind: 'askPerson', bills: [anOpenBill()] });
    expect(decide({ state: 'awaitingConfirmation' }, confirmed)).toEqual({ kind: 'keep', why: 'awaitingConfirmation' });
    expect(decide({ state: 'awaitingConfirmation', confirmedBy: 'staff' }, confirmed)).toMatchObject({
      kind: 'restrict',
      why: 'confirmed',
    });
  });

  test('only notifies where the policy says so, and lets a locked tenant in again', () => {
    const notifyOnly: EnforcementPolicy = { ...automatic, mode: 'notifyOnly' };
    expect(decide({}, notifyOnly)).toMatchObject({ kind: 'notify', why: 'notifyOnly' });
    expect(decide({ state: 'restricted' }, notifyOnly)).toEqual({ kind: 'release', why: 'notifyOnly' });
  });

  test('a lock-out waits for the end of quiet hours that pass midnight', () => {
    const quiet: EnforcementPolicy = { ...automatic, quietHours: { from: 22, until: 7 } };
    const until = at('2026-03-02', 7);
    expect(decide({}, quiet)).toEqual({ kind: 'wait', why: 'quietHours', until });
    expect(decide({}, quiet, until)).toMatchObject({ kind: 'restrict' });
    expect(decide({}, quiet, at('2026-03-02', 22) - 1)).toMatchObject({ kind: 'restrict' });
    expect(decide({}, quiet, at('2026-03-02', 22))).toMatchObject({ kind: 'wait', until: at('2026-03-03', 7) });
    expect(decide({}, quiet, at('2026-03-02', 23))).toMatchObject({ kind: 'wait', until: at('2026-03-03', 7) });
  });

  test('releases at once when the arrears are paid, also in quiet hours', () => {
    const quiet: EnforcementPolicy = { ...automatic, quietHours: { from: 22, until: 7 } };
    expect(decide({ state: 'restricted', open: [] }, quiet)).toEqual({ kind: 'release', why: 'noArrears' });
    expect(decide({ state: 'awaitingConfirmation', open: [] }, quiet)).toEqual({ kind: 'release', why: 'noArrears' });
  });

  test('a late fee that is left over locks nobody out, unless the policy counts it', () => {
    const fee = anOpenBill({ kind: 'lateFee' });
    expect(decide({ state: 'restricted', open: [fee] })).toEqual({ kind: 'release', why: 'noArrears' });
    expect(decide({ open: [fee] }, { ...automatic, countLateFees: true })).toMatchObject({ kind: 'restrict' });
  });

  test('a part payment below the minimum releases, one above it does not', () => {
    const policy: EnforcementPolicy = { ...automatic, minimumArrearsFen: fen(10_000) };
    const left = (amount: number) => ({ state: 'restricted' as const, open: [anOpenBill({ openFen: fen(amount) })] });
    expect(decide(left(9_999), policy)).toEqual({ kind: 'release', why: 'belowMinimum' });
    expect(decide(left(10_000), policy)).toEqual({ kind: 'keep', why: 'alreadyRestricted' });
  });

  test('a promise holds through its day and its breach resumes enforcement', () => {
    const promise = { until: localDate('2026-03-10'), amountFen: fen(100_000) };
    expect(decide({ promise })).toEqual({ kind: 'wait', why: 'promised', until: at('2026-03-11') });
    expect(decide({ promise, state: 'restricted' })).toEqual({ kind: 'release', why: 'promised' });
    expect(decide({ promise }, automatic, at('2026-03-11'))).toMatchObject({ kind: 'restrict', why: 'brokenPromise' });
  });

  test('an exemption holds through its last day, or without end', () => {
    const exemption = { reason: '困难家庭', until: localDate('2026-03-02') };
    expect(decide({ exemption })).toEqual({ kind: 'wait', why: 'exempt', until: at('2026-03-03') });
    expect(decide({ exemption }, automatic, at('2026-03-03'))).toMatchObject({ kind: 'restrict' });
    expect(decide({ exemption: { ...exemption, until: null } })).toEqual({ kind: 'keep', why: 'exempt' });
  });

  test('a human release holds until its instant; without one, or with one that nobody can read, it stays', () => {
    const until = '2026-03-02T04:00:00.000Z';
    const released = (text: string | null) => ({ humanRelease: { by: 'staff', until: text } });
    expect(decide({ ...released(until), state: 'restricted' })).toEqual({ kind: 'release', why: 'humanRelease' });
    expect(decide(released(until))).toEqual({ kind: 'wait', why: 'humanRelease', until: Date.parse(until) });
    expect(decide(released(until), automatic, Date.parse(until))).toMatchObject({ kind: 'restrict' });
    expect(decide(released(null))).toEqual({ kind: 'keep', why: 'humanRelease' });
    expect(decide(released('tomorrow'))).toEqual({ kind: 'keep', why: 'humanRelease' });
  });

  test('a fire alarm releases everyone', () => {
    expect(decide({ fireAlarm: true, state: 'restricted' })).toEqual({ kind: 'release', why: 'fireAlarm' });
    expect(decide({ fireAlarm: true })).toEqual({ kind: 'keep', why: 'fireAlarm' });
  });

  test('a room that the tenant does not have is left alone, and its question withdrawn', () => {
    expect(decide({ occupied: false })).toEqual({ kind: 'keep', why: 'notOccupied' });
    expect(decide({ occupied: false, state: 'restricted' })).toEqual({ kind: 'keep', why: 'notOccupied' });
    expect(decide({ occupied: false, state: 'restricted', open: [] })).toEqual({ kind: 'keep', why: 'notOccupied' });
    expect(decide({ occupied: false, state: 'awaitingConfirmation' })).toMatchObject({ kind: 'release' });
  });

  test('every reason has a Chinese sentence', () => {
    expect(explainEnforcement('brokenPromise')).toBe('未按承诺付款，恢复锁门断电');
  });
});
