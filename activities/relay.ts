import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import type { Knex } from 'knex';
import { enforcementFactsChanged, paymentReceived } from '../contract/temporal/lease';
import { leaseHandle, startLease } from '../contract/temporal/start-lease';
import { type ClaimedMessage, claimBatch, markDelivered, markFailed } from '../db/outbox';
import type { LeaseId, OperatorId, PaymentId } from '../domain/ids';

export type RelayOptions = {
  readonly relayDb: Knex;
  readonly client: Client;
  readonly taskQueue: string;
  /** Money for a lease whose workflow has ended for good. */
  readonly takeLatePayment: (payment: LatePayment) => Promise<void>;
  readonly say: (line: string) => void;
};

export type LatePayment = { readonly operatorId: OperatorId; readonly leaseId: LeaseId; readonly paymentId: PaymentId };

const BATCH = 100;
/** What a person waits for between paying and the door: this, a signal and a command. Twenty short look-ups a second cost nothing. */
const IDLE_MS = 50;

/**
 * Carries what was stored to the workflows that have to hear of it: at least once, also when the process that stored it died right after.
 * Any number of relays may run. The promise ends soon after `signal` is aborted.
 */
export async function runRelay(options: RelayOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      if ((await relayOnce(options)) === 0) await pause(IDLE_MS, signal);
    } catch (error) {
      options.say(`relay: ${String(error)}`); // the database is away: what is stored stays stored
      await pause(1_000, signal);
    }
  }
}

/** One batch; answers how many messages it took. */
export async function relayOnce(options: RelayOptions): Promise<number> {
  const batch = await claimBatch(options.relayDb, BATCH);
  const outcomes = await Promise.all(batch.map((message) => attempt(options, message)));
  await markDelivered(
    options.relayDb,
    batch.filter((_, i) => outcomes[i] === null),
  );
  for (const [i, message] of batch.entries()) {
    const error = outcomes[i];
    if (error) await markFailed(options.relayDb, [message], error);
  }
  return batch.length;
}

/** Null when delivered, else what went wrong. */
async function attempt(options: RelayOptions, message: ClaimedMessage): Promise<string | null> {
  try {
    await deliver(options, message);
    return null;
  } catch (error) {
    return String(error);
  }
}

async function deliver(options: RelayOptions, { topic, payload, operatorId }: ClaimedMessage): Promise<void> {
  const { client, taskQueue } = options;
  const leaseId = payload.leaseId as LeaseId;
  const lease = { operatorId, leaseId };
  switch (topic) {
    case 'startLease':
      return void (await startLease(client, taskQueue, lease));
    case 'payment.stored':
      return deliverPayment(options, { ...lease, paymentId: payload.paymentId as PaymentId });
    case 'enforcementFactsChanged':
      return tellIfRunning(() =>
        leaseHandle(client, leaseId).signal(enforcementFactsChanged, { why: String(payload.why) }),
      );
    default:
      throw new Error(`no handler for outbox topic ${topic}`);
  }
}

/** A lease that runs is told; one that was terminated is started again and finds the payment in its record; one that has ended is not. */
async function deliverPayment(options: RelayOptions, payment: LatePayment): Promise<void> {
  const { client, taskQueue, takeLatePayment } = options;
  try {
    await leaseHandle(client, payment.leaseId).signal(paymentReceived, { paymentId: payment.paymentId });
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    if ((await startLease(client, taskQueue, payment)) === 'ended') await takeLatePayment(payment);
  }
}

async function tellIfRunning(tell: () => Promise<void>): Promise<void> {
  try {
    await tell();
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError || error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** Ends early, and quietly, when told to stop. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => undefined);
