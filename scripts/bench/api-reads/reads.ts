import { listBills, listPayments } from '../../../db/queries/bills';
import { listEvents, readStatement } from '../../../db/queries/lease-history';
import { findLease, findLeaseKey, listLeases } from '../../../db/queries/leases';
import { readOverview } from '../../../db/queries/operator';
import { listBoard } from '../../../db/queries/rooms';
import type { Tx } from '../../../db/tx';
import type { CommunityId, LeaseId } from '../../../domain/ids';

/** A read that a person makes all day: its address, and what it asks of the database. */
export type MainRead = { readonly name: string; readonly path: string; readonly read: (tx: Tx) => Promise<unknown> };

const ALL = { scope: null } as const;
/** The API asks for one row more than it shows, to know whether there is a next page. */
const PAGE = { after: null, limit: 51 } as const;
/** The board shows two hundred rooms at once. */
const BOARD = { after: null, limit: 201 } as const;

/** The ten main reads of the product, about one lease in the middle of the population. */
export function mainReads(leaseId: LeaseId, communityId: CommunityId): MainRead[] {
  const lease = `/v1/leases/${leaseId}`;
  return [
    { name: 'leases', path: '/v1/leases', read: (tx) => listLeases(tx, ALL, {}, PAGE) },
    {
      name: 'leases by status',
      path: `/v1/leases?status=ending&communityId=${communityId}`,
      read: (tx) => listLeases(tx, ALL, { status: 'ending', communityId }, PAGE),
    },
    { name: 'lease', path: lease, read: (tx) => findLease(tx, leaseId, ALL) },
    { name: 'timeline', path: `${lease}/timeline`, read: known(leaseId, (tx) => listEvents(tx, leaseId, PAGE)) },
    {
      name: 'bills of a lease',
      path: `${lease}/bills`,
      read: known(leaseId, (tx) => listBills(tx, ALL, { leaseId }, PAGE)),
    },
    { name: 'statement', path: `${lease}/statement`, read: known(leaseId, (tx) => readStatement(tx, leaseId, {})) },
    { name: 'open bills', path: '/v1/bills?open=true', read: (tx) => listBills(tx, ALL, { open: true }, PAGE) },
    { name: 'payments', path: '/v1/payments', read: (tx) => listPayments(tx, ALL, {}, PAGE) },
    {
      name: 'room board',
      path: `/v1/room-board?communityId=${communityId}`,
      read: (tx) => listBoard(tx, { scope: null, communityId }, BOARD),
    },
    { name: 'overview', path: '/v1/overview', read: (tx) => readOverview(tx, null, undefined) },
  ];
}

const known =
  (leaseId: LeaseId, read: (tx: Tx) => Promise<unknown>) =>
  async (tx: Tx): Promise<unknown> => {
    await findLeaseKey(tx, leaseId, ALL);
    return read(tx);
  };
