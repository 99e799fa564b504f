import { canMove } from '../../../../domain/lease';
import { textOf } from '../../components/verb-form/values';
import type { Verb } from '../../components/verb-form/verb';
import type { Lease } from '../../data/contract';
import { REASON } from './fields';

const awaits = (lease: Lease): boolean => lease.status === 'awaitingApproval';

/** Before the first day only: a lease that has begun is terminated, not cancelled. */
const cancellable = (lease: Lease): boolean => canMove(lease.status, 'cancelled') && lease.status !== 'effective';

export const approve: Verb = {
  name: 'approve',
  permission: 'lease.approve',
  offered: awaits,
  fields: [],
  run: ({ data, lease, key }) => data.approveLease({ id: lease.id, key }),
};

export const reject: Verb = {
  name: 'reject',
  permission: 'lease.approve',
  offered: awaits,
  fields: [REASON],
  danger: true,
  run: ({ data, lease, key, values }) => data.rejectLease({ id: lease.id, key, reason: textOf(values, 'reason') }),
};

export const cancel: Verb = {
  name: 'cancel',
  permission: 'lease.end',
  offered: cancellable,
  fields: [REASON],
  danger: true,
  run: ({ data, lease, key, values }) => data.cancelLease({ id: lease.id, key, reason: textOf(values, 'reason') }),
};
