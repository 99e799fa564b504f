import { eventText } from '../../contract/http/event-text';
import { ROUTES } from '../../contract/http/routes';
import { changesOf } from '../../db/lease-changes';
import { listBills } from '../../db/queries/bills';
import * as history from '../../db/queries/lease-history';
import * as leases from '../../db/queries/leases';
import { note } from '../audit';
import { orderBy } from '../cursor';
import { accessLease, viewerOf } from '../lease-access';
import { presentChange } from '../lease-change';
import { byId, flag, paged } from '../paged';
import { found, Refusal } from '../refusal';
import { on } from '../router';
import { signLease } from '../signing';
import { presentStatement } from '../statement';

export const leaseRoutes = [
  on(ROUTES.listLeases, ({ query, scope, tx }) =>
    tx((open) => paged(query, (page) => leases.listLeases(open, { scope }, query, page), byId)),
  ),

  on(ROUTES.signLease, async ({ actor, body, scope, services, tx, businessId, at }) => {
    const id = businessId('lease');
    await tx((open) => signLease(open, { id, body, actor, scope, at }));
    // The outbox starts it anyway; this only makes it sooner.
    services.leases.start({ operatorId: actor.operatorId, leaseId: id }).catch((err) => {
      services.log.warn({ err, leaseId: id }, 'the lease will be started from the outbox');
    });
    const { number, status, enforcement } = await tx((open) => accessLease(open, id, { scope }));
    return { leaseId: id, number, status, enforcement };
  }),

  on(ROUTES.showLease, async ({ params: { id }, scope, tx }) =>
    found(await tx((open) => leases.findLease(open, id, { scope }))),
  ),

  on(ROUTES.listLeaseEvents, ({ params: { id }, query, actor, scope, tx }) =>
    tx(async (open) => {
      await accessLease(open, id, viewerOf(actor, scope));
      return presentEvents(await paged(query, (page) => history.listEvents(open, id, page), byTime));
    }),
  ),

  on(ROUTES.listLeaseBills, ({ params: { id }, query, actor, scope, tx }) =>
    tx(async (open) => {
      const viewer = viewerOf(actor, scope);
      await accessLease(open, id, viewer);
      const filter = { leaseId: id, open: flag(query.open) };
      return paged(query, (page) => listBills(open, viewer, filter, page), byId);
    }),
  ),

  on(ROUTES.showStatement, ({ params: { id }, query, scope, tx }) =>
    tx(async (open) => {
      await accessLease(open, id, { scope });
      if (query.from && query.until && query.from > query.until) {
        const words = { message: '截止日期不能早于起始日期', messageEn: 'The last day must not be before the first.' };
        throw new Refusal('InvalidInput', { errors: [{ path: 'until', ...words }] });
      }
      return presentStatement(id, await history.readStatement(open, id, query));
    }),
  ),

  on(ROUTES.downloadContract, ({ params: { id }, actor, scope, tx, services }) =>
    tx(async (open) => {
      const { number } = await accessLease(open, id, { scope });
      const contract = await leases.findContract(open, id, services.personalDataKeys);
      if (!contract) throw new Refusal('DocumentNotReady');
      await note(open, actor, { action: 'lease.downloadContract', subject: { kind: 'lease', id } });
      return { bytes: contract.bytes, fileName: `${number}.pdf` };
    }),
  ),

  on(ROUTES.listChanges, ({ params: { id }, scope, tx }) =>
    tx(async (open) => {
      await accessLease(open, id, { scope });
      return { items: (await changesOf(open, id)).map(presentChange) };
    }),
  ),
];

export const byTime = orderBy<history.EventRow>(['instant', 'count'], ({ at, seq }) => [at, seq]);

export const presentEvents = ({ items, nextCursor }: { items: history.EventRow[]; nextCursor: string | null }) => ({
  items: items.map(({ id, at, kind, data }) => ({
    ...{ id, at, kind, data },
    text: eventText(kind, data),
    textEn: eventText(kind, data, 'en'),
  })),
  nextCursor,
});
