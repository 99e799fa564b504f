import { type LeaseFacts, openOf, settledAt, settledBy, sum, type Violation } from '../facts';
import { billsDue } from './bills';

/** Money that came in came in once, went where it should, and what is left went back once. */
export function checkMoney(facts: LeaseFacts): Violation[] {
  const wrong = (text: string): Violation => ({ leaseId: facts.leaseId, rule: 'money', text });
  return [...received(facts), ...allocated(facts), ...settled(facts)].map(wrong);
}

function received({ done, payments, ledger }: LeaseFacts): string[] {
  const given = new Map(done.payments.map((payment) => [payment.number, payment]));
  const complaints = payments.flatMap((payment) => {
    const { id, number, amountFen, paidOn, applied } = payment;
    const gave = given.get(number);
    given.delete(number);
    if (!gave) return [`payment ${number} of ${amountFen} fen was never made, or is there twice`];
    const posted = ledger.filter(({ key }) => key === `payment/${id}`);
    const cash = sum(posted.flatMap(({ entries }) => entries.filter(isCash).map((entry) => entry.amountFen)));
    return [
      ...(gave.amountFen === amountFen && gave.paidOn === paidOn
        ? []
        : [`payment ${number}: ${amountFen} fen on ${paidOn}, not ${gave.amountFen} on ${gave.paidOn}`]),
      ...(applied ? [] : [`payment ${number} never reached its lease`]),
      ...(posted.length === 1 && cash === amountFen ? [] : [`payment ${number} is ${cash} fen in the ledger`]),
    ];
  });
  return [...complaints, ...[...given.keys()].map((number) => `payment ${number} was lost`)];
}

const isCash = ({ account }: { readonly account: string }): boolean => account.startsWith('cash.');

function allocated(facts: LeaseFacts): string[] {
  const { allocations, payments, bills } = facts;
  const keys = new Set(bills.map(({ key }) => key));
  return [
    ...payments.flatMap(({ id, number, amountFen }) => {
      const given = sum(allocations.filter(({ paymentId }) => paymentId === id).map((share) => share.amountFen));
      return given <= amountFen ? [] : [`payment ${number} of ${amountFen} fen paid ${given} fen of bills`];
    }),
    ...bills.flatMap((bill) => {
      const paid = settledBy(allocations, bill.key);
      return paid >= 0 && paid <= Math.max(0, bill.totalFen)
        ? []
        : [`bill ${bill.key} of ${bill.totalFen}: paid ${paid}`];
    }),
    ...allocations
      .filter(({ billKey }) => !keys.has(billKey))
      .map(({ billKey }) => `money went to ${billKey}, no bill`),
  ];
}

/** The whole life in one sum: what was paid is what was charged and what went back. */
function settled(facts: LeaseFacts): string[] {
  const { agreed, status, done, refunds, bills, workOrders, cashierRefundsFen } = facts;
  if (status !== 'closed' && status !== 'expired')
    return refunds.map(({ id }) => `refund ${id} before the lease has ended`);
  const fees = sum(bills.filter(({ kind, voided }) => kind === 'lateFee' && !voided).map(({ totalFen }) => totalFen));
  const rent = agreed.begins ? sum(billsDue(facts).map(({ chargeFen }) => chargeFen)) : 0;
  const charged = rent + fees + (agreed.begins ? done.damagesFen : 0);
  const paid = sum(done.payments.map(({ amountFen }) => amountFen));
  const back = sum(refunds.map(({ amountFen }) => amountFen));
  const open = sum(bills.map((bill) => openOf(facts, bill)));
  const owed = Math.max(0, charged - paid);
  return [
    ...(back === Math.max(0, paid - charged) ? [] : [`${back} fen went back: ${paid} paid less ${charged} charged`]),
    ...(sum(cashierRefundsFen) === back
      ? []
      : [`the cashier paid back ${sum(cashierRefundsFen)} fen, the record says ${back}`]),
    ...(refunds.length <= occasions(facts) ? [] : [`refunded ${refunds.length} times`]),
    ...refunds.filter(({ status }) => status !== 'done').map(({ id, status }) => `refund ${id} is ${status}`),
    ...(open === owed ? [] : [`${open} fen are open, not ${owed}`]),
    ...(owed === 0 || workOrders.includes('collection') ? [] : ['nobody was told that money is still owed']),
  ];
}

/** The account is settled once, and money that comes in afterwards goes back by a refund of its own. */
function occasions({ ledger }: LeaseFacts): number {
  const settled = settledAt({ ledger }) ?? Number.POSITIVE_INFINITY;
  return 1 + ledger.filter(({ kind, at }) => kind === 'payment' && at >= settled).length;
}
