import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { localDate, shanghaiDate, shanghaiInstant } from './calendar';
import { arrears, decideEnforcement, type EnforcementFacts } from './enforcement';
import { fen } from './money';
import type { EnforcementPolicy } from './policy';
import { someDay, someFen, someOpenBills } from './test-arbitraries';

const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 2 });
const hour = fc.integer({ min: 0, max: 23 });
const someNow = fc.integer({
  min: shanghaiInstant(localDate('2026-01-01'), 0),
  max: shanghaiInstant(localDate('2027-03-01'), 0),
});

const somePolicy: fc.Arbitrary<EnforcementPolicy> = fc.record({
  mode: fc.constantFrom('automatic', 'automatic', 'confirmed', 'notifyOnly'),
  graceDays: fc.integer({ min: 0, max: 10 }),
  quietHours: orNull(fc.record({ from: hour, until: hour })),
  minimumArrearsFen: fc.oneof(fc.constant(fen(0)), someFen(5_000_000)),
  countLateFees: fc.boolean(),
});

const someFacts: fc.Arbitrary<EnforcementFacts> = fc.record({
  open: someOpenBills,
  state: fc.constantFrom('none', 'awaitingConfirmation', 'restricted'),
  exemption: orNull(fc.record({ reason: fc.string(), until: orNull(someDay()) })),
  promise: orNull(fc.record({ until: someDay(), amountFen: someFen() })),
  noticeServed: fc.boolean(),
  fireAlarm: fc.boolean(),
  confirmedBy: orNull(fc.constant('staff')),
  humanRelease: orNull(
    fc.record({ by: fc.constant('staff'), until: orNull(someNow.map((ms) => new Date(ms).toISOString())) }),
  ),
  occupied: fc.boolean(),
});

/** Written apart from the code under test: by the hour and the day, without its helpers. */
function forbidden(facts: EnforcementFacts, policy: EnforcementPolicy, now: number): string[] {
  const today = shanghaiDate(now);
  const hourNow = new Date(now + 8 * 3_600_000).getUTCHours();
  const { exemption, promise, humanRelease } = facts;
  const quiet = policy.quietHours;
  const quietHours: number[] = [];
  for (let h = quiet?.from ?? 0; h !== (quiet?.until ?? 0); h = (h + 1) % 24) quietHours.push(h);
  const reasons: [string, boolean][] = [
    ['fire alarm', facts.fireAlarm],
    ['exempt', exemption !== null && (exemption.until === null || today <= exemption.until)],
    ['promise', promise !== null && today <= promise.until],
    ['human release', humanRelease !== null && (humanRelease.until === null || now < Date.parse(humanRelease.until))],
    ['no notice', !facts.noticeServed],
    ['not occupied', !facts.occupied],
    ['unconfirmed', policy.mode === 'confirmed' && facts.confirmedBy === null],
    ['notify only', policy.mode === 'notifyOnly'],
    ['quiet', quietHours.includes(hourNow)],
    ['below minimum', arrears(facts.open, policy, now).amountFen < Math.max(1, policy.minimumArrearsFen)],
  ];
  return reasons.filter(([, holds]) => holds).map(([name]) => name);
}

const runs = { numRuns: 3000 };

describe('guardrails, for every input', () => {
  test('nobody is locked out against a guardrail, and without one an unlocked tenant in arrears is', () => {
    const seen = { restricted: 0, spared: 0 };
    fc.assert(
      fc.property(someFacts, somePolicy, someNow, (facts, policy, now) => {
        const { kind } = decideEnforcement(facts, policy, now);
        const reasons = forbidden(facts, policy, now);
        expect([kind === 'restrict', reasons]).toEqual([reasons.length === 0 && facts.state !== 'restricted', reasons]);
        seen[kind === 'restrict' ? 'restricted' : 'spared'] += 1;
      }),
      { ...runs, seed: 20260301 },
    );
    expect(Math.min(seen.restricted, seen.spared)).toBeGreaterThan(0);
  });

  test('a locked tenant without arrears is let in at once, and with a fire alarm every locked room is opened', () => {
    fc.assert(
      fc.property(someFacts, somePolicy, someNow, fc.boolean(), (facts, policy, now, alarm) => {
        const open = alarm ? facts.open : facts.open.map((bill) => ({ ...bill, openFen: fen(0) }));
        const locked = {
          ...facts,
          open,
          state: 'restricted' as const,
          fireAlarm: alarm || facts.fireAlarm,
          occupied: !alarm,
        };
        expect(decideEnforcement(locked, policy, now).kind).toBe('release');
      }),
      runs,
    );
  });

  test('a wait lies ahead, and only what is locked or asked about is released', () => {
    fc.assert(
      fc.property(someFacts, somePolicy, someNow, (facts, policy, now) => {
        const decision = decideEnforcement(facts, policy, now);
        if (decision.kind === 'wait') expect(decision.until).toBeGreaterThan(now);
        if (decision.kind === 'release') expect(facts.state).not.toBe('none');
        if ('bills' in decision) expect(decision.bills).toEqual(arrears(facts.open, policy, now).bills);
      }),
      runs,
    );
  });

  test('after a release the same facts do not lock again at the same moment', () => {
    fc.assert(
      fc.property(someFacts, somePolicy, someNow, (facts, policy, now) => {
        fc.pre(decideEnforcement(facts, policy, now).kind === 'release');
        expect(['keep', 'wait', 'notify']).toContain(decideEnforcement({ ...facts, state: 'none' }, policy, now).kind);
      }),
      runs,
    );
  });
});
