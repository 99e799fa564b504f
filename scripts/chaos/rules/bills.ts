import { type ExpectedBill, expectedBills } from '../expected/bills';
import { chinaDay, chinaHour } from '../expected/own-calendar';
import { type BillFacts, type LeaseFacts, sum, type Violation } from '../facts';

const AFTER_TENANCY = ['checkingOut', 'closed'];
const FROM_TERMS = ['first', 'periodic'];
const MAY_EXIST = [...FROM_TERMS, 'lateFee', 'damage'];

/** The bills that must be there now: issued at the policy's hour of their day, and all of them once the tenancy is over. */
export function billsDue({ agreed, clock, status }: LeaseFacts): ExpectedBill[] {
  const all = expectedBills(agreed.terms, agreed.signedOn);
  if (!agreed.begins) return all.slice(0, 1);
  if (AFTER_TENANCY.includes(status)) return all;
  return all.filter(({ key, issueOn }) => key === 'first' || chinaHour(issueOn, agreed.policy.dunning.hour) <= clock);
}

/** Every bill is the one that the terms ask for, none is missing, none is there twice. */
export function checkBills(facts: LeaseFacts): Violation[] {
  const wrong = (text: string): Violation => ({ leaseId: facts.leaseId, rule: 'bills', text });
  const due = new Map(billsDue(facts).map((bill) => [bill.key, bill]));
  const stored = facts.bills.filter(({ kind }) => FROM_TERMS.includes(kind));
  const found = stored.flatMap((bill) => {
    const wanted = due.get(bill.key);
    due.delete(bill.key);
    if (!wanted) return [wrong(`bill ${bill.key} of ${bill.totalFen} fen follows from nothing in the terms`)];
    return differences(wanted, bill).map((difference) => wrong(`bill ${bill.key}: ${difference}`));
  });
  const missing = [...due.values()].map(({ key, issueOn }) => wrong(`bill ${key} is missing since ${issueOn}`));
  const strange = facts.bills.filter(({ kind }) => !MAY_EXIST.includes(kind));
  return [
    ...found,
    ...missing,
    ...strange.map(({ key, kind }) => wrong(`nobody asked for bill ${key} (${kind})`)),
    ...checkState(facts, stored, wrong),
  ];
}

function differences(wanted: ExpectedBill, bill: BillFacts): string[] {
  const deposit = sum(bill.lines.filter(({ kind }) => kind === 'deposit').map(({ amountFen }) => amountFen));
  const lines = sum(bill.lines.map(({ amountFen }) => amountFen));
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ['from', wanted.from, bill.from],
    ['until', wanted.until, bill.until],
    ['due on', wanted.dueOn, bill.dueOn],
    ['total', wanted.depositFen + wanted.chargeFen, bill.totalFen],
    ['deposit', wanted.depositFen, deposit],
    ['sum of its lines', bill.totalFen, lines],
  ];
  return pairs.flatMap(([name, a, b]) => (a === b ? [] : [`${name} is ${b}, not ${a}`]));
}

function checkState(
  { agreed, status, clock, bills, done }: LeaseFacts,
  stored: readonly BillFacts[],
  wrong: (text: string) => Violation,
): Violation[] {
  const voided = stored.filter((bill) => bill.voided);
  if (!agreed.begins) {
    if (status !== 'expired') return [wrong(`never paid for, and ${status} instead of expired`)];
    return voided.length === stored.length ? [] : [wrong('the lease never began, and its bill still stands')];
  }
  const over = chinaDay(clock) > agreed.terms.endsOn;
  const allowed = over ? AFTER_TENANCY : ['effective', 'ending'];
  const damage = sum(bills.filter(({ kind }) => kind === 'damage').map(({ totalFen }) => totalFen));
  return [
    ...(allowed.includes(status)
      ? []
      : [wrong(`${status} on ${chinaDay(clock)}, lease ends on ${agreed.terms.endsOn}`)]),
    ...voided.map(({ key }) => wrong(`bill ${key} was taken back`)),
    ...(status !== 'closed' || damage === done.damagesFen
      ? []
      : [wrong(`${damage} fen billed for damage of ${done.damagesFen} fen`)]),
  ];
}
