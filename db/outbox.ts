import type { Knex } from 'knex';
import type { Id, OperatorId } from '../domain/ids';
import type { Tx } from './tx';

export type OutboxId = Id<'outbox'>;

/** Something stored that a workflow has to hear of. `key` is unique per operator: the same news is queued once. */
export type OutboxMessage = { readonly key: string; readonly topic: string; readonly payload: object };

/** Queues a message in the transaction that stores what it is about. */
export async function enqueue(tx: Tx, message: OutboxMessage): Promise<void> {
  await tx.query(
    'INSERT INTO outbox (operator_id, key, topic, payload) VALUES ($1, $2, $3, $4) ON CONFLICT (operator_id, key) DO NOTHING',
    [tx.operatorId, message.key, message.topic, JSON.stringify(message.payload)],
  );
}

export type ClaimedMessage = {
  readonly operatorId: OperatorId;
  readonly id: OutboxId;
  readonly topic: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** This delivery's number, from 1. */
  readonly attempts: number;
};

/**
 * Takes due messages of all operators for `leaseSeconds`: other relays pass them over, and when this one dies they come up again by
 * themselves, so each is delivered at least once. `relay` is a pool of the relay role.
 */
export async function claimBatch(relay: Knex, limit: number, leaseSeconds = 30): Promise<readonly ClaimedMessage[]> {
  const { rows } = await relay.raw<{ rows: ClaimedMessage[] }>(
    `UPDATE outbox SET attempts = outbox.attempts + 1, next_attempt_at = now() + make_interval(secs => ?)
      FROM (SELECT operator_id, id FROM outbox WHERE delivered_at IS NULL AND next_attempt_at <= now()
        ORDER BY next_attempt_at, id LIMIT ? FOR UPDATE SKIP LOCKED) due
      WHERE outbox.operator_id = due.operator_id AND outbox.id = due.id
      RETURNING outbox.operator_id AS "operatorId", outbox.id, outbox.topic, outbox.payload, outbox.attempts`,
    [leaseSeconds, limit],
  );
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1)); // uuid v7: in the order they were queued
}

type MessageKey = Pick<ClaimedMessage, 'operatorId' | 'id'>;

const pairs = (messages: readonly MessageKey[]) => [messages.map((m) => m.operatorId), messages.map((m) => m.id)];

export async function markDelivered(relay: Knex, messages: readonly MessageKey[]): Promise<void> {
  if (messages.length === 0) return;
  await relay.raw(
    `UPDATE outbox SET delivered_at = now(), last_error = NULL FROM unnest(?::uuid[], ?::uuid[]) AS done(operator_id, id)
      WHERE outbox.operator_id = done.operator_id AND outbox.id = done.id`,
    pairs(messages),
  );
}

/** Puts messages back that could not be delivered: again after 1, 2, 4 .. 300 seconds. They are never given up. */
export async function markFailed(relay: Knex, messages: readonly MessageKey[], error: string): Promise<void> {
  if (messages.length === 0) return;
  await relay.raw(
    `UPDATE outbox SET last_error = left(?, 500),
        next_attempt_at = now() + make_interval(secs => least(300, power(2, least(attempts, 20) - 1)))
      FROM unnest(?::uuid[], ?::uuid[]) AS failed(operator_id, id)
      WHERE outbox.operator_id = failed.operator_id AND outbox.id = failed.id`,
    [error, ...pairs(messages)],
  );
}

/** Deletes up to `limit` messages delivered more than `days` ago, passing over what another process is deleting; answers how many. */
export async function purgeDelivered(relay: Knex, days: number, limit: number): Promise<number> {
  const { rowCount } = await relay.raw<{ rowCount: number }>(
    `DELETE FROM outbox WHERE (operator_id, id) IN (
      SELECT operator_id, id FROM outbox WHERE delivered_at < now() - make_interval(days => ?) LIMIT ? FOR UPDATE SKIP LOCKED)`,
    [days, limit],
  );
  return rowCount;
}
