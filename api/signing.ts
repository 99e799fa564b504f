import type { z } from 'zod';
import type { signLeaseBody } from '../contract/http/leases';
import { insertSignedLease } from '../db/leases';
import { enqueue } from '../db/outbox';
import { findLeaseKey, nextLeaseNumber } from '../db/queries/leases';
import { policyFor } from '../db/queries/operator';
import { findTenant } from '../db/queries/tenants';
import type { Tx } from '../db/tx';
import { shanghaiDate } from '../domain/calendar';
import type { LeaseId } from '../domain/ids';
import { note } from './audit';
import { type Actor, actorName, type Scope } from './auth/actor';
import { quoteRoom } from './pricing';
import { found, Refusal } from './refusal';

type Signature = {
  readonly id: LeaseId;
  readonly body: z.output<typeof signLeaseBody>;
  readonly actor: Actor;
  readonly scope: Scope;
  readonly at: Date;
};

/**
 * Stores a lease that party B signs: the lease, the room that it takes from everyone else, and the message that starts its workflow, in
 * one transaction. Signing the same id again changes nothing. @throws Refusal, DbRefusal RoomTaken
 */
export async function signLease(tx: Tx, { id, body, actor, scope, at }: Signature): Promise<void> {
  if (await findLeaseKey(tx, id, { scope })) return;
  const { tenantId, ...wanted } = body;
  const today = shanghaiDate(at.getTime());
  found(await findTenant(tx, tenantId, scope));
  const { communityId, onSale, quote, priceId } = await quoteRoom(tx, wanted, { actor, scope }, today);
  if (!onSale) throw new Refusal('RoomNotOnSale');
  const number = await nextLeaseNumber(tx, today);
  await insertSignedLease(tx, {
    ...{ id, number, communityId, tenantId, terms: quote.terms, signedAt: at.toISOString() },
    policy: await policyFor(tx, communityId),
    status: 'signed',
    source: 'signed',
    billedUntil: null,
    events: [{ key: 'signed', kind: 'signed', data: { by: actorName(actor), priceId } }],
  });
  await enqueue(tx, { key: `start/${id}`, topic: 'startLease', payload: { leaseId: id } });
  await note(tx, actor, {
    action: 'lease.sign',
    subject: { kind: 'lease', id },
    after: { number, tenantId, ...wanted },
  });
}
