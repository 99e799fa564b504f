import { describe, expect, test } from '@jest/globals';
import { localDate } from '../../domain/calendar';
import { violationsOf } from './check';
import { type LeaseFacts, settledAt } from './facts';
import { aLife } from './test-lives';

/** Six tenants: punctual, late, forgetful, one who stops paying, and two in the middle of their lease. */
const sixLeases = (): LeaseFacts[] => [
  aLife(1, [0]),
  aLife(2, [-2, 5]),
  aLife(3, [0, 12, 3, 0]),
  aLife(4, [0, 0, null]),
  aLife(5, [0], localDate('2026-08-20')),
  aLife(6, [null], localDate('2026-08-20')),
];

const first = ([lease]: readonly LeaseFacts[]): LeaseFacts => {
  if (!lease) throw new RangeError('no lease');
  return lease;
};

/** What each planted bug does to the record of the first lease. */
const BUGS: Readonly<Record<string, { readonly rule: string; readonly plant: (lease: LeaseFacts) => LeaseFacts }>> = {
  'a month billed twice under another key': {
    rule: 'bills',
    plant: (lease) => ({
      ...lease,
      bills: [...lease.bills, ...lease.bills.slice(3, 4).map((bill) => ({ ...bill, key: `${bill.key}/again` }))],
    }),
  },
  'a month never billed': {
    rule: 'bills',
    plant: (lease) => ({ ...lease, bills: lease.bills.filter(({ key }) => key !== 'period/2026-05-01') }),
  },
  'a bill that is one fen short': {
    rule: 'bills',
    plant: (lease) => ({
      ...lease,
      bills: lease.bills.map((bill, i) => (i === 4 ? { ...bill, totalFen: bill.totalFen - 1 } : bill)),
    }),
  },
  'a payment applied twice': {
    rule: 'money',
    plant: (lease) => ({
      ...lease,
      payments: [...lease.payments, ...lease.payments.slice(2, 3).map((payment) => ({ ...payment, id: 'again' }))],
    }),
  },
  'a payment that never reached the lease': {
    rule: 'money',
    plant: (lease) => ({ ...lease, payments: lease.payments.slice(1) }),
  },
  'the deposit refunded twice': {
    rule: 'money',
    plant: (lease) => ({ ...lease, refunds: [...lease.refunds, ...lease.refunds.map((r) => ({ ...r, id: 'again' }))] }),
  },
  'a refund that the cashier paid twice': {
    rule: 'money',
    plant: (lease) => ({ ...lease, cashierRefundsFen: [...lease.cashierRefundsFen, ...lease.cashierRefundsFen] }),
  },
  'a fen moved to revenue by a balanced transaction': {
    rule: 'ledger',
    plant: (lease) => ({
      ...lease,
      ledger: [
        ...lease.ledger,
        {
          key: 'odd',
          kind: 'creditUse',
          at: lease.clock,
          entries: [
            { account: 'prepayment', amountFen: 1 },
            { account: 'revenue.other', amountFen: -1 },
          ],
        },
      ],
    }),
  },
  'a transaction that does not sum to zero': {
    rule: 'ledger',
    plant: (lease) => ({
      ...lease,
      ledger: [
        ...lease.ledger,
        { key: 'odd', kind: 'bill', at: 0, entries: [{ account: 'receivable', amountFen: 1 }] },
      ],
    }),
  },
  'a door left open after the keys were given back': {
    rule: 'doors',
    plant: (lease) => ({ ...lease, room: { locked: false, powered: true } }),
  },
  'a lease that does not end': {
    rule: 'bills',
    plant: (lease) => ({ ...lease, status: 'effective' }),
  },
};

describe('the checker of the chaos run', () => {
  test('finds nothing wrong with six leases that a faultless platform kept', () => {
    expect(violationsOf(sixLeases())).toEqual([]);
  });

  test.each(Object.entries(BUGS))('catches %s', (_name, { rule, plant }) => {
    const leases = sixLeases();
    const found = violationsOf([plant(first(leases)), ...leases.slice(1)]);
    expect(found.map((violation) => violation.rule)).toContain(rule);
    expect(new Set(found.map(({ leaseId }) => leaseId))).toEqual(new Set([first(leases).leaseId]));
  });

  test('two refunds are right only when money came in after the account was settled', () => {
    const lease = first(sixLeases());
    const [refund] = lease.refunds;
    if (!refund) throw new RangeError('no refund');
    const parts = [100, refund.amountFen - 100].map((amountFen, i) => ({
      ...refund,
      id: `${refund.id}/${i}`,
      amountFen,
    }));
    const twice = { ...lease, refunds: parts };
    expect(violationsOf([twice]).map(({ text }) => text)).toEqual(['refunded 2 times']);
    const settled = settledAt(lease) ?? 0;
    const late = lease.ledger.findLastIndex(({ kind }) => kind === 'payment');
    const ledger = lease.ledger.map((posted, i) => (i === late ? { ...posted, at: settled + 1 } : posted));
    expect(violationsOf([{ ...twice, ledger }]).map(({ text }) => text)).not.toContain('refunded 2 times');
  });

  test('catches a late fee that was forgotten', () => {
    const late = aLife(2, [5]);
    const forgotten = { ...late, bills: late.bills.filter(({ kind }) => kind !== 'lateFee') };
    expect(violationsOf([forgotten]).map(({ rule }) => rule)).toContain('lateFees');
  });

  test('catches a tenant locked out who has paid, and one let in who has not', () => {
    const [paid, owing] = [aLife(5, [0], localDate('2026-08-20')), aLife(6, [null], localDate('2026-08-20'))];
    const swapped = [
      { ...paid, room: owing.room },
      { ...owing, room: paid.room },
    ];
    expect(violationsOf(swapped).map(({ rule }) => rule)).toEqual(['doors', 'doors']);
  });

  test('a silent device is no violation once a person has been sent, but only then', () => {
    const owing = { ...aLife(6, [null], localDate('2026-08-20')), room: { locked: false, powered: true } };
    expect(violationsOf([owing])).toHaveLength(1);
    expect(violationsOf([{ ...owing, workOrders: ['enforcement'] }])).toEqual([]);
  });

  test('a lease that was never paid for must have expired, with its bill taken back', () => {
    const begun = aLife(7, [null], localDate('2026-01-02'));
    const { payments: _none, ...rest } = begun.done;
    const expired: LeaseFacts = {
      ...begun,
      agreed: { ...begun.agreed, begins: false },
      done: { ...rest, payments: [] },
      status: 'expired',
      bills: begun.bills.map((bill) => ({ ...bill, voided: true })),
      allocations: [],
      payments: [],
      ledger: [],
    };
    expect(violationsOf([expired])).toEqual([]);
    expect(violationsOf([{ ...expired, bills: begun.bills }]).map(({ rule }) => rule)).toContain('bills');
  });
});
