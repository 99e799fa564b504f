import { describe, expect, test } from '@jest/globals';
import { localDate } from '../../domain/calendar';
import { parseId } from '../../domain/ids';
import { seededRandom } from '../seed/random';
import { expectedBills } from './expected/bills';
import { drawScenario, type Scenario } from './scenario';

const signedAt = Date.parse('2026-11-25T02:00:00Z');
const roomId = parseId<'room'>('00000000-0000-7000-8000-000000000001');

const draw = (seed: string, n: number): Scenario =>
  drawScenario(seededRandom(seed).fork(`lease ${n}`), {
    name: `K-${n}`,
    roomId,
    signedOn: localDate('2026-11-25'),
    signedAt,
  });

const hundred = Array.from({ length: 100 }, (_, n) => draw('a', n));

describe('the scripts that tenants follow in the chaos run', () => {
  test('the same seed is the same year, another seed another one', () => {
    expect(draw('a', 7)).toEqual(draw('a', 7));
    expect(draw('b', 7)).not.toEqual(draw('a', 7));
  });

  test('nothing is done before the signature, and everything in the order of time', () => {
    for (const { deeds } of hundred) {
      const moments = deeds.map(({ at }) => at);
      expect(moments).toEqual([...moments].sort((a, b) => a - b));
      expect(Math.min(signedAt, ...moments)).toBe(signedAt);
    }
  });

  test('whoever begins pays the first bill in full before anything else', () => {
    for (const { begins, deeds, terms, signedOn } of hundred) {
      const [bill] = expectedBills(terms, signedOn);
      const first = deeds[0];
      if (!begins) expect(deeds).toEqual([]);
      else expect(first).toMatchObject({ kind: 'pay', amountFen: (bill?.depositFen ?? 0) + (bill?.chargeFen ?? 0) });
    }
  });

  test('a hundred tenants are of every kind: late, in parts, too much, told twice, reported late, gone without paying', () => {
    const pays = hundred.flatMap(({ deeds }) => deeds.filter((deed) => deed.kind === 'pay'));
    expect(pays.some(({ notices }) => notices > 1)).toBe(true);
    expect(pays.some(({ at, paidAt }) => paidAt < at)).toBe(true);
    expect(pays.some(({ number }) => number.endsWith('/2'))).toBe(true);
    expect(hundred.some(({ begins }) => !begins)).toBe(true);
    const asked = ({ terms, signedOn }: Scenario) =>
      expectedBills(terms, signedOn).reduce((sum, bill) => sum + bill.depositFen + bill.chargeFen, 0);
    const given = ({ deeds }: Scenario) =>
      deeds.reduce((sum, deed) => (deed.kind === 'pay' ? sum + deed.amountFen : sum), 0);
    expect(hundred.some((scenario) => given(scenario) > asked(scenario))).toBe(true);
    expect(hundred.some((scenario) => scenario.begins && given(scenario) < asked(scenario) / 2)).toBe(true);
  });
});
