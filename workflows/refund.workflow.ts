import { sleep } from '@temporalio/workflow';
import type { RefundInput } from '../contract/temporal/refund';
import { addDays, shanghaiDate, shanghaiInstant } from '../domain/calendar';
import { tryRefund } from './lease/refund-attempt';

/** The hour of the morning, in Shanghai, at which a failed refund is tried again. */
const RETRY_HOUR = 10;

/** One refund until it is done: by the provider, or by finance, who says so by closing its work order. */
export async function refundWorkflow({ ref, refundId, amountFen }: RefundInput): Promise<void> {
  for (;;) {
    const now = Date.now();
    const step = { ref, at: new Date(now).toISOString(), today: shanghaiDate(now) };
    if (await tryRefund(step, { id: refundId, amountFen })) return;
    const morning = shanghaiInstant(addDays(shanghaiDate(Date.now()), 1), RETRY_HOUR);
    await sleep(morning - Date.now(), { summary: 'until the refund is tried again' });
  }
}
