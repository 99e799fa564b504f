import { postBills } from '../../db/bills';
import { allocatePayment } from '../../domain/allocation';
import type { BillDraft, OpenBill } from '../../domain/bill';
import { firstBill, generateBills } from '../../domain/bill-generation';
import { addDays, type LocalDate, localDate, shanghaiInstant } from '../../domain/calendar';
import { DEFAULT_POLICY } from '../../domain/default-policy';
import { type LeaseId, type PaymentId, parseId } from '../../domain/ids';
import { postCreditUse, postDepositMove, postPayment, postRefund, postRefundDue } from '../../domain/ledger';
import { type Fen, fen, sumFen } from '../../domain/money';
import { decidePayment, lateFeesOf } from '../../domain/payment-decision';
import { someTerms } from '../../domain/test-terms';
import type { AllocationFacts, BillFacts, LeaseFacts, PaymentFacts, TransactionFacts } from './facts';

/** Lives of leases as a faultless platform would keep them, in memory; for tests of the checker only. */

const uuid = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Days after the due day on which each bill is paid; null: never. The first bill is paid at once. */
export type Habit = readonly (number | null)[];

/** A lease for the year 2026 whose tenant pays by `habit`, looked at on `through` (2026-12-31 or later: closed). */
export function aLife(n: number, habit: Habit, through: LocalDate = localDate('2027-01-20')): LeaseFacts {
  const leaseId = parseId<'lease'>(uuid(n)) as LeaseId;
  const terms = someTerms({ startsOn: '2026-01-01', endsOn: '2026-12-31' });
  const signedOn = terms.startsOn;
  const first = firstBill(terms, signedOn);
  const drafts = [first, ...generateBills(terms, first.periodUntil, through)];
  const life = new Life(leaseId);
  const moments = drafts.flatMap((draft, i) => {
    const late = i === 0 ? 0 : habit[(i - 1) % habit.length];
    const pay = late == null ? [] : [{ on: addDays(draft.dueOn, late), what: draft, kind: 'pay' as const }];
    return [{ on: draft.issueOn, what: draft, kind: 'issue' as const }, ...pay];
  });
  for (const { on, what, kind } of moments
    .filter((m) => m.on <= through)
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))) {
    if (kind === 'issue') life.issue(what, on);
    else life.pay(what, on);
  }
  const over = through > terms.endsOn;
  if (over) life.settle(terms.depositFen, addDays(terms.endsOn, 10));
  const clock = shanghaiInstant(through, 12);
  const arrears = life.open.some((bill) => bill.kind !== 'lateFee' && bill.openFen > 0 && bill.dueOn < through);
  const shut = over || arrears;
  return {
    ...life.facts(),
    leaseId,
    agreed: { terms, policy: DEFAULT_POLICY, signedOn, begins: true },
    clock,
    status: over ? 'closed' : 'effective',
    room: { locked: shut, powered: !shut },
    workOrders: over && life.open.length > 0 ? ['collection'] : [],
  };
}

class Life {
  private readonly bills: Mutable<BillFacts>[] = [];
  private readonly allocations: AllocationFacts[] = [];
  private readonly payments: PaymentFacts[] = [];
  private readonly ledger: TransactionFacts[] = [];
  private readonly refunds: { id: string; amountFen: number; status: string }[] = [];
  open: OpenBill[] = [];
  private creditFen = 0;
  private readonly leaseId: LeaseId;

  constructor(leaseId: LeaseId) {
    this.leaseId = leaseId;
  }

  issue(draft: BillDraft, on: LocalDate): void {
    const totalFen = sumFen(draft.lines.map(({ amountFen }) => amountFen));
    const { key, kind, periodFrom, periodUntil, issueOn, dueOn, lines } = draft;
    this.bills.push({ key, kind, from: periodFrom, until: periodUntil, dueOn, totalFen, voided: false, lines });
    this.open.push({ key, kind, issueOn, dueOn, totalFen, openFen: totalFen });
    this.post(postBills(this.posting(on), [draft]), on);
  }

