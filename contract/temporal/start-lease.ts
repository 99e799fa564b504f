import { type Client, WorkflowExecutionAlreadyStartedError, type WorkflowHandle } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import type { LeaseId, OperatorId } from '../../domain/ids';
import { LEASE_WORKFLOW, leaseWorkflowId } from './lease';
import type { LeaseWorkflowInput } from './lease-state';
import { operatorIdKey } from './search-attributes';
import { PRIORITY, START_POLICIES } from './start-policies';

export const leaseHandle = (client: Client, leaseId: LeaseId): WorkflowHandle =>
  client.workflow.getHandle(leaseWorkflowId(leaseId));

/**
 * Starts a lease's workflow from the record. `running`: it runs now, whether it did before or not. `ended`: its life is over, nothing was
 * started. The operator is the fairness key, so that one operator's month-end never starves another.
 */
export async function startLease(
  client: Client,
  taskQueue: string,
  { operatorId, leaseId }: { readonly operatorId: OperatorId; readonly leaseId: LeaseId },
): Promise<'running' | 'ended'> {
  const input: LeaseWorkflowInput = { operatorId, leaseId };
  try {
    await client.workflow.start(LEASE_WORKFLOW, {
      ...START_POLICIES.lease,
      workflowId: leaseWorkflowId(leaseId),
      taskQueue,
      args: [input],
      typedSearchAttributes: new TypedSearchAttributes([{ key: operatorIdKey, value: operatorId }]),
      priority: { priorityKey: PRIORITY.bills, fairnessKey: operatorId },
      staticSummary: 'a lease, from signature to settlement',
    });
    return 'running';
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return 'ended';
    throw error;
  }
}
