import { describe, expect, test } from '@jest/globals';
import { canMove, isFinal, LEASE_STATUSES, LEASE_TRANSITIONS, type LeaseStatus } from './lease';

const targets = (status: LeaseStatus): readonly LeaseStatus[] => LEASE_TRANSITIONS[status];

function reachableFrom(start: LeaseStatus): Set<LeaseStatus> {
  const seen = new Set<LeaseStatus>([start]);
  for (const status of seen) for (const next of targets(status)) seen.add(next);
  return seen;
}

describe('the states of a lease', () => {
  test.each(LEASE_STATUSES)('%s leads only to states that exist, never to itself, and to none twice', (status) => {
    const next = targets(status);
    for (const target of next) expect(LEASE_STATUSES).toContain(target);
    expect(next).not.toContain(status);
    expect(new Set(next).size).toBe(next.length);
  });

  test('every state is reached from signing', () => {
    expect([...reachableFrom('signed')].sort()).toEqual([...LEASE_STATUSES].sort());
  });

  test.each(LEASE_STATUSES)('from %s a lease can still come to an end', (status) => {
    expect([...reachableFrom(status)].some(isFinal)).toBe(true);
  });

  test('exactly the ended leases have no way out', () => {
    const final = LEASE_STATUSES.filter(isFinal);
    expect(final).toEqual(['closed', 'expired', 'rejected', 'cancelled']);
  });

  test('a tenant who lives in the room leaves through checkout; only what never took effect expires or is rejected', () => {
    for (const status of ['effective', 'ending'] as const) expect(canMove(status, 'checkingOut')).toBe(true);
    expect(LEASE_STATUSES.filter((status) => canMove(status, 'closed'))).toEqual(['checkingOut']);
    expect(LEASE_STATUSES.filter((status) => canMove(status, 'expired'))).toEqual(['awaitingFirstPayment']);
    expect(LEASE_STATUSES.filter((status) => canMove(status, 'rejected'))).toEqual(['awaitingApproval']);
  });

  test('a lease takes effect only after payment, approval and seal; a renewal leads back from its end', () => {
    expect(LEASE_STATUSES.filter((status) => canMove(status, 'effective'))).toEqual(['awaitingSeal', 'ending']);
    expect(LEASE_STATUSES.filter((status) => canMove(status, 'awaitingSeal'))).toEqual(['awaitingApproval']);
    expect(LEASE_STATUSES.filter((status) => canMove(status, 'awaitingApproval'))).toEqual(['awaitingFirstPayment']);
  });
});
