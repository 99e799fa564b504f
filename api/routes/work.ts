import { ROUTES } from '../../contract/http/routes';
import { listAudit } from '../../db/queries/audit';
import { lockRow } from '../../db/queries/places';
import * as work from '../../db/queries/work';
import { closeWorkOrder } from '../../db/work-orders';
import { note } from '../audit';
import { byId, flag, paged } from '../paged';
import { found, Refusal } from '../refusal';
import { on } from '../router';

export const byServed = ({ servedAt, id }: { readonly servedAt: string; readonly id: string }): string[] => [
  servedAt,
  id,
];

export const workRoutes = [
  on(ROUTES.listApprovals, ({ query, scope, tx }) =>
    tx((open) =>
      paged(
        query,
        (page) => work.listApprovals(open, { ...query, scope }, page),
        ({ leaseId }) => [leaseId],
      ),
    ),
  ),

  on(ROUTES.listNotices, ({ query, scope, tx }) => {
    const filter = { leaseId: query.leaseId, unread: flag(query.unread) };
    return tx((open) => paged(query, (page) => work.listNotices(open, { scope }, filter, page), byServed));
  }),

  on(ROUTES.readNotice, async ({ params: { id }, scope, tx, at }) => {
    if (!(await tx((open) => work.markRead(open, id, { scope }, at)))) throw new Refusal('NotFound');
    return { ok: true as const };
  }),

  on(ROUTES.listWorkOrders, ({ query, scope, tx }) =>
    tx((open) => paged(query, (page) => work.listWorkOrders(open, { ...query, scope }, page), byId)),
  ),

  on(ROUTES.closeWorkOrder, async ({ params: { id }, actor, body, scope, tx, at }) =>
    tx(async (open) => {
      await lockRow(open, 'work_order', id);
      found(await work.findWorkOrder(open, id, scope));
      if (!(await closeWorkOrder(open, id, at.toISOString(), body.result))) throw new Refusal('WorkOrderClosed');
      await note(open, actor, { action: 'workOrder.close', subject: { kind: 'workOrder', id }, after: body });
      return found(await work.findWorkOrder(open, id, scope));
    }),
  ),

  on(ROUTES.listAudit, ({ query, tx }) => tx((open) => paged(query, (page) => listAudit(open, query, page), byId))),
];
