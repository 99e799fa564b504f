import { condition, proxyLocalActivities, setHandler, sleep, workflowInfo } from '@temporalio/workflow';
import { type BareMonths, bareMonthPaid } from '../contract/temporal/bare';

const { bill, settle } = proxyLocalActivities<BareMonths>({ startToCloseTimeout: '10 seconds' });

/** One timer, one signal and two no-op local activities a month: the least that a workflow per lease could cost. */
export async function bareMonthsWorkflow({ months }: { readonly months: number }): Promise<number> {
  let paid = 0;
  setHandler(bareMonthPaid, () => {
    paid += 1;
  });
  const { workflowId } = workflowInfo();
  for (let month = 1; month <= months; month += 1) {
    await sleep('30 days');
    await bill({ workflowId, month });
    await condition(() => paid >= month);
    await settle({ month });
  }
  return paid;
}
