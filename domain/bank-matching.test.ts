import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { paidAtOf } from './bank-line';
import { afterPaying, type Credit, matchCredit, matchCredits, type PayerLease } from './bank-matching';
import { localDate } from './calendar';
import { parseId } from './ids';
import { fen, sumFen } from './money';
import { paymentCode } from './payment-code';

const idOf = (n: number) => parseId<'lease'>(`01900000-0000-7000-8000-${String(n).padStart(12, '0')}`);

const lease = (n: number, over: Partial<PayerLease> = {}): PayerLease => ({
  leaseId: idOf(n),
  names: ['王小明'],
  openFen: [fen(300_000)],
  since: localDate('2026-12-01'),
  now: '2027-01-10T04:00:00.000Z',
  ended: false,
  recorded: [],
  ...over,
});

const credit = (over: Partial<Credit> = {}): Credit => ({
  ...{ amountFen: fen(300_000), bookedOn: localDate('2027-01-05'), bookedAt: null },
  ...{ payerName: '王小明', remark: '房租', reversal: false },
  ...over,
});

describe('a transfer', () => {
  test('with a payment code goes to that lease, whoever paid and however much', () => {
    const other = lease(2, { names: ['李四'] });
    const paid = credit({ payerName: '李四', amountFen: fen(1), remark: `房租 ${paymentCode(idOf(1))}` });
    expect(matchCredit(paid, [lease(1), other])).toEqual({
      ...{ kind: 'matched', leaseId: idOf(1), rule: 'code' },
      paidAt: '2027-01-05T04:00:00.000Z',
    });
  });

  test('with two codes, or from a payer and amount that fit two leases, waits for a person with both proposed', () => {
    const both = credit({ remark: `${paymentCode(idOf(1))} ${paymentCode(idOf(2))}` });
    for (const paid of [both, credit()]) {
      const outcome = matchCredit(paid, [lease(1), lease(2)]);
      expect(outcome).toMatchObject({ kind: 'unmatched', why: 'ambiguous' });
      expect(outcome.kind === 'unmatched' && outcome.proposals).toHaveLength(2);
    }
  });

  test('of one bill exactly from a co-tenant, or of all bills exactly, is matched by name and amount', () => {
    const home = lease(1, { names: ['张三', 'Ana·María  Pérez'], openFen: [fen(300_000), fen(5_000)] });
    const named = (amount: number) =>
      matchCredit(credit({ payerName: 'ＡＮＡ María Pérez', amountFen: fen(amount) }), [home]);
    expect(named(300_000)).toMatchObject({ kind: 'matched', rule: 'nameAndBill' });
    expect(named(305_000)).toMatchObject({ kind: 'matched', rule: 'nameAndSum' });
    expect(named(300_001)).toMatchObject({ kind: 'unmatched', why: 'nothingFits', proposals: [{ fits: ['name'] }] });
  });

  test('that fits by a bill in one lease and by the sum in another waits for a person', () => {
    const sum = lease(2, { openFen: [fen(100_000), fen(200_000)] });
    expect(matchCredit(credit(), [lease(1), sum])).toMatchObject({ why: 'ambiguous' });
  });

  test('of the right amount from a stranger, or without any name, is only proposed', () => {
    for (const payerName of ['陌生人', ''])
      expect(matchCredit(credit({ payerName }), [lease(1, { names: ['王小明', ''] })])).toMatchObject({
        ...{ kind: 'unmatched', why: 'nothingFits' },
        proposals: [{ leaseId: idOf(1), fits: ['bill', 'sum'] }],
      });
  });

  test('that came through a payment company is nobody’s by its name, although one lease was paid through it before', () => {
    const payerName = '支付宝（中国）网络技术有限公司';
    const outcome = matchCredit(credit({ payerName }), [lease(1, { names: ['王小明', payerName] })]);
    expect(outcome).toMatchObject({ why: 'nothingFits', proposals: [{ fits: ['bill', 'sum'] }] });
  });

  test('proposes first what has most for it', () => {
    const leases = [lease(1, { names: [] }), lease(2, { openFen: [fen(1)] }), lease(3, { ended: true })];
    const outcome = matchCredit(credit(), leases);
    expect(outcome).toMatchObject({ why: 'leaseEnded' });
    expect(outcome.kind === 'unmatched' && outcome.proposals.map(({ leaseId }) => leaseId)).toEqual(
      [3, 2, 1].map(idOf),
    );
  });

  test('in the future of the lease, from before it, taken back, or typed in by staff already, waits for a person', () => {
    const why = (paid: Partial<Credit>, over: Partial<PayerLease> = {}) => {
      const outcome = matchCredit(credit(paid), [lease(1, over)]);
      return outcome.kind === 'unmatched' ? outcome.why : outcome.kind;
    };
    expect(why({ bookedOn: localDate('2027-01-11') })).toBe('inFuture');
    expect(why({ bookedAt: '2027-01-10T04:00:00.001Z' })).toBe('inFuture');
    expect(why({ bookedOn: localDate('2027-01-11') }, { now: '2027-03-01T00:00:00.000Z' })).toBe('matched');
    expect(why({ bookedOn: localDate('2026-11-30') })).toBe('beforeLease');
    expect(why({ reversal: true })).toBe('reversal');
    const typed = { amountFen: fen(300_000), on: localDate('2027-01-08') };
    expect(why({}, { recorded: [typed] })).toBe('maybeRecorded');
    expect(why({}, { recorded: [{ ...typed, on: localDate('2026-12-05') }] })).toBe('matched');
  });

  test('made twice by mistake is booked once, the second one waits', () => {
    const outcomes = matchCredits([credit(), credit()], [lease(1)]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['matched', 'unmatched']);
  });
});

