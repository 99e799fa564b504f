import { isCancellation } from '@temporalio/workflow';
import type { Step } from '../../contract/temporal/lease-activities';
import type { PendingRefund } from '../../contract/temporal/lease-state';
import { refundOrderTitle } from '../../domain/refund-words';
import { records, refunds } from '../activity-profiles';

type Refund = Pick<PendingRefund, 'id' | 'amountFen'>;

/** Tries a refund once and writes down what became of it; a failure is a person's task. True when the money is back. */
export async function tryRefund(step: Step, refund: Refund): Promise<boolean> {
  const { outcome, why } = await send(step, refund);
  await records.finishRefund({ ...step, refundId: refund.id, outcome, why });
  if (outcome === 'done') return true;
  await records.openWorkOrder({
    ...step,
    key: `refund/${refund.id}`,
    kind: 'refund',
    title: refundOrderTitle(why),
    roomId: null,
  });
  return false;
}

async function send(step: Step, refund: Refund): Promise<{ outcome: 'done' | 'failed'; why: string }> {
  try {
    return await refunds.payRefund({ ...step, refundId: refund.id, amountFen: refund.amountFen });
  } catch (error) {
    if (isCancellation(error)) throw error;
    return { outcome: 'failed', why: '支付渠道一天内没有给出最终结果' };
  }
}
