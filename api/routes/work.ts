import { auditActionName } from '../../contract/http/audit-text';
import { ROUTES } from '../../contract/http/routes';
import { type Permission, WORK_ORDER_NEEDS } from '../../contract/roles';
import { listAudit } from '../../db/queries/audit';
import { lockRow } from '../../db/queries/places';
import * as work from '../../db/queries/work';
import { closeWorkOrder } from '../../db/work-orders';
import { note } from '../audit';
import { type Actor, type Scope, scopeOf } from '../auth/actor';
import { orderBy } from '../cursor';
import { byId, flag, paged } from '../paged';
import { found, Refusal } from '../refusal';
import { on } from '../router';

export const byServed = orderBy<{ readonly servedAt: string; readonly id: string }>(
  ['instant', 'uuid'],
  ({ servedAt, id }) => [servedAt, id],
);

const byLease = orderBy<{ readonly leaseId: string }>(['uuid'], ({ leaseId }) => [leaseId]);

/** Communities in which both permissions are held: the one that the route asks for, and the one that the kind of order asks for. */
const both = (one: Scope, other: Scope): Scope =>
  one === null ? other : one.filter((community) => other === null || other.includes(community));

function ordersOf(actor: Actor, what: 'read' | 'close'): work.OrderScopes {
  const reach = (permission: Permission): Scope => {
    const scope = scopeOf(actor, permission);
    return scope === undefined ? [] : scope;
  };
  const any = reach(`workOrder.${what}`);
  const { money, rooms } = WORK_ORDER_NEEDS;
  return { money: both(any, reach(money[what])), rooms: both(any, reach(rooms[what])) };
}

export const workRoutes = [
  on(ROUTES.listApprovals, ({ query, scope, tx }) =>
    tx((open) => paged(query, (page) => work.listApprovals(open, { ...query, scope }, page), byLease)),
  ),

  on(ROUTES.listNotices, ({ query, scope, tx }) => {
    const filter = { leaseId: query.leaseId, unread: flag(query.unread) };
    return tx((open) => paged(query, (page) => work.listNotices(open, { scope }, filter, page), byServed));
  }),

  on(ROUTES.readNotice, async ({ params: { id }, scope, tx, at }) => {
    if (!(await tx((open) => work.markRead(open, id, { scope }, at)))) throw new Refusal('NotFound');
    return { ok: true as const };
  }),

  on(ROUTES.listWorkOrders, ({ query, actor, tx }) => {
    const scopes = ordersOf(actor, 'read');
    return tx((open) => paged(query, (page) => work.listWorkOrders(open, { ...query, scopes }, page), byId));
  }),

  on(ROUTES.closeWorkOrder, async ({ params: { id }, actor, body, tx, at }) =>
    tx(async (open) => {
      await lockRow(open, 'work_order', id);
      const scopes = ordersOf(actor, 'read');
      found(await work.findWorkOrder(open, id, scopes));
      if (!(await work.findWorkOrder(open, id, ordersOf(actor, 'close')))) throw new Refusal('Forbidden');
      if (!(await closeWorkOrder(open, id, at.toISOString(), body.result))) throw new Refusal('WorkOrderClosed');
      await note(open, actor, { action: 'workOrder.close', subject: { kind: 'workOrder', id }, after: body });
      return found(await work.findWorkOrder(open, id, scopes));
    }),
  ),

  on(ROUTES.listAudit, ({ query, tx }) =>
    tx(async (open) => {
      const page = await paged(query, (at) => listAudit(open, query, at), byId);
      return { ...page, items: page.items.map((row) => ({ ...row, actionText: auditActionName(row.action) })) };
    }),
  ),
];
