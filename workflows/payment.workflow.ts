import { continueAsNew, sleep, workflowInfo } from '@temporalio/workflow';
import type { PaymentInput } from '../contract/temporal/payment';
import { isOrderOver } from '../domain/cashier-order';
import { providers } from './activity-profiles';

const MINUTE = 60_000;
/** Pauses between questions, the last one for ever: payers pay within minutes, and what is unknown after that takes hours to clear up. */
const PAUSES_MS = [1, 2, 4, 8, 15, 30, 60].map((minutes) => minutes * MINUTE);

/** Asks about one order until it is paid, closed or expired, sooner when it is about to expire. */
export async function paymentWorkflow({ operatorId, orderId, asked = 0 }: PaymentInput): Promise<void> {
  for (let n = asked; ; n += 1) {
    const { status, expiresAt } = await providers.askOrder({
      ...{ operatorId, orderId },
      at: new Date(Date.now()).toISOString(),
    });
    if (isOrderOver(status) || expiresAt === null) return;
    const pause = PAUSES_MS[Math.min(n, PAUSES_MS.length - 1)] ?? MINUTE;
    const untilOver = Date.parse(expiresAt) + MINUTE - Date.now();
    await sleep(untilOver > 0 ? Math.min(pause, untilOver) : pause, {
      summary: `until the provider is asked again (${status})`,
    });
    if (workflowInfo().continueAsNewSuggested)
      await continueAsNew<typeof paymentWorkflow>({ operatorId, orderId, asked: n + 1 });
  }
}
