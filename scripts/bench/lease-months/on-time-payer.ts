import type { Client } from '@temporalio/client';
import type { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import { paymentReceived } from '../../../contract/temporal/lease';
import type { LeaseRecords } from '../../../contract/temporal/lease-activities';
import { leaseHandle } from '../../../contract/temporal/start-lease';
import { storePayment } from '../../../db/payments';
import { withOperator } from '../../../db/tx';
import { type OperatorId, parseId } from '../../../domain/ids';
import { sumFen } from '../../../domain/money';

type Parts = {
  readonly db: Knex;
  readonly client: Client;
  readonly delivered: (operatorId: OperatorId, key: string) => void;
};

/**
 * A tenant who pays each bill the moment it is issued, as the provider's callback and the relay would bring the money: stored in one
 * transaction with its outbox row, the lease told, the row marked. It happens before the billing step returns, because a lease that
 * travels through time would not wait for it afterwards.
 */
export function payingOnTime<Records extends Pick<LeaseRecords, 'issueBills'>>(
  records: Records,
  { db, client, delivered }: Parts,
): Records {
  return {
    ...records,
    async issueBills(input: Parameters<LeaseRecords['issueBills']>[0]) {
      const balance = await records.issueBills(input);
      const { operatorId, leaseId } = input.ref;
      const amountFen = sumFen(balance.open.map(({ openFen }) => openFen));
      if (amountFen === 0) return balance;
      // A billing step that is tried again must not pay again.
      const providerNumber = `${leaseId}/${input.billedUntil}`;
      const id = parseId<'payment'>(uuid());
      const payment = { id, leaseId, channel: 'simulator', providerNumber, amountFen, paidAt: input.at } as const;
      const { paymentId } = await withOperator(db, operatorId, (tx) => storePayment(tx, payment));
      await leaseHandle(client, leaseId).signal(paymentReceived, { paymentId });
      delivered(operatorId, `payment/${paymentId}`);
      return balance;
    },
  };
}

/** Marks outbox rows as delivered in batches, as the relay does. */
export function outboxMarker(relayDb: Knex) {
  const waiting: (readonly [OperatorId, string])[] = [];
  let failure: unknown;
  const flush = async (): Promise<void> => {
    const batch = waiting.splice(0);
    if (batch.length === 0) return;
    await relayDb.raw(
      `UPDATE outbox SET delivered_at = now(), attempts = attempts + 1
        FROM unnest(?::uuid[], ?::text[]) AS done(operator_id, key)
        WHERE outbox.operator_id = done.operator_id AND outbox.key = done.key`,
      [batch.map(([operatorId]) => operatorId), batch.map(([, key]) => key)],
    );
  };
  const timer = setInterval(() => {
    flush().catch((error: unknown) => {
      failure = error;
    });
  }, 50);
  return {
    delivered: (operatorId: OperatorId, key: string): void => void waiting.push([operatorId, key]),
    async close(): Promise<void> {
      clearInterval(timer);
      await flush();
      if (failure) throw failure;
    },
  };
}
