import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Knex } from 'knex';
import { startPaymentWatch } from '../contract/temporal/payment';
import { claimSilentOrders } from '../db/orders';

const EVERY_MS = 15_000;
/** Long enough for a payer and the notice that follows, so that a payment that goes well starts no workflow. */
const SILENT_SECONDS = 120;
/** A watch that was terminated is started again after this long; one that runs is left alone. */
const AGAIN_SECONDS = 1_800;
/** Workflows a round at most: after an outage of a provider its orders are taken up over minutes, not in one burst. */
const BATCH = 200;

type Sweep = { readonly relayDb: Knex; readonly client: Client; readonly taskQueue: string };

/** Sets a watch over each order that has had no word for two minutes, now and every quarter of a minute. Any number of workers may do it. */
export async function runPaymentSweep(sweep: Sweep, say: (line: string) => void, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const found = await watchSilentOrders(sweep);
      if (found > 0) say(`asks payment providers about ${found} orders`);
    } catch (error) {
      say(`payment sweep: ${String(error)}`);
    }
    await sleep(EVERY_MS, undefined, { signal }).catch(() => undefined); // told to stop
  }
}

/** One round; answers how many orders were found. What could not be started comes up again. */
export async function watchSilentOrders({ relayDb, client, taskQueue }: Sweep): Promise<number> {
  const limits = { silentSeconds: SILENT_SECONDS, againSeconds: AGAIN_SECONDS, limit: BATCH };
  const orders = await claimSilentOrders(relayDb, limits);
  for (const order of orders) await startPaymentWatch(client, taskQueue, order);
  return orders.length;
}
