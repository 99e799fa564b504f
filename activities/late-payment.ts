import type { Knex } from 'knex';
import { loadLease } from '../db/leases';
import { withOperator } from '../db/tx';
import { openWorkOrder } from '../db/work-orders';
import { shanghaiDate } from '../domain/calendar';
import { payments } from './records/payment';
import type { LatePayment } from './relay';

/**
 * Money for a lease that has ended: it pays what is still open, the rest is the tenant's credit, and finance is told. Never silence. No workflow
 * is left whose clock could be the business clock, so the payment's own time is.
 */
export const latePayments =
  (db: Knex) =>
  async ({ operatorId, leaseId, paymentId }: LatePayment): Promise<void> => {
    const { lease, at } = await withOperator(db, operatorId, async (tx) => {
      const [payment] = await tx.query<{ at: string }>('SELECT paid_at AS at FROM payment WHERE id = $1', [paymentId]);
      return { lease: await loadLease(tx, leaseId), at: payment?.at ?? new Date().toISOString() };
    });
    const { communityId, number, roomCode, policy } = lease;
    const ref = { operatorId, communityId, leaseId, number, roomNo: roomCode };
    await payments(db).applyPayment({ ref, at, today: shanghaiDate(Date.parse(at)), paymentId, policy });
    await withOperator(db, operatorId, (tx) =>
      openWorkOrder(tx, {
        key: `payment/${paymentId}`,
        kind: 'payment',
        at,
        communityId,
        leaseId,
        roomId: null,
        title: `${roomCode}(${number}):租约已结束后收到付款,请财务核对并退款`,
      }),
    );
  };
