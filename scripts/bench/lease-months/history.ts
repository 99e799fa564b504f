import type { Client } from '@temporalio/client';

/** Events of a workflow's whole life: its runs from the first one through every continue-as-new. */
export async function eventsOfLife(client: Client, workflowId: string, firstRunId: string): Promise<number> {
  let events = 0;
  for (let runId: string | null | undefined = firstRunId; runId; ) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    events += history.events?.length ?? 0;
    runId = history.events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
  }
  return events;
}
