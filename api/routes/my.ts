import { ROUTES } from '../../contract/http/routes';
import { findOrder } from '../../db/orders';
import * as bills from '../../db/queries/bills';
import { listEvents } from '../../db/queries/lease-history';
import * as leases from '../../db/queries/leases';
import { listDevices } from '../../db/queries/rooms';
import { findTenant } from '../../db/queries/tenants';
import * as work from '../../db/queries/work';
import type { RoomId, TenantId } from '../../domain/ids';
import { CHANNEL_NAMES } from '../../domain/ledger-accounts';
import type { Actor } from '../auth/actor';
import { openOrder, presentOrder } from '../cashier';
import { accessLease, leaseNow } from '../lease-access';
import { checkOut, quoteTermination, terminate } from '../lease-leaving';
import { maskTenant } from '../masked';
import { byId, flag, paged } from '../paged';
import { found, Refusal } from '../refusal';
import { on } from '../router';
import { byTime, presentEvents } from './leases';
import { byServed } from './work';

const ALL = { after: null, limit: 100 } as const;

/** Whose everything here is: always the session's own tenant, never somebody that the request names. */
const me = (actor: Actor): { readonly tenantId: TenantId } => ({ tenantId: actor.id as TenantId });

export const myRoutes = [
  on(ROUTES.showMe, async ({ actor, services: { personalDataKeys: keys }, tx }) => {
    const tenant = found(await tx((open) => findTenant(open, me(actor).tenantId, null)));
    const { id, name, phoneMasked } = maskTenant(tenant, keys);
    return { id, name, phoneMasked };
  }),

  on(ROUTES.listMyLeases, async ({ actor, tx }) => ({
    items: await tx((open) => leases.listLeases(open, me(actor), {}, ALL)),
  })),

  on(ROUTES.showMyLease, async ({ params: { id }, actor, tx }) =>
    found(await tx((open) => leases.findLease(open, id, me(actor)))),
  ),

  on(ROUTES.listMyLeaseEvents, ({ params: { id }, query, actor, tx }) =>
    tx(async (open) => {
      await accessLease(open, id, me(actor));
      return presentEvents(await paged(query, (page) => listEvents(open, id, page), byTime));
    }),
  ),

  on(ROUTES.listMyBills, ({ params: { id }, query, actor, tx }) =>
    tx(async (open) => {
      await accessLease(open, id, me(actor));
      const filter = { leaseId: id, open: flag(query.open) };
      return paged(query, (page) => bills.listBills(open, me(actor), filter, page), byId);
    }),
  ),

  on(ROUTES.showMyBill, async ({ params: { id }, actor, tx }) =>
    found(await tx((open) => bills.findBill(open, id, me(actor)))),
  ),

  on(ROUTES.downloadMyContract, ({ params: { id }, actor, tx, services }) =>
    tx(async (open) => {
      const { number } = await accessLease(open, id, me(actor));
      const contract = await leases.findContract(open, id, services.personalDataKeys);
      if (!contract) throw new Refusal('DocumentNotReady');
      return { bytes: contract.bytes, fileName: `${number}.pdf` };
    }),
  ),

  on(ROUTES.showMyDoor, ({ params: { id }, actor, tx }) =>
    tx(async (open) => {
      const lease = found(await leases.findLease(open, id, me(actor)));
      const { enforcement, overdueFen, roomName } = lease;
      return {
        leaseId: id,
        roomName,
        enforcement,
        overdueFen,
        devices: await listDevices(open, lease.roomId as RoomId),
      };
    }),
  ),

  on(ROUTES.listPaymentMethods, async ({ services }) => ({
    items: [...services.providers.values()].map(({ channel, simulated }) => {
      const [zh, en] = CHANNEL_NAMES[channel];
      return { channel, name: { zh, en }, simulated };
    }),
  })),

  on(ROUTES.createCashierOrder, async ({ params, actor, body, services, tx, businessId, at, req }) => {
    const lease = await tx((open) => accessLease(open, params.id, me(actor)));
    const now = leaseNow(lease, at);
    return openOrder(services, {
      ...{ id: businessId('payment'), leaseId: params.id, leaseNumber: lease.number, billIds: body.billIds },
      ...{ operatorId: actor.operatorId, channel: body.channel, payerIp: req.ip ?? '127.0.0.1', at },
      businessAt: now > at ? now.toISOString() : null,
    });
  }),

  on(ROUTES.showCashierOrder, async ({ params: { id, orderId }, actor, services, tx }) => {
    const order = await tx(async (open) => {
      await accessLease(open, id, me(actor));
      return found(await findOrder(open, orderId));
    });
    if (order.leaseId !== id) throw new Refusal('NotFound');
    return presentOrder(services, order);
  }),

  on(ROUTES.quoteMyTermination, quoteTermination),
  on(ROUTES.terminateMyLease, terminate),
  on(ROUTES.requestMyCheckout, checkOut),

  on(ROUTES.listMyNotices, ({ query, actor, tx }) => {
    const filter = { leaseId: query.leaseId, unread: flag(query.unread) };
    return tx((open) => paged(query, (page) => work.listNotices(open, me(actor), filter, page), byServed));
  }),

  on(ROUTES.readMyNotice, async ({ params: { id }, actor, tx, at }) => {
    if (!(await tx((open) => work.markRead(open, id, me(actor), at)))) throw new Refusal('NotFound');
    return { ok: true as const };
  }),
];