  pay(draft: BillDraft, on: LocalDate): void {
    const paymentId = parseId<'payment'>(uuid(1000 + this.payments.length)) as PaymentId;
    const wanted = this.open.find(({ key }) => key === draft.key)?.openFen ?? fen(0);
    const number = `${this.leaseId}/${this.payments.length}`;
    const decision = decidePayment(wanted, this.histories(), DEFAULT_POLICY, {
      paidOn: on,
      today: on,
      cause: paymentId,
    });
    for (const fee of decision.lateFees) this.issue(fee, on);
    this.payments.push({ id: paymentId, number, amountFen: wanted, paidOn: on, applied: true });
    this.post([postPayment(this.posting(on), { paymentId, channel: 'bank', amountFen: wanted, ...decision })], on);
    this.allocate(decision.allocations, paymentId, on);
    this.creditFen += decision.leftoverFen;
  }

  settle(depositFen: Fen, on: LocalDate): void {
    for (const fee of lateFeesOf(this.histories(), [], DEFAULT_POLICY, { today: on, cause: 'settlement' }))
      this.issue(fee, on);
    this.post([postDepositMove(this.posting(on), { amountFen: depositFen, cause: 'settlement' })], on);
    const credit = fen(this.creditFen + depositFen);
    const { allocations, leftoverFen } = allocatePayment(credit, this.open, DEFAULT_POLICY.allocation);
    for (const { key, amountFen } of allocations) {
      this.post([postCreditUse(this.posting(on), { billKey: key, amountFen, cause: 'settlement' })], on);
    }
    this.allocate(allocations, null, on);
    if (leftoverFen === 0) return;
    const refundId = parseId<'refund'>(uuid(2000));
    const refund = { refundId, amountFen: leftoverFen };
    this.post([postRefundDue(this.posting(on), refund)], on);
    this.post(
      [
        postRefund(this.posting(on), {
          refundId: refund.refundId,
          parts: [{ channel: 'bank', amountFen: refund.amountFen }],
          from: 'refundPayable',
        }),
      ],
      on,
    );
    this.refunds.push({ id: refundId, amountFen: leftoverFen, status: 'done' });
  }

  facts() {
    const given = this.payments.map(({ number, amountFen, paidOn }) => ({ number, amountFen, paidOn }));
    const { bills, allocations, payments, refunds, ledger } = this;
    const cashierRefundsFen = refunds.map(({ amountFen }) => amountFen);
    return {
      bills,
      allocations,
      payments,
      refunds,
      ledger,
      cashierRefundsFen,
      done: { payments: given, damagesFen: 0 },
    };
  }

  private posting = (on: LocalDate) => ({ leaseId: this.leaseId, at: new Date(shanghaiInstant(on, 10)).toISOString() });

  private post(
    transactions: readonly { key: string; kind: string; entries: TransactionFacts['entries'] }[],
    on: LocalDate,
  ) {
    for (const { key, kind, entries } of transactions) {
      this.ledger.push({ key, kind, at: shanghaiInstant(on, 10), entries });
    }
  }

  private allocate(
    shares: readonly { key: string; amountFen: Fen }[],
    paymentId: PaymentId | null,
    on: LocalDate,
  ): void {
    for (const { key, amountFen } of shares) {
      this.allocations.push({ billKey: key, paymentId, amountFen, effectiveOn: on, at: shanghaiInstant(on, 10) });
      this.open = this.open
        .map((bill) => (bill.key === key ? { ...bill, openFen: fen(bill.openFen - amountFen) } : bill))
        .filter(({ openFen }) => openFen > 0);
    }
  }

  private histories() {
    return this.open.map((bill) => ({
      ...bill,
      reductions: this.allocations
        .filter(({ billKey }) => billKey === bill.key)
        .map(({ effectiveOn, amountFen }) => ({ on: localDate(effectiveOn), amountFen: fen(amountFen) })),
      assessedFen: sumFen(
        this.bills.filter(({ key }) => key.startsWith(`late-fee/${bill.key}/`)).map(({ totalFen }) => fen(totalFen)),
      ),
    }));
  }
}
