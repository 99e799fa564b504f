import type { z } from 'zod';
import type * as http from '../contract/http/lease-verbs';
import { requestCheckout, requestTermination } from '../contract/temporal/lease';
import { findLease } from '../db/queries/leases';
import type { LocalDate } from '../domain/calendar';
import type { ChangeId } from '../domain/ids';
import { accessLease, leaseToday, viewerOf } from './lease-access';
import { askLease, type LeaseCall } from './lease-asking';
import { tryTermination } from './lease-change';
import { found, Refusal } from './refusal';

/** Staff and tenants leave by the same rules; whose lease it may be comes from the caller. */
type Leaving<Body> = LeaseCall & { readonly body: Body };
type Termination = Leaving<z.output<typeof http.terminationBody>>;

/** What leaving before the end would cost. @throws Refusal with the domain's code */
export const quoteTermination = ({ params: { id }, body, actor, scope, tx, at }: Termination & { readonly at: Date }) =>
  tx(async (open) => {
    const viewer = viewerOf(actor, scope);
    const today = leaseToday(await accessLease(open, id, viewer), at);
    const { prepaymentFen, depositBilledFen } = found(await findLease(open, id, viewer));
    return tryTermination(open, id, body.lastDay, { today, prepaymentFen, depositFen: depositBilledFen });
  });

/** Ends the lease early, at the price that the quote says. */
export const terminate = (call: Termination & { businessId(kind: 'change'): ChangeId }) => {
  const { lastDay, reason } = call.body;
  return askLease(call, requestTermination, { changeId: call.businessId('change'), endsOn: lastDay, reason });
};

/** Names the day of moving out, at the lease's end. @throws Refusal UseTermination for an earlier one: that has a price */
export async function checkOut(call: Leaving<{ readonly on: LocalDate }>) {
  const { actor, scope, params, body } = call;
  const { endsOn } = await call.tx((open) => accessLease(open, params.id, viewerOf(actor, scope)));
  if (body.on < endsOn) throw new Refusal('UseTermination');
  return askLease(call, requestCheckout, { moveOutOn: body.on });
}
