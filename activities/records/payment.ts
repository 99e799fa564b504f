import type { Knex } from 'knex';
import type { LeaseRecords } from '../../contract/temporal/lease-activities';
import { applyPayment, type PaymentFacts } from '../../db/payments';
import { totalOf } from '../../domain/adjustment';
import { type Fen, fen, sumFen } from '../../domain/money';
import { decidePayment, type PaymentDecision } from '../../domain/payment-decision';
import { issuedEvent } from './billing';
import { inLease } from './in-lease';
import { tenantNotice } from './notice';

/** Money that was stored reaches the lease. A payment that was applied before changes nothing. */
export function payments(db: Knex): Pick<LeaseRecords, 'applyPayment'> {
  return {
    applyPayment: ({ ref, at, today, paymentId, policy }) =>
      inLease(db, ref, (tx) =>
        applyPayment(tx, {
          leaseId: ref.leaseId,
          communityId: ref.communityId,
          paymentId,
          at,
          decide: ({ payment, open }: PaymentFacts) => {
            const decision = decidePayment(payment.amountFen, open, policy, {
              paidOn: payment.paidOn,
              today,
              cause: paymentId,
            });
            const { lateFees, allocations, leftoverFen } = decision;
            const { amountFen, channel, paidOn } = payment;
            const data = { paymentId, amountFen, channel, paidOn, allocations, leftoverFen };
            return {
              ...decision,
              events: [...lateFees.map(issuedEvent), { key: `payment/${paymentId}`, kind: 'paymentReceived', data }],
              notices: [
                tenantNotice(`payment/${paymentId}`, 'paymentReceived', {
                  room: ref.roomNo,
                  amount: amountFen,
                  paidOn,
                  open: stillOpen(open, decision),
                }),
              ],
            };
          },
        }),
      ),
  };
}

const stillOpen = (open: PaymentFacts['open'], { lateFees, allocations }: PaymentDecision): Fen => {
  const owed = sumFen([...open.map(({ openFen }) => openFen), ...lateFees.map(totalOf).filter((total) => total > 0)]);
  return fen(owed - sumFen(allocations.map(({ amountFen }) => amountFen)));
};
