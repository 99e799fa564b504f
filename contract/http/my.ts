import { z } from 'zod';
import { id } from './common';
import { leaseRow, leaseShow } from './leases';
import { device } from './places';

/** A tenant sees their own leases only; whose they are comes from the session, never from the request. */
export const myLeaseRow = leaseRow.omit({ tenantId: true });
export const myLeases = z.object({ items: z.array(myLeaseRow) });
export const myLease = leaseShow.omit({ tenantId: true });

/** 我的门: whether the door opens and why not. */
export const myDoor = z.object({
  leaseId: z.string(),
  roomName: z.string(),
  enforcement: leaseRow.shape.enforcement,
  overdueFen: z.int(),
  devices: z.array(device),
});

export const myNoticeParams = z.strictObject({ id: id('notice') });

export const me = z.object({ id: z.string(), name: z.string(), phoneMasked: z.string().nullable() });
