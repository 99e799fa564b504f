import type { Knex } from 'knex';
import { purgeDelivered } from './outbox';

/** What is only kept for a while, and for how many days. Counters of attempts look back an hour at most, so a day is plenty for them. */
export const KEPT_DAYS = { idempotency_key: 7, outbox: 7, session: 1, otp: 1, rate_limit: 1 } as const;

export type Purgeable = keyof typeof KEPT_DAYS;

/**
 * Deletes up to `limit` rows that are older than their days; answers how many. `relay` is a pool of the relay role. Of several callers at
 * once one deletes and the others are answered 0: nobody waits for anybody's locks.
 */
export async function purgeOld(relay: Knex, what: Purgeable, limit: number): Promise<number> {
  if (what === 'outbox') return purgeDelivered(relay, KEPT_DAYS.outbox, limit);
  const { rows } = await relay.raw<{ rows: { gone: number }[] }>(
    `SELECT purge_${what}(make_interval(days => ?), ?) AS gone`,
    [KEPT_DAYS[what], limit],
  );
  return rows[0]?.gone ?? 0;
}
