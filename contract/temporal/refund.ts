import type { RefundId } from '../../domain/ids';
import type { Fen } from '../../domain/money';
import type { LeaseRef } from './lease-activities';

export const REFUND_WORKFLOW = 'refundWorkflow';
export const refundWorkflowId = (id: RefundId): string => `refund/${id}`;

/** Money that goes back when the lease's own workflow is over: paid for a lease that had ended. */
export type RefundInput = { readonly ref: LeaseRef; readonly refundId: RefundId; readonly amountFen: Fen };
