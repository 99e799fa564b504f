import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import { KEPT_DAYS, type Purgeable, purgeOld } from '../db/purge';

const EVERY_MS = 600_000;
/** Few enough to be gone in some milliseconds, so that a request never waits long for a row that is being deleted. */
const BATCH = 1_000;
/** A backlog of years is worked off over several rounds, not at once. */
const BATCHES_AT_MOST = 200;

/** Throws away what is only kept for a while (db/purge.ts), now and every ten minutes. Any number of workers may do it. */
export async function runSweep(relayDb: Knex, say: (line: string) => void, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const gone = Object.entries(await sweepOnce(relayDb, signal)).filter(([, rows]) => rows > 0);
      if (gone.length > 0) say(`swept ${gone.map(([what, rows]) => `${rows} ${what}`).join(', ')}`);
    } catch (error) {
      say(`sweep: ${String(error)}`);
    }
    await sleep(EVERY_MS, undefined, { signal }).catch(() => undefined); // told to stop
  }
}

/** One round over all that can be thrown away; answers how many rows went. */
export async function sweepOnce(relayDb: Knex, signal?: AbortSignal): Promise<Record<Purgeable, number>> {
  const gone: Record<Purgeable, number> = { idempotency_key: 0, outbox: 0, session: 0, otp: 0, rate_limit: 0 };
  for (const what of Object.keys(KEPT_DAYS) as Purgeable[]) {
    for (let batch = 0; batch < BATCHES_AT_MOST && !signal?.aborted; batch += 1) {
      const rows = await purgeOld(relayDb, what, BATCH);
      gone[what] += rows;
      if (rows < BATCH) break;
    }
  }
  return gone;
}
