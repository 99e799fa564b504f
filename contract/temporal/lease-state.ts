import type { OpenBill } from '../../domain/bill';
import type { LocalDate } from '../../domain/calendar';
import type { EnforcementState } from '../../domain/enforcement';
import type { CommunityId, LeaseId, OperatorId, RefundId, RoomId } from '../../domain/ids';
import type { EndReason, LeaseStatus } from '../../domain/lease';
import type { Fen } from '../../domain/money';
import type { LeasePolicy } from '../../domain/policy';
import type { LeaseTerms } from '../../domain/terms';

/** Money taken for damage found at the inspection, with what proves it. */
export type Damage = { readonly text: string; readonly amountFen: Fen; readonly evidence: readonly string[] };

export type Checkout = {
  readonly reason: EndReason;
  /** Last day in the room; locked at the policy's hour. */
  readonly moveOutOn: LocalDate;
  readonly lockedAt: string | null;
  /** Last day for the inspection; afterwards the lease settles without deductions. */
  readonly inspectBy: LocalDate | null;
  readonly inspected: { readonly by: string; readonly at: string; readonly damages: readonly Damage[] } | null;
};

/** Money that still has to go back to the tenant; `tryAt` (epoch ms) is its next attempt. */
export type PendingRefund = { readonly id: RefundId; readonly amountFen: Fen; readonly tryAt: number };

/**
 * What a lease's workflow remembers: small, plain, no personal data. Everything in it can be read back from PostgreSQL, so a
 * workflow that was terminated is started again from the record (`loadLease`).
 */
export type LeaseState = {
  readonly operatorId: OperatorId;
  readonly communityId: CommunityId;
  readonly leaseId: LeaseId;
  /** The contract's number. */
  readonly number: string;
  /** The room that the lease lives in, by what people call it, since the day it moved there. */
  readonly room: { readonly id: RoomId; readonly no: string; readonly since: LocalDate };
  readonly status: LeaseStatus;
  readonly terms: LeaseTerms;
  readonly policy: LeasePolicy;
  /** Epoch milliseconds of party B's signature. */
  readonly signedAt: number;
  /** Exclusive end of the days that have been billed; null before the first bill. */
  readonly billedUntil: LocalDate | null;
  readonly open: readonly OpenBill[];
  readonly prepaymentFen: Fen;
  /** Reminders up to this instant (epoch ms) have been sent. */
  readonly remindedThrough: number;
  readonly enforcement: EnforcementState;
  /** Room whose door and power are off; null when none. It can differ from today's room after a transfer. */
  readonly enforcedRoomId: RoomId | null;
  /** Bills that fell overdue up to this instant (epoch ms) have been looked at. */
  readonly enforcementCheckedThrough: number;
  /** Enforcement waits for this instant (end of quiet hours, of a promise, of an exemption); null when nothing is waited for. */
  readonly enforcementWaitUntil: number | null;
  readonly confirmedBy: string | null;
  /** Door and power were given to the tenant when the tenancy began. */
  readonly handedOver: boolean;
  readonly endingNoticed: boolean;
  readonly checkout: Checkout | null;
  readonly refund: PendingRefund | null;
};

/** A start by id alone loads the record; a continue-as-new carries the state over. */
export type LeaseWorkflowInput = {
  readonly operatorId: OperatorId;
  readonly leaseId: LeaseId;
  readonly resume?: LeaseState;
  /** Epoch ms at which the run before gave up its own state for the record's, which said otherwise. */
  readonly reloadedAt?: number;
};

export type LeaseOutcome = { readonly leaseId: LeaseId; readonly status: LeaseStatus };

/** What `getLease` answers: the state and what it waits for. */
export type LeaseView = {
  readonly state: LeaseState;
  /** Next thing on the lease's agenda. */
  readonly next: { readonly task: string; readonly at: string } | null;
};
