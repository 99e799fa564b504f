import type { BillDraft, OpenBill } from '../../domain/bill';
import type { LocalDate } from '../../domain/calendar';
import type { Reminder } from '../../domain/dunning';
import type { EnforcementFacts, EnforcementState, EnforcementWhy } from '../../domain/enforcement';
import type {
  ChangeId,
  CommunityId,
  LeaseId,
  OperatorId,
  PaymentId,
  RefundId,
  RoomId,
  TenantId,
} from '../../domain/ids';
import type { LeaseStatus } from '../../domain/lease';
import type { LeaseChange } from '../../domain/lease-change';
import type { Fen } from '../../domain/money';
import type { LeasePolicy } from '../../domain/policy';
import type { LeaseTerms } from '../../domain/terms';
import type { Commanded } from './lease';
import type { Checkout, Damage, LeaseState } from './lease-state';

export type LeaseRef = {
  readonly operatorId: OperatorId;
  readonly communityId: CommunityId;
  readonly leaseId: LeaseId;
  /** Contract number and room, as people name them in notices and work orders. */
  readonly number: string;
  readonly roomNo: string;
};

/** Business time of a step, from the workflow's clock: `at` an ISO instant, `today` its day in Shanghai. */
export type Step = { readonly ref: LeaseRef; readonly at: string; readonly today: LocalDate };

/** What the lease owes and holds after a step, read in the step's own transaction. */
export type Balance = { readonly open: readonly OpenBill[]; readonly prepaymentFen: Fen };

/** A step that a person's command demands; its transaction notes who asked for it and what it changed. */
export type CommandStep = Commanded<Step & { readonly by: string }>;

/** With a command: the move is what was asked for. Without: it follows from something else. */
export type StatusMove = CommandStep & {
  readonly from: LeaseStatus;
  readonly to: LeaseStatus;
  readonly reason: string;
  /** Kept with the lease, so that a restart from the record knows it. */
  readonly checkout?: Checkout;
};

export type TermsChange = CommandStep & {
  readonly changeId: ChangeId;
  readonly kind: LeaseChange['kind'];
  readonly terms: LeaseTerms;
  readonly billedUntil: LocalDate | null;
  /** Terms, policy and days that a penalty for leaving early is computed from; null when none is due. */
  readonly leaving: { readonly terms: LeaseTerms; readonly policy: LeasePolicy; readonly noticedOn: LocalDate } | null;
  readonly note: string;
  /** Who lives there from `today` on, where the change says so. */
  readonly coTenantIds?: readonly TenantId[];
};

export type EnforcementRecord = Step & {
  readonly state: EnforcementState;
  readonly roomId: RoomId | null;
  readonly why: EnforcementWhy | 'checkout' | 'workflowCancelled' | 'roomChanged';
  readonly billKeys: readonly string[];
  /** Whether the door and the power were seen in the wanted state. */
  readonly confirmed: boolean;
  /** Who confirmed this lock-out, where the policy wants a person; otherwise the platform did it. */
  readonly by?: string | null;
};

export type WorkOrderRequest = Step & {
  /** Business key: the same order is opened once. */
  readonly key: string;
  readonly kind: 'enforcement' | 'refund' | 'inspection' | 'collection' | 'workflow' | 'payment';
  readonly title: string;
  readonly roomId: RoomId | null;
};

/** `pay` is null when there is nothing to send back. */
export type Payout = Balance & {
  readonly pay: { readonly refundId: RefundId; readonly amountFen: Fen } | null;
  readonly owedFen: Fen;
};

/** Short idempotent transactions on PostgreSQL, run as local activities. A refusal is an ApplicationFailure with a code of contract/errors. */
export type LeaseRecords = {
  /** The lease as the record has it, with payments that were stored and have not reached it. */
  loadLease(input: { operatorId: OperatorId; leaseId: LeaseId; now: number }): Promise<{
    readonly state: LeaseState;
    readonly payments: readonly PaymentId[];
  }>;
  issueBills(input: Step & { drafts: readonly BillDraft[]; billedUntil: LocalDate }): Promise<Balance>;
  applyPayment(input: Step & { paymentId: PaymentId; policy: LeasePolicy }): Promise<Balance>;
  moveLease(input: StatusMove): Promise<void>;
  /** Ends a lease that never began: voids its bills, frees the room, and opens a refund of what was paid. */
  unwindLease(input: StatusMove): Promise<Payout>;
  saveChange(input: TermsChange): Promise<Balance>;
  /** The day of a transfer has come: the lease is in that room now. Answers what people call it. */
  moveRoom(input: Step & { roomId: RoomId }): Promise<{ readonly roomNo: string }>;
  remind(input: Step & { reminders: readonly Reminder[] }): Promise<void>;
  noticeEnding(input: Step & { endsOn: LocalDate }): Promise<void>;
  gatherEnforcement(
    input: Step & { roomId: RoomId },
  ): Promise<Omit<EnforcementFacts, 'open' | 'state' | 'confirmedBy'>>;
  recordEnforcement(input: EnforcementRecord): Promise<void>;
  /** Puts a notice about these arrears in the tenant's inbox; served is what the evidence of a lock-out rests on. */
  serveArrearsNotice(input: Step & { billKeys: readonly string[] }): Promise<void>;
  recordExemption(input: CommandStep & { reason: string; until: LocalDate | null }): Promise<void>;
  recordPromise(input: CommandStep & { amountFen: Fen; until: LocalDate }): Promise<void>;
  recordHumanRelease(input: CommandStep & { reason: string; until: LocalDate | null }): Promise<void>;
  /** A person's yes to a lock-out, which may still have to wait for its hour. */
  recordConfirmation(input: CommandStep): Promise<void>;
  waiveLateFee(input: CommandStep & { billKey: string; reason: string }): Promise<Balance>;
  /** Last day of the inspection: so many working days after `today`, by the State Council's calendar and the operator's own days. */
  inspectionDeadline(input: Step & { workingDays: number }): Promise<LocalDate>;
  recordInspection(input: CommandStep & { damages: readonly Damage[]; checkout: Checkout }): Promise<void>;
  /** Last late fees, damages, deposit and credit against what is open; opens the refund of the rest. */
  settleLease(input: Step & { damages: readonly Damage[]; policy: LeasePolicy }): Promise<Payout>;
  finishRefund(input: Step & { refundId: RefundId; outcome: 'done' | 'failed'; why: string }): Promise<void>;
  /** Credit that came in after the account was closed goes back like the rest: one more refund, none when there is no credit. */
  refundCredit(input: Step): Promise<Payout>;
  recordHandOver(input: Step & { roomId: RoomId; confirmed: boolean }): Promise<void>;
  openWorkOrder(input: WorkOrderRequest): Promise<void>;
};

export type RoomCommand = Step & {
  readonly roomId: RoomId;
  readonly part: 'door' | 'power';
  readonly action: 'lock' | 'unlock' | 'cut' | 'restore';
  readonly commandId: string;
  readonly reason: string;
};

/** Steps that leave the house: devices, documents, money. Ordinary activities. */
export type LeaseServices = {
  commandRoom(input: RoomCommand): Promise<{ confirmed: boolean; why: string }>;
  sealContract(input: Step & { party: 'A' | 'B' }): Promise<{ documentId: string; sha256: string }>;
  payRefund(input: Step & { refundId: RefundId; amountFen: Fen }): Promise<{ outcome: 'done' | 'failed'; why: string }>;
};
