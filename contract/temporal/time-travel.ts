import type { Client, WorkflowHandle } from '@temporalio/client';
import { temporal } from '@temporalio/proto';

/** Where a workflow stands in its own time. */
export type WorkflowClock = {
  /** Epoch ms of its clock; of its close when it is closed. */
  readonly now: number;
  readonly closed: boolean;
  /** Id of the last fast-forward, once its target has been reached. */
  readonly reached: string | null;
};

/** Above the server's default of a few hundred, which a decade of reminders would reach. */
const MOST_SKIPS = 100_000;

const STILL_ON_ITS_WAY = temporal.api.enums.v1.FastForwardPollingResult.FAST_FORWARD_POLLING_RESULT_POLL_TIMEOUT;

type ServerTime = { seconds?: unknown; nanos?: number | null } | null | undefined;

const millis = (time: ServerTime): number | null =>
  time?.seconds == null ? null : Number(time.seconds) * 1000 + Math.floor((time.nanos ?? 0) / 1e6);

export async function readClock(handle: WorkflowHandle): Promise<WorkflowClock> {
  const { raw, status, closeTime } = await handle.describe();
  const info = raw.workflowExtendedInfo?.timeSkippingInfo;
  const closed = status.name !== 'RUNNING';
  const now = (closed ? closeTime?.getTime() : undefined) ?? millis(info?.currentTime) ?? Date.now();
  return { now, closed, reached: completed(info?.fastForwardInfo) ?? stopped(info?.effectiveConfig) };
}

type Info = NonNullable<
  NonNullable<Awaited<ReturnType<WorkflowHandle['describe']>>['raw']['workflowExtendedInfo']>['timeSkippingInfo']
>;

const completed = (forward: Info['fastForwardInfo']): string | null =>
  forward?.hasCompleted ? (forward.fastForwardId ?? null) : null;

/** A workflow that waits when it arrives loses its forward's info; then the config that stopped skipping still names it. */
const stopped = (config: Info['effectiveConfig']): string | null =>
  config && !config.enabled ? (config.fastForwardConfig?.id ?? null) : null;

/**
 * Lets a workflow's timers fire at once, each at its own virtual time, for `ms` from where its clock stands; without `ms`, until it ends.
 * Returns at once. The server must allow time skipping (deploy/temporal-server). @param id comes back in {@link readClock}.
 */
export async function skipTime(
  client: Client,
  workflowId: string,
  forward: { readonly id: string; readonly ms: number } | 'toTheEnd',
): Promise<void> {
  const fastForwardConfig = forward === 'toTheEnd' ? {} : { fastForwardConfig: fastForward(forward) };
  const request = {
    namespace: client.options.namespace,
    workflowExecution: { workflowId },
    workflowExecutionOptions: {
      timeSkippingConfig: { enabled: true, maxSessionSkipCount: MOST_SKIPS, ...fastForwardConfig },
    },
    updateMask: { paths: ['time_skipping_config'] },
  };
  const { workflowService } = client.connection;
  // The generated type asks for protobuf's Long and class instances where plain values do as well.
  await workflowService.updateWorkflowExecutionOptions(
    request as unknown as Parameters<typeof workflowService.updateWorkflowExecutionOptions>[0],
  );
}

/**
 * Waits on the server (no polling) until a fast-forward has reached its target, or the workflow has ended before it.
 * @throws a gRPC error with DEADLINE_EXCEEDED when neither happens in `patienceMs`
 */
export async function untilArrived(
  client: Client,
  workflowId: string,
  { id, patienceMs }: { readonly id: string; readonly patienceMs: number },
): Promise<void> {
  const { namespace } = client.options;
  const deadline = Date.now() + patienceMs;
  const request = { namespace, workflowExecution: { workflowId }, fastForwardId: id };
  const ask = () => client.connection.workflowService.pollWorkflowExecutionTimeSkipping(request);
  let result: number | null | undefined;
  do {
    result = (await client.withDeadline(deadline, ask)).fastForwardPollingResult;
  } while (result === STILL_ON_ITS_WAY);
}

const fastForward = ({ id, ms }: { readonly id: string; readonly ms: number }) => ({
  id,
  duration: { seconds: Math.floor(ms / 1000), nanos: (ms % 1000) * 1e6 },
});
