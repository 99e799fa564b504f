import { ApplicationFailure, condition, setHandler } from '@temporalio/workflow';
import { approveLease, evictLease, recordInspection } from '../contract/temporal/lease';
import type { LeaseState } from '../contract/temporal/lease-state';

/** Stands in for a lease where only the way to it is under test: approval is counted, eviction refused, inspection ends it. */
export async function leaseWorkflow(): Promise<void> {
  let approvals = 0;
  let over = false;
  const state = () =>
    ({
      status: over ? 'closed' : 'effective',
      enforcement: 'none',
      billedUntil: String(approvals),
    }) as unknown as LeaseState;
  setHandler(approveLease, () => {
    approvals += 1;
    return state();
  });
  setHandler(evictLease, state, {
    validator: (_input) => {
      throw ApplicationFailure.nonRetryable('not while the lease is signed', 'IllegalTransition');
    },
  });
  setHandler(recordInspection, () => {
    over = true;
    return state();
  });
  await condition(() => over, '60 days');
}
