import { expectedLateFee } from '../expected/late-fees';
import { chinaDay } from '../expected/own-calendar';
import { type BillFacts, type LeaseFacts, settledAt, settledBy, sum, type Violation } from '../facts';

const BEARS_FEE = ['periodic', 'damage'];

/** What was assessed on each bill is what its balance earned day by day until it was last looked at. */
export function checkLateFees(facts: LeaseFacts): Violation[] {
  const wrong = (text: string): Violation => ({ leaseId: facts.leaseId, rule: 'lateFees', text });
  const fees = facts.bills.filter(({ kind, voided }) => kind === 'lateFee' && !voided);
  const parents = facts.bills.filter(({ kind, voided }) => !voided && kind !== 'lateFee');
  const orphans = fees.filter(({ key }) => !parents.some((parent) => isFeeOf(key, parent)));
  return [
    ...orphans.map(({ key }) => wrong(`late fee ${key} belongs to no bill`)),
    ...parents.flatMap((parent) => {
      const assessed = sum(fees.filter(({ key }) => isFeeOf(key, parent)).map(({ totalFen }) => totalFen));
      const earned = feeEarned(facts, parent);
      return assessed === earned ? [] : [wrong(`late fee on ${parent.key} is ${assessed} fen, not ${earned}`)];
    }),
  ];
}

const isFeeOf = (feeKey: string, { key }: BillFacts): boolean => feeKey.startsWith(`late-fee/${key}/`);

/** A bill is looked at when money reaches it after its due day, and at the settlement while something is open on it. */
function feeEarned(facts: LeaseFacts, bill: BillFacts): number {
  if (!BEARS_FEE.includes(bill.kind)) return 0;
  const shares = facts.allocations.filter(({ billKey }) => billKey === bill.key);
  const settled = settledAt(facts);
  const before = settled === null ? shares : shares.filter(({ at }) => at < settled);
  const looks = shares.filter(({ paymentId }) => paymentId !== null).map(({ at }) => at);
  if (settled !== null && settledBy(before, bill.key) < bill.totalFen) looks.push(settled);
  const last = Math.max(...looks.filter((at) => chinaDay(at) > bill.dueOn));
  if (!Number.isFinite(last)) return 0;
  const known = shares.filter(({ at }) => (last === settled ? at < last : at <= last));
  const reductions = known.map(({ effectiveOn, amountFen }) => ({ on: effectiveOn, amountFen }));
  return expectedLateFee(bill, reductions, facts.agreed.policy.lateFee, chinaDay(last));
}
