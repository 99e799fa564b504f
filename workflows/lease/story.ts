import { ApplicationFailure, upsertSearchAttributes } from '@temporalio/workflow';
import type { Commanded } from '../../contract/temporal/lease';
import type { Balance, LeaseRef, Step } from '../../contract/temporal/lease-activities';
import type { Checkout, LeaseState } from '../../contract/temporal/lease-state';
import { communityIdKey, dueOnKey, leaseStatusKey, roomNoKey } from '../../contract/temporal/search-attributes';
import { shanghaiDate } from '../../domain/calendar';
import { arrears } from '../../domain/enforcement';
import { canMove, type LeaseStatus } from '../../domain/lease';
import { records } from '../activity-profiles';

/** The lease that this workflow is about: its state, replaced whole at each change, and the business time of the step at hand. */
export type Story = { state: LeaseState };

/** Null until the record has been read. Messages are taken from the first moment on and carried out after that. */
export type Telling = { story: Story | null };

const refOf = ({ state }: Story): LeaseRef => ({
  operatorId: state.operatorId,
  communityId: state.communityId,
  leaseId: state.leaseId,
  number: state.number,
  roomNo: state.room.no,
});

/** The workflow's clock is the business clock: every row that a step writes carries this time. */
export function step(story: Story): Step {
  const now = Date.now();
  return { ref: refOf(story), at: new Date(now).toISOString(), today: shanghaiDate(now) };
}

export function change(story: Story, patch: Partial<LeaseState>): void {
  story.state = { ...story.state, ...patch };
}

export const setBalance = (story: Story, { open, prepaymentFen }: Balance): void =>
  change(story, { open, prepaymentFen });

/** Writes the new status down, as what `command` asked for if there is one, then tells ops. @throws ApplicationFailure IllegalTransition, which is a bug of ours when a task does it. */
export async function move(
  story: Story,
  to: LeaseStatus,
  by: string,
  reason: string,
  { checkout, ...command }: Commanded<{ readonly checkout?: Checkout }> = {},
): Promise<void> {
  const from = story.state.status;
  if (!canMove(from, to)) throw ApplicationFailure.nonRetryable(`${from} -> ${to}`, 'IllegalTransition');
  const patch = checkout ? { checkout } : {};
  await records.moveLease({ ...step(story), from, to, by, reason, ...patch, ...command });
  moved(story, to, patch);
}

/** The record has the new status already; the state and the search attributes follow. */
export function moved(story: Story, to: LeaseStatus, patch: Partial<LeaseState> = {}): void {
  change(story, { ...patch, status: to });
  upsertSearchAttributes([{ key: leaseStatusKey, value: to }]);
}

/** Where the lease is and how it stands: once when a run begins from the record, and when it has moved to another room. */
export function showPlace({ state }: Story): void {
  upsertSearchAttributes([
    { key: leaseStatusKey, value: state.status },
    { key: communityIdKey, value: state.communityId },
    { key: roomNoKey, value: state.room.no },
  ]);
}

/** Lets ops find leases in arrears by the day they fell due. Written when arrears begin and end, not with every bill. */
export function showArrears(story: Story): void {
  const { open, policy } = story.state;
  const [oldest] = arrears(open, policy.enforcement, Date.now())
    .bills.map(({ dueOn }) => dueOn)
    .sort();
  upsertSearchAttributes([{ key: dueOnKey, value: oldest ? new Date(`${oldest}T00:00:00+08:00`) : null }]);
}
