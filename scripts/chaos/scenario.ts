import { type LocalDate, localDate } from '../../domain/calendar';
import { DEFAULT_POLICY } from '../../domain/default-policy';
import type { RoomId } from '../../domain/ids';
import { fen } from '../../domain/money';
import type { LeasePolicy } from '../../domain/policy';
import type { Escalation, LeaseTerms, PaymentCycle } from '../../domain/terms';
import type { Random } from '../seed/random';
import { type ExpectedBill, expectedBills } from './expected/bills';
import { chinaDay, chinaHour, dayOfMonth, monthsLater, plusDays } from './expected/own-calendar';

/** Something that happens to a lease from outside, at an instant of its own time. */
export type Deed =
  | {
      readonly kind: 'pay';
      readonly at: number;
      readonly number: string;
      readonly amountFen: number;
      /** Before `at` where money is reported late. */
      readonly paidAt: number;
      /** How often the provider tells us. */
      readonly notices: number;
    }
  | { readonly kind: 'inspect'; readonly at: number; readonly damagesFen: number };

/** One tenant's year, written beforehand: what the platform goes through does not change what people do. */
export type Scenario = {
  readonly name: string;
  readonly terms: LeaseTerms;
  readonly policy: LeasePolicy;
  readonly signedOn: LocalDate;
  readonly begins: boolean;
  readonly deeds: readonly Deed[];
  /** Where the lease's clock is left. */
  readonly until: number;
};

/** `stops`: pays for some months, then never again. `never`: not even the first bill. */
type Character = 'punctual' | 'late' | 'partly' | 'generous' | 'mixed' | 'stops' | 'never';
const CHARACTERS: readonly Character[] = [
  'punctual',
  'punctual',
  'late',
  'partly',
  'generous',
  'mixed',
  'mixed',
  'stops',
];

export type ScenarioInput = {
  readonly name: string;
  readonly roomId: RoomId;
  readonly signedOn: LocalDate;
  /** Epoch ms at which the lease is signed. */
  readonly signedAt: number;
};

export function drawScenario(random: Random, input: ScenarioInput): Scenario {
  const terms = drawTerms(random, input);
  const { name, signedOn, signedAt } = input;
  const character = random.next() < 0.04 ? 'never' : random.pick(CHARACTERS);
  const begins = character !== 'never';
  const year = chinaHour(monthsLater(signedOn, 12, dayOfMonth(signedOn)), 12) + 25 * DAY_MS;
  const policy = {
    ...DEFAULT_POLICY,
    enforcement: { ...DEFAULT_POLICY.enforcement, graceDays: random.pick([0, 0, 0, 3]) },
  };
  const bills = expectedBills(terms, signedOn);
  const payments = begins ? bills.flatMap((bill, i) => pays(random, { name, character, bill, i, signedAt })) : [];
  const leaves = chinaHour(plusDays(terms.endsOn, 1), 10);
  const inspection: Deed = { kind: 'inspect', at: leaves, damagesFen: random.pick([0, 0, 12_345, 80_000]) };
  // A bill can be issued on the day of signing; it is paid after the first one all the same.
  const [first, ...later] = payments;
  const inTurn = later.map((deed) => ({ ...deed, at: Math.max(deed.at, signedAt + 2 * HOUR_MS) }));
  const deeds = [...(first ? [first] : []), ...inTurn, ...(begins && random.next() < 0.7 ? [inspection] : [])]
    .filter(({ at }) => at < year)
    .sort((a, b) => a.at - b.at);
  return { name, terms, policy, signedOn, begins, deeds, until: begins ? year : signedAt + 26 * HOUR_MS };
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

function drawTerms(random: Random, { roomId, signedOn }: ScenarioInput): LeaseTerms {
  const months = random.pick([12, 12, 12, 14, 18]);
  const spare = random.pick([0, 0, 9]);
  const rateFen = fen(random.between(150_000, 900_000));
  const escalation = random.pick<Escalation>([{ kind: 'none' }, { kind: 'percent', basisPoints: 500 }]);
  const fees = random.pick([[], [{ kind: 'propertyFee' as const, amountFen: fen(random.between(3_000, 30_000)) }]]);
  const discounts = random.pick([[], [], [{ month: random.between(1, 3), basisPointsOff: 5_000, reason: '开业优惠' }]]);
  const cycle = random.pick<PaymentCycle>([1, 1, 1, 1, 2, 3, 6]);
  const segment = {
    from: signedOn,
    reason: 'original',
    roomId,
    rateFen,
    basis: 'perMonth',
    cycle,
    escalation,
    fees,
  } as const;
  return {
    startsOn: signedOn,
    endsOn: localDate(plusDays(monthsLater(signedOn, months, dayOfMonth(signedOn)), spare - 1)),
    alignment: random.pick(['leaseDate', 'leaseDate', 'calendarMonth']),
    proration: random.pick(['actualDays', 'actualDays', 'thirty360']),
    dueDayOffset: 0,
    issueDaysBeforeDue: random.between(3, 7),
    rentFreeDays: random.pick([0, 0, 0, 10]),
    discounts,
    depositFen: rateFen,
    taxBasisPoints: random.pick([0, 500]),
    segments: [{ ...segment, suspended: false }],
  };
}

type Due = {
  readonly name: string;
  readonly character: Character;
  readonly bill: ExpectedBill;
  readonly i: number;
  readonly signedAt: number;
};

function pays(random: Random, { name, character, bill, i, signedAt }: Due): Deed[] {
  const amountFen = bill.depositFen + bill.chargeFen;
  const pay = (at: number, share: number, part = 0, paidAt = at, notices = 1): Deed => ({
    kind: 'pay',
    at,
    number: `${name}/${i}/${part}`,
    amountFen: part === 2 ? amountFen - Math.floor(amountFen / 2) : Math.floor(amountFen * share),
    paidAt,
    notices,
  });
  if (i === 0) return [pay(signedAt + HOUR_MS, 1, 0, signedAt + HOUR_MS, random.pick([1, 1, 3]))];
  if (amountFen === 0 || (character === 'stops' && i >= 4)) return [];
  const issued = chinaHour(bill.issueOn, 10);
  const due = chinaHour(bill.dueOn, random.between(11, 20));
  const late = due + random.between(1, 9) * DAY_MS;
  const onTime = [pay(issued + random.between(1, 40) * HOUR_MS, 1, 0, undefined, random.pick([1, 1, 1, 2]))];
  const ways: Record<Character, readonly Deed[][]> = {
    punctual: [onTime],
    late: [[pay(late, 1)], onTime],
    partly: [[pay(due, 0.5, 1), pay(late, 0.5, 2)], onTime],
    generous: [[pay(due, 1.3)], onTime],
    mixed: [onTime, [pay(late, 1, 0, late, 3)], [pay(due, 1.3)], [pay(late, 1, 0, chinaHour(chinaDay(due), 9))]],
    stops: [onTime],
    never: [[]],
  };
  return random.pick(ways[character]);
}
