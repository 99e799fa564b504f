/**
 * Where a lease can go from where it is (租约状态). Enforcement is not here: a lock-out is a state of the room, not of the contract.
 * Amendment, transfer and suspension keep the status: they are stretches of the terms.
 */
export const LEASE_TRANSITIONS = {
  /** Party B has signed; the first bill is being made. */
  signed: ['awaitingFirstPayment', 'cancelled'],
  awaitingFirstPayment: ['awaitingApproval', 'expired', 'cancelled'],
  awaitingApproval: ['awaitingSeal', 'rejected', 'cancelled'],
  /** Approved by the community manager; party A's seal is being put on the contract. */
  awaitingSeal: ['effective', 'cancelled'],
  effective: ['ending', 'checkingOut', 'cancelled'],
  /** The tenant or the calendar has announced the end; a renewal leads back. */
  ending: ['effective', 'checkingOut'],
  /** Room locked at the hour, inspection and settlement run. */
  checkingOut: ['closed'],
  closed: [],
  expired: [],
  rejected: [],
  cancelled: [],
} as const satisfies Record<string, readonly string[]>;

export type LeaseStatus = keyof typeof LEASE_TRANSITIONS;

export const LEASE_STATUSES = Object.keys(LEASE_TRANSITIONS) as LeaseStatus[];

export const canMove = (from: LeaseStatus, to: LeaseStatus): boolean =>
  (LEASE_TRANSITIONS[from] as readonly string[]).includes(to);

/** No way leads out: the lease's workflow has ended or is about to. */
export const isFinal = (status: LeaseStatus): boolean => LEASE_TRANSITIONS[status].length === 0;

/** Why a lease leaves `effective` for `checkingOut`. */
export type EndReason = 'expiry' | 'earlyByTenant' | 'earlyByOperator' | 'eviction';
