import { findLeaseKey, type LeaseKey, type LeaseViewer } from '../db/queries/leases';
import type { Tx } from '../db/tx';
import { type LocalDate, shanghaiDate } from '../domain/calendar';
import type { LeaseId, TenantId } from '../domain/ids';
import type { Actor, Scope } from './auth/actor';
import { found } from './refusal';

/** Whose leases a caller sees: a tenant their own, staff those of their communities. */
export const viewerOf = (actor: Actor, scope: Scope): LeaseViewer =>
  actor.kind === 'tenant' ? { tenantId: actor.id as TenantId } : { scope };

/** @throws Refusal NotFound, also for a lease that exists and is someone else's */
export const accessLease = async (tx: Tx, id: LeaseId, viewer: LeaseViewer): Promise<LeaseKey> =>
  found(await findLeaseKey(tx, id, viewer));

/** The instant at which the lease lives: now, or later if it was carried forward. */
export const leaseNow = ({ travelledTo }: Pick<LeaseKey, 'travelledTo'>, at: Date): Date =>
  new Date(Math.max(at.getTime(), travelledTo === null ? 0 : Date.parse(travelledTo)));

export const leaseToday = (key: Pick<LeaseKey, 'travelledTo'>, at: Date): LocalDate =>
  shanghaiDate(leaseNow(key, at).getTime());
