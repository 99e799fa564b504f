import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { LocalDate } from '../../domain/calendar';
import type { LeaseChange } from '../../domain/change';
import type { ChangeId, LeaseId, PaymentId } from '../../domain/ids';
import type { Fen } from '../../domain/money';
import type { Damage, LeaseState, LeaseView } from './lease-state';

export const LEASE_WORKFLOW = 'leaseWorkflow';
export const leaseWorkflowId = (id: LeaseId): string => `lease/${id}`;

/** Who asks, as audit rows name them: `staff:<id>`, `tenant:<id>`, `system`. */
type By = { readonly by: string };

export type RejectLease = By & { readonly reason: string };
export type CancelLease = By & { readonly reason: string };
export type ConfirmChange = By & { readonly changeId: ChangeId; readonly change: LeaseChange };
export type RequestTermination = By & {
  readonly changeId: ChangeId;
  readonly endsOn: LocalDate;
  readonly reason: string;
};
export type RequestCheckout = By & { readonly moveOutOn: LocalDate };
export type RecordInspection = By & { readonly damages: readonly Damage[] };
export type EvictLease = By & { readonly changeId: ChangeId; readonly moveOutOn: LocalDate; readonly reason: string };
export type ReleaseEnforcement = By & { readonly reason: string; readonly until: LocalDate | null };
export type GrantExemption = By & { readonly reason: string; readonly until: LocalDate | null };
export type PromiseInstalment = By & { readonly amountFen: Fen; readonly until: LocalDate };
export type WaiveLateFee = By & { readonly billKey: string; readonly reason: string };

/** An update as its activities know it: its name, and the id that it keeps however often it is sent or carried out. */
type Command = { readonly name: string; readonly id: string };
/** What an update asks for, with the update itself. Steps of workers before 2026-11-25 name none. */
export type Commanded<Input> = Input & { readonly command?: Command };

/** Money for this lease has been stored; the ledger has not seen it yet. */
export const paymentReceived = defineSignal<[{ readonly paymentId: PaymentId }]>('paymentReceived');
/** Something that enforcement depends on changed outside (fire alarm, exemption list): look again. */
export const enforcementFactsChanged = defineSignal<[{ readonly why: string }]>('enforcementFactsChanged');

export const approveLease = defineUpdate<LeaseState, [By]>('approveLease');
export const rejectLease = defineUpdate<LeaseState, [RejectLease]>('rejectLease');
export const cancelLease = defineUpdate<LeaseState, [CancelLease]>('cancelLease');
export const confirmChange = defineUpdate<LeaseState, [ConfirmChange]>('confirmChange');
export const requestTermination = defineUpdate<LeaseState, [RequestTermination]>('requestTermination');
export const requestCheckout = defineUpdate<LeaseState, [RequestCheckout]>('requestCheckout');
export const recordInspection = defineUpdate<LeaseState, [RecordInspection]>('recordInspection');
export const evictLease = defineUpdate<LeaseState, [EvictLease]>('evictLease');
export const confirmEnforcement = defineUpdate<LeaseState, [By]>('confirmEnforcement');
export const releaseEnforcement = defineUpdate<LeaseState, [ReleaseEnforcement]>('releaseEnforcement');
export const grantExemption = defineUpdate<LeaseState, [GrantExemption]>('grantExemption');
export const promiseInstalment = defineUpdate<LeaseState, [PromiseInstalment]>('promiseInstalment');
export const waiveLateFee = defineUpdate<LeaseState, [WaiveLateFee]>('waiveLateFee');

/** Null in the first moments, before the record has been read. */
export const getLease = defineQuery<LeaseView | null>('getLease');
