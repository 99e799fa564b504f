import {
  type Client,
  isGrpcServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure, type UpdateDefinition } from '@temporalio/common';
import { isProblemCode } from '../contract/errors';
import type { LeaseState } from '../contract/temporal/lease-state';
import { leaseHandle, startLease } from '../contract/temporal/start-lease';
import type { LeaseId, OperatorId } from '../domain/ids';
import { Refusal } from './refusal';

export type LeaseAddress = { readonly operatorId: OperatorId; readonly leaseId: LeaseId };

/** Asks a lease's workflow to do something and waits for its answer. */
export type LeaseCommands = {
  /** Starts the lease's workflow from the record; a lease that runs already is left alone. */
  start(address: LeaseAddress): Promise<void>;
  /**
   * @param updateId the same id is carried out once, however often it is sent.
   * @throws Refusal with the workflow's own code, or WorkflowUnavailable when nobody answered in time.
   */
  ask<Input>(
    address: LeaseAddress,
    request: {
      readonly update: UpdateDefinition<LeaseState, [Input]>;
      readonly input: Input;
      readonly updateId: string;
    },
  ): Promise<LeaseState>;
};

/** A person waits in front of a screen; the update itself goes on when the worker comes back, and a retry finds its result. */
const ANSWER_MS = 10_000;

/** What became of a call to Temporal, in the words of the problem table. */
export function refusalOf(error: unknown): unknown {
  if (error instanceof WorkflowUpdateFailedError) {
    const { cause } = error;
    const code = cause instanceof ApplicationFailure ? (cause.type ?? '') : '';
    return isProblemCode(code) ? new Refusal(code, { detail: cause?.message ?? '' }) : error;
  }
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isGrpcServiceError(error)) {
    return new Refusal('WorkflowUnavailable', { retryAfter: 5 });
  }
  return error;
}

export function createLeaseCommands(client: Client, taskQueue: string): LeaseCommands {
  const within = <T>(work: () => Promise<T>): Promise<T> => client.withDeadline(Date.now() + ANSWER_MS, work);

  /** @throws Refusal LeaseClosed */
  async function start(address: LeaseAddress): Promise<void> {
    if ((await startLease(client, taskQueue, address)) === 'ended') throw new Refusal('LeaseClosed');
  }

  return {
    start: (address) =>
      within(() => start(address)).catch((error) => {
        throw refusalOf(error);
      }),
    async ask(address, { update, input, updateId }) {
      const handle = leaseHandle(client, address.leaseId);
      const send = () => handle.executeUpdate(update, { args: [input], updateId });
      try {
        return await within(() =>
          send().catch(async (error) => {
            if (!(error instanceof WorkflowNotFoundError)) throw error;
            // Its start is still in the outbox, or ops terminated it: it comes back from the record.
            await start(address);
            return send();
          }),
        );
      } catch (error) {
        throw refusalOf(error);
      }
    },
  };
}
