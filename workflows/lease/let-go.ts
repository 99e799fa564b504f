import type { ApplicationFailure } from '@temporalio/workflow';
import { isFinal } from '../../domain/lease';
import { records } from '../activity-profiles';
import { release } from './enforce';
import { type Story, step } from './story';

/**
 * Somebody cancelled the workflow in the Temporal UI. Stated outcome: the record keeps its status and its bills, a tenant who was locked
 * out for arrears gets the room back (nobody watches over the lock-out any more), and a person is told that the lease is no longer
 * run. `npm run` of the worker starts it again from the record. A termination leaves no time for this: the worker's watch finds it.
 */
export async function letGo(story: Story): Promise<void> {
  if (isFinal(story.state.status) && !story.state.refund) return;
  if (story.state.status !== 'checkingOut' && story.state.enforcement !== 'none')
    await release(story, 'workflowCancelled');
  await records.openWorkOrder({
    ...step(story),
    key: `workflow/${story.state.leaseId}/${step(story).at}`,
    kind: 'workflow',
    title: '租约流程被取消,账单与门锁不再自动处理,请核实后恢复',
    roomId: null,
  });
}

/** A step that the record refuses, with nobody who waits for the answer: one work order a day, until a person has mended the cause. */
export async function reportStuck(story: Story | null, what: string, refusal: ApplicationFailure): Promise<void> {
  if (!story) throw refusal;
  const now = step(story);
  await records.openWorkOrder({
    ...now,
    key: `stuck/${story.state.leaseId}/${what}/${now.today}`,
    kind: 'workflow',
    title: `自动步骤未能完成(${what}):${refusal.type ?? refusal.message},请核实`,
    roomId: null,
  });
}