test('money of a day without a time counts from noon, but of today never from later than now', () => {
  const day = { bookedOn: localDate('2027-01-05'), bookedAt: null };
  expect(paidAtOf(day, '2027-01-05T01:00:00.000Z')).toBe('2027-01-05T01:00:00.000Z');
  expect(paidAtOf(day, '2027-01-05T09:00:00.000Z')).toBe('2027-01-05T04:00:00.000Z');
  expect(paidAtOf(day, '2027-01-01T09:00:00.000Z')).toBe('2027-01-05T04:00:00.000Z');
});

const someLeases = fc.array(
  fc.record({
    names: fc.subarray(['王小明', '李四', '']),
    openFen: fc.array(fc.integer({ min: 1, max: 3 }).map(fen), { maxLength: 3 }),
    ended: fc.boolean(),
  }),
  { maxLength: 5 },
);
const someCredit = fc.record({
  amountFen: fc.integer({ min: 1, max: 5 }).map(fen),
  payerName: fc.constantFrom('王小明', '李四', '陌生人', ''),
  remark: fc.constantFrom('房租', `${paymentCode(idOf(0))}`, `${paymentCode(idOf(0))} ${paymentCode(idOf(1))}`),
});

test('whatever the leases, a match fits exactly one of them, does not depend on their order, and never rests on an amount alone', () => {
  fc.assert(
    fc.property(someLeases, someCredit, (drafts, paid) => {
      const leases = drafts.map((draft, n) => lease(n, draft));
      const line = credit(paid);
      const outcome = matchCredit(line, leases);
      expect(matchCredit(line, leases.toReversed())).toEqual(outcome);
      if (outcome.kind === 'unmatched') return;
      const codes = leases.filter(({ leaseId }) => line.remark.includes(paymentCode(leaseId)));
      const named = leases.filter(
        ({ names, openFen }) =>
          line.payerName !== '' &&
          names.includes(line.payerName) &&
          (openFen.includes(line.amountFen) || sumFen(openFen) === line.amountFen),
      );
      const fitting = codes.length > 0 ? codes : named;
      expect(fitting.map(({ leaseId, ended }) => [leaseId, ended])).toEqual([[outcome.leaseId, false]]);
    }),
  );
});

test('among many leases a line is matched just as it is when all are looked at', () => {
  fc.assert(
    fc.property(someLeases, someCredit, (drafts, paid) => {
      const leases = drafts.map((draft, n) => lease(n, draft));
      expect(matchCredits([credit(paid)], leases)).toEqual([matchCredit(credit(paid), leases)]);
    }),
  );
});

test('paying takes exactly its amount from what is open, oldest bill first, and never more than there is', () => {
  const bills = fc.array(fc.integer({ min: 1, max: 1_000 }).map(fen), { maxLength: 6 });
  fc.assert(
    fc.property(bills, fc.integer({ min: 0, max: 5_000 }), (open, amount) => {
      const left = afterPaying(open, fen(amount));
      expect(sumFen(left)).toBe(Math.max(0, sumFen(open) - amount));
      expect(open.slice(open.length - left.length).slice(1)).toEqual(left.slice(1));
    }),
  );
});
