import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { LEASE_WORKFLOW } from '../contract/temporal/lease';
import { operatorIdKey } from '../contract/temporal/search-attributes';
import { startLease } from '../contract/temporal/start-lease';
import type { LeaseId, OperatorId } from '../domain/ids';

const EVERY_MS = 30_000;
/** Longer than any outage of the worker that would keep the watch from looking. */
const LOOK_BACK_MS = 7 * 24 * 3_600_000;

/**
 * A lease whose workflow was terminated, failed or timed out has nobody who bills it, locks or opens its door. The watch starts it again from
 * the record. One that was cancelled stays as it is: a person wanted that, and has a work order about it.
 */
export async function runWatch(
  client: Client,
  taskQueue: string,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      for (const leaseId of await restartLost(client, taskQueue)) say(`lease ${leaseId} is run again from its record`);
    } catch (error) {
      say(`watch: ${String(error)}`);
    }
    await sleep(EVERY_MS, undefined, { signal }).catch(() => undefined); // told to stop
  }
}

/** Starts the leases that have lost their workflow; answers which. */
export async function restartLost(client: Client, taskQueue: string): Promise<LeaseId[]> {
  const since = new Date(Date.now() - LOOK_BACK_MS).toISOString();
  const query = `WorkflowType = '${LEASE_WORKFLOW}' AND TaskQueue = '${taskQueue}' AND CloseTime > '${since}'
    AND ExecutionStatus IN ('Terminated', 'Failed', 'TimedOut')`;
  const restarted: LeaseId[] = [];
  for await (const execution of client.workflow.list({ query })) {
    const operatorId = execution.typedSearchAttributes.get(operatorIdKey) as OperatorId | undefined;
    if (!operatorId || (await isLatest(client, execution)) === false) continue;
    const leaseId = execution.workflowId.slice('lease/'.length) as LeaseId;
    if ((await startLease(client, taskQueue, { operatorId, leaseId })) === 'running') restarted.push(leaseId);
  }
  return restarted;
}

/** Only the last run of a lease counts: an old terminated run behind a running one is history. */
async function isLatest(
  client: Client,
  { workflowId, runId }: { workflowId: string; runId: string },
): Promise<boolean> {
  return (await client.workflow.getHandle(workflowId).describe()).runId === runId;
}
