import type { LeasePolicy } from '../../domain/policy';
import type { LeaseTerms } from '../../domain/terms';

/** Everything that is known about one lease at the end: what was agreed and done from outside, and what the platform made of it. */
export type LeaseFacts = {
  readonly leaseId: string;
  readonly agreed: {
    readonly terms: LeaseTerms;
    readonly policy: LeasePolicy;
    readonly signedOn: string;
    /** False for a party B that never pays the first bill. */
    readonly begins: boolean;
  };
  /** What came from outside, whether the platform was up or not. */
  readonly done: {
    readonly payments: readonly { readonly number: string; readonly amountFen: number; readonly paidOn: string }[];
    readonly damagesFen: number;
  };
  /** Epoch ms of the lease's own clock. */
  readonly clock: number;
  readonly status: string;
  readonly bills: readonly BillFacts[];
  readonly allocations: readonly AllocationFacts[];
  readonly payments: readonly PaymentFacts[];
  readonly refunds: readonly { readonly id: string; readonly amountFen: number; readonly status: string }[];
  readonly ledger: readonly TransactionFacts[];
  /** What the cashier itself has paid back on this lease's payments. */
  readonly cashierRefundsFen: readonly number[];
  /** As the room itself reports it, not as the database believes. */
  readonly room: { readonly locked: boolean; readonly powered: boolean };
  /** Kinds of the work orders that are still open for the lease. */
  readonly workOrders: readonly string[];
};

export type BillFacts = {
  readonly key: string;
  readonly kind: string;
  readonly from: string;
  readonly until: string;
  readonly dueOn: string;
  readonly totalFen: number;
  readonly voided: boolean;
  readonly lines: readonly { readonly kind: string; readonly amountFen: number; readonly taxFen: number }[];
};

export type AllocationFacts = {
  readonly billKey: string;
  readonly paymentId: string | null;
  readonly amountFen: number;
  readonly effectiveOn: string;
  /** Epoch ms, business time. */
  readonly at: number;
};

export type PaymentFacts = {
  readonly id: string;
  readonly number: string;
  readonly amountFen: number;
  readonly paidOn: string;
  readonly applied: boolean;
};

export type TransactionFacts = {
  readonly key: string;
  readonly kind: string;
  /** Epoch ms, business time. */
  readonly at: number;
  readonly entries: readonly { readonly account: string; readonly amountFen: number }[];
};

/** Something that must not be. */
export type Violation = { readonly leaseId: string; readonly rule: string; readonly text: string };

export const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

export const settledBy = (allocations: readonly AllocationFacts[], billKey: string): number =>
  sum(allocations.filter((share) => share.billKey === billKey).map(({ amountFen }) => amountFen));

/** What is still open on a bill, from its allocations. A bill below zero became credit and is never open. */
export const openOf = ({ allocations }: Pick<LeaseFacts, 'allocations'>, bill: BillFacts): number =>
  bill.voided ? 0 : Math.max(0, bill.totalFen) - settledBy(allocations, bill.key);

/** When deposit and debts were set off, epoch ms; null before that. */
export const settledAt = ({ ledger }: Pick<LeaseFacts, 'ledger'>): number | null =>
  ledger.find(({ kind }) => kind === 'depositMove')?.at ?? null;
