import type { Client } from '@temporalio/client';
import type { Knex } from 'knex';
import type { Step } from '../contract/temporal/lease-activities';
import { REFUND_WORKFLOW, type RefundInput, refundWorkflowId } from '../contract/temporal/refund';
import { PRIORITY } from '../contract/temporal/start-policies';
import { loadLease } from '../db/leases';
import { withOperator } from '../db/tx';
import { shanghaiDate } from '../domain/calendar';
import { payments } from './records/payment';
import { settlement } from './records/settlement';
import { smallSteps } from './records/small-steps';
import type { LatePayment } from './relay';

/**
 * Money for a lease that has ended: it pays what is still open, the rest goes back by a workflow of its own, and finance is told. Never
 * silence. No lease workflow is left whose clock could be the business clock, so the payment's own time is.
 */
export const latePayments =
  (db: Knex, client: Client, taskQueue: string) =>
  async (payment: LatePayment): Promise<void> => {
    const { step, policy } = await stepOf(db, payment);
    await payments(db).applyPayment({ ...step, paymentId: payment.paymentId, policy });
    await smallSteps(db).openWorkOrder({
      ...step,
      key: `payment/${payment.paymentId}`,
      kind: 'payment',
      title: '租约已结束后收到付款,多余款项自动退回,请财务核对',
      roomId: null,
    });
    const { pay } = await settlement(db).refundCredit(step);
    if (!pay) return;
    const input: RefundInput = { ref: step.ref, refundId: pay.refundId, amountFen: pay.amountFen };
    await client.workflow.start(REFUND_WORKFLOW, {
      workflowId: refundWorkflowId(pay.refundId),
      workflowIdConflictPolicy: 'USE_EXISTING',
      taskQueue,
      args: [input],
      priority: { priorityKey: PRIORITY.release, fairnessKey: payment.operatorId },
    });
  };

async function stepOf(db: Knex, { operatorId, leaseId, paymentId }: LatePayment) {
  return withOperator(db, operatorId, async (tx) => {
    const [payment] = await tx.query<{ at: string }>('SELECT paid_at AS at FROM payment WHERE id = $1', [paymentId]);
    if (!payment) throw new Error(`payment ${paymentId} is not stored`);
    const { communityId, number, roomCode, policy } = await loadLease(tx, leaseId);
    const ref = { operatorId, communityId, leaseId, number, roomNo: roomCode };
    const step: Step = { ref, at: payment.at, today: shanghaiDate(Date.parse(payment.at)) };
    return { step, policy };
  });
}
