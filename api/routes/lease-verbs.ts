import { ROUTES } from '../../contract/http/routes';
import * as message from '../../contract/temporal/lease';
import { changesOf, insertChange } from '../../db/lease-changes';
import { updateLease } from '../../db/leases';
import type { ChangeId } from '../../domain/ids';
import { note } from '../audit';
import { actorName } from '../auth/actor';
import { accessLease, leaseNow, leaseToday } from '../lease-access';
import { askLease } from '../lease-asking';
import { changeToConfirm, presentChange, tryChange } from '../lease-change';
import { checkOut, quoteTermination, terminate } from '../lease-leaving';
import { found, Refusal } from '../refusal';
import { on } from '../router';
import { durationMs } from '../time-travel';

export const leaseVerbRoutes = [
  on(ROUTES.decideApproval, (call) =>
    call.body.decision === 'approve'
      ? askLease(call, message.approveLease, {})
      : askLease(call, message.rejectLease, { reason: call.body.reason }),
  ),

  on(ROUTES.cancelLease, (call) => askLease(call, message.cancelLease, call.body)),

  on(ROUTES.proposeChange, async ({ params, actor, body, scope, tx, businessId, at }) =>
    tx(async (open) => {
      const lease = await accessLease(open, params.id, { scope });
      const dryRun = await tryChange(open, lease, body, leaseToday(lease, at));
      const id: ChangeId = businessId('change');
      const proposal = { id, leaseId: params.id, kind: body.kind, status: 'requested', segment: body, dryRun } as const;
      const requestedAt = leaseNow(lease, at).toISOString();
      if (await insertChange(open, { ...proposal, requestedBy: actorName(actor), requestedAt })) {
        const after = { changeId: id, asked: body, deltaFen: dryRun.deltaFen };
        await note(open, actor, { action: 'lease.proposeChange', subject: { kind: 'lease', id: params.id }, after });
      }
      return presentChange(found((await changesOf(open, params.id)).find((change) => change.id === id)));
    }),
  ),

  on(ROUTES.confirmChange, async (call) => {
    const { id, changeId } = call.params;
    const change = await call.tx(async (open) => {
      await accessLease(open, id, { scope: call.scope });
      return changeToConfirm(open, id, { changeId, commandId: call.commandId });
    });
    return askLease(call, message.confirmChange, { changeId, change });
  }),

  on(ROUTES.quoteTermination, quoteTermination),
  on(ROUTES.terminateLease, terminate),
  on(ROUTES.requestCheckout, checkOut),
  on(ROUTES.recordInspection, (call) => askLease(call, message.recordInspection, call.body)),

  on(ROUTES.evictLease, (call) => {
    const changeId: ChangeId = call.businessId('change');
    return askLease(call, message.evictLease, { changeId, ...call.body });
  }),

  on(ROUTES.confirmEnforcement, (call) => askLease(call, message.confirmEnforcement, {})),
  on(ROUTES.releaseEnforcement, (call) => askLease(call, message.releaseEnforcement, call.body)),
  on(ROUTES.grantExemption, (call) => askLease(call, message.grantExemption, call.body)),
  on(ROUTES.promiseInstalments, (call) => askLease(call, message.promiseInstalment, call.body)),
  on(ROUTES.waiveLateFee, (call) => askLease(call, message.waiveLateFee, call.body)),

  on(ROUTES.travelInTime, async ({ params: { id }, body, actor, scope, services, tx, at }) => {
    if (!services.timeTravel) throw new Refusal('TimeTravelOff');
    const lease = await tx((open) => accessLease(open, id, { scope }));
    const journey = 'to' in body ? body : { durationMs: durationMs(body.duration) };
    const arrival = await services.timeTravel.travel(id, journey);
    const now = arrival.now.toISOString();
    await tx(async (open) => {
      await updateLease(open, id, { travelledTo: now });
      const subject = { kind: 'lease', id };
      const before = { now: leaseNow(lease, at).toISOString() };
      await note(open, actor, { action: 'lease.travel', subject, before, after: { ...body, now } });
    });
    return { leaseId: id, now, closed: arrival.closed, seconds: arrival.seconds };
  }),
];
