import type { z } from 'zod';
import type * as http from '../../contract/http/work';
import { MONEY_ORDER_KINDS } from '../../contract/roles';
import type { CommunityId, Id, LeaseId, TenantId } from '../../domain/ids';
import type { Tx } from '../tx';
import { communityPrefix, inScope, keyset, type ListPage, type Scope } from './paging';

type Approval = z.output<typeof http.approval>;
type Notice = z.output<typeof http.notice>;
type WorkOrder = z.output<typeof http.workOrder>;

/** What waits for a person: leases to approve, lock-outs to confirm. Oldest first. */
export const listApprovals = (
  tx: Tx,
  filter: { readonly scope: Scope; readonly communityId?: CommunityId | undefined },
  page: ListPage,
): Promise<Approval[]> =>
  tx.run((knex) =>
    knex('lease_list')
      .select({
        leaseId: 'id',
        leaseNumber: 'number',
        communityId: 'community_id',
        tenantName: 'tenant_name',
        startsOn: 'starts_on',
        endsOn: 'ends_on',
        kind: knex.raw(`CASE WHEN status = 'awaitingApproval' THEN 'lease' ELSE 'enforcement' END`),
        roomName: knex.raw(`${communityPrefix('lease_list.community_id')} || building_name || ' ' || room_code`),
        amountFen: knex.raw(`CASE WHEN status = 'awaitingApproval'
          THEN (SELECT coalesce(sum(b.total_fen), 0) FROM bill b WHERE b.lease_id = lease_list.id AND b.kind = 'first')
          ELSE overdue_fen END`),
      })
      .modify(inScope('community_id', filter.scope))
      .where((any) => any.where({ status: 'awaitingApproval' }).orWhere({ enforcement: 'awaitingConfirmation' }))
      .modify((query) => filter.communityId && query.where({ community_id: filter.communityId }))
      .modify(keyset(knex, ['id'], page)),
  );

const NOTICE = {
  id: 'id',
  leaseId: 'lease_id',
  template: 'template',
  title: 'title',
  text: 'text',
  servedAt: 'served_at',
  readAt: 'read_at',
} as const;

/** Whose inbox: a tenant's own, or that of the staff of some communities. */
export type Inbox = { readonly tenantId: TenantId } | { readonly scope: Scope };

const inbox =
  (of: Inbox) =>
  (query: import('knex').Knex.QueryBuilder): void => {
    if ('tenantId' in of) query.where({ audience: 'tenant', tenant_id: of.tenantId });
    else {
      const { scope } = of;
      query.where({ audience: 'staff' });
      if (scope !== null) query.where((any) => any.whereNull('community_id').orWhereIn('community_id', [...scope]));
    }
  };

/** Newest first, in business time. */
export const listNotices = (
  tx: Tx,
  of: Inbox,
  filter: { readonly unread?: boolean | undefined; readonly leaseId?: LeaseId | undefined },
  page: ListPage,
): Promise<Notice[]> =>
  tx.run((knex) =>
    knex('notice')
      .select(NOTICE)
      .modify(inbox(of))
      .modify((query) => {
        if (filter.unread === true) query.whereNull('read_at');
        if (filter.unread === false) query.whereNotNull('read_at');
        if (filter.leaseId) query.where({ lease_id: filter.leaseId });
      })
      .modify(keyset(knex, ['served_at', 'id'], page, 'desc')),
  );

/** False when there is no such notice in that inbox. Read once is read: the first time stays. */
export async function markRead(tx: Tx, id: Id<'notice'>, of: Inbox, at: Date): Promise<boolean> {
  const [row] = await tx.run<{ id: string }>((knex) => knex('notice').select('id').where({ id }).modify(inbox(of)));
  if (!row) return false;
  await tx.query('UPDATE notice SET read_at = coalesce(read_at, $2) WHERE id = $1', [id, at]);
  return true;
}

/** Where the asker may handle orders about money, and where all others. */
export type OrderScopes = { readonly money: Scope; readonly rooms: Scope };

const orders = (knex: import('knex').Knex, { money, rooms }: OrderScopes): import('knex').Knex.QueryBuilder =>
  knex({ w: 'work_order' })
    .leftJoin({ r: 'room' }, (on) => on.on('r.operator_id', 'w.operator_id').andOn('r.id', 'w.room_id'))
    .leftJoin({ g: 'building' }, (on) => on.on('g.operator_id', 'r.operator_id').andOn('g.id', 'r.building_id'))
    .select({
      id: 'w.id',
      kind: 'w.kind',
      status: 'w.status',
      leaseId: 'w.lease_id',
      roomId: 'w.room_id',
      title: 'w.title',
      openedAt: 'w.opened_at',
      closedAt: 'w.closed_at',
      result: 'w.result',
      roomName: knex.raw(`${communityPrefix('r.community_id')} || g.name || ' ' || r.code`),
    })
    .where((any) =>
      any
        .where((one) => one.whereIn('w.kind', [...MONEY_ORDER_KINDS]).modify(inScope('w.community_id', money)))
        .orWhere((one) => one.whereNotIn('w.kind', [...MONEY_ORDER_KINDS]).modify(inScope('w.community_id', rooms))),
    );

/** Newest first. */
export const listWorkOrders = (
  tx: Tx,
  filter: {
    readonly scopes: OrderScopes;
    readonly status?: WorkOrder['status'] | undefined;
    readonly communityId?: CommunityId | undefined;
  },
  page: ListPage,
): Promise<WorkOrder[]> =>
  tx.run((knex) =>
    orders(knex, filter.scopes)
      .modify((query) => {
        if (filter.status) query.where('w.status', filter.status);
        if (filter.communityId) query.where('w.community_id', filter.communityId);
      })
      .modify(keyset(knex, ['w.id'], page, 'desc')),
  );

export async function findWorkOrder(tx: Tx, id: Id<'workOrder'>, scopes: OrderScopes): Promise<WorkOrder | undefined> {
  const [row] = await tx.run<WorkOrder>((knex) => orders(knex, scopes).where('w.id', id));
  return row;
}
