import {
  type BillFacts,
  type LeaseFacts,
  openOf,
  settledAt,
  sum,
  type TransactionFacts,
  type Violation,
} from '../facts';

const REVENUE: Readonly<Record<string, string>> = {
  rent: 'revenue.rent',
  discount: 'discount',
  propertyFee: 'revenue.propertyFee',
  network: 'revenue.other',
  furniture: 'revenue.other',
  lateFee: 'revenue.lateFee',
  damage: 'revenue.damage',
};

/** Every transaction sums to zero, none is there twice, and each account holds what bills, payments and refunds add up to. */
export function checkLedger(facts: LeaseFacts): Violation[] {
  const wrong = (text: string): Violation => ({ leaseId: facts.leaseId, rule: 'ledger', text });
  const held = balances(facts.ledger);
  const expected = expectedBalances(facts);
  const accounts = [...new Set([...held.keys(), ...expected.keys()])].sort();
  return [
    ...facts.ledger.flatMap(transactionFaults),
    ...twice(facts.ledger),
    ...accounts.flatMap((account) => {
      const [has, should] = [held.get(account) ?? 0, expected.get(account) ?? 0];
      return has === should ? [] : [`${account} holds ${has} fen, not ${should}`];
    }),
    ...facts.bills.flatMap((bill) => taxFaults(facts, bill)),
  ].map(wrong);
}

function transactionFaults({ key, entries }: TransactionFacts): string[] {
  const total = sum(entries.map(({ amountFen }) => amountFen));
  return [
    ...(total === 0 ? [] : [`${key} sums to ${total} fen`]),
    ...(entries.length >= 2 ? [] : [`${key} has ${entries.length} entries`]),
  ];
}

function twice(ledger: readonly TransactionFacts[]): string[] {
  const seen = new Set<string>();
  return ledger.flatMap(({ key }) => (seen.size === seen.add(key).size ? [`${key} is posted twice`] : []));
}

/** Money accounts in one: which channel it took is not the ledger's promise here. */
const nameOf = (account: string): string => (account.startsWith('cash.') ? 'cash' : account);

function balances(ledger: readonly TransactionFacts[]): Map<string, number> {
  const held = new Map<string, number>();
  for (const { account, amountFen } of ledger.flatMap(({ entries }) => entries)) add(held, nameOf(account), amountFen);
  return held;
}

const add = (to: Map<string, number>, name: string, amountFen: number): void =>
  void to.set(name, (to.get(name) ?? 0) + amountFen);

function expectedBalances(facts: LeaseFacts): Map<string, number> {
  const expected = new Map<string, number>();
  const standing = facts.bills.filter(({ voided }) => !voided);
  for (const { kind, amountFen, taxFen } of standing.flatMap(({ lines }) => lines)) {
    const account = REVENUE[kind];
    if (account) add(expected, account, taxFen - amountFen);
    add(expected, 'tax.output', -taxFen);
  }
  const deposit = sum(
    standing.flatMap(({ lines }) => lines.filter(({ kind }) => kind === 'deposit').map((l) => l.amountFen)),
  );
  const released = settledAt(facts) === null ? 0 : deposit;
  const paid = sum(facts.payments.filter(({ applied }) => applied).map(({ amountFen }) => amountFen));
  const back = sum(facts.refunds.map(({ amountFen }) => amountFen));
  const sent = sum(facts.refunds.filter(({ status }) => status === 'done').map(({ amountFen }) => amountFen));
  const used = sum(facts.allocations.map(({ amountFen }) => amountFen));
  const credited = sum(standing.map(({ totalFen }) => Math.max(0, -totalFen)));
  add(expected, 'deposit', released - deposit);
  add(expected, 'receivable', sum(standing.map((bill) => openOf(facts, bill))));
  add(expected, 'cash', paid - sent);
  add(expected, 'refundPayable', sent - back);
  add(expected, 'prepayment', back + used - paid - credited - released);
  return expected;
}

/** The tax in a line is the price-inclusive share, to the nearest fen; deposits, fees for being late and damages bear none. */
function taxFaults({ agreed }: LeaseFacts, { key, lines }: BillFacts): string[] {
  return lines.flatMap(({ kind, amountFen, taxFen }) => {
    const rate = ['deposit', 'lateFee', 'damage'].includes(kind) ? 0 : agreed.terms.taxBasisPoints;
    const exact = (amountFen * rate) / (10_000 + rate);
    return Math.abs(taxFen - exact) <= 0.5 ? [] : [`${key}: ${taxFen} fen of tax in ${amountFen} fen of ${kind}`];
  });
}
