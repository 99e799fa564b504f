import { ROUTES } from '../../contract/http/routes';
import { auditedLately } from '../../db/audit';
import type { Tx } from '../../db/tx';
import { note } from '../audit';
import { type Actor, actorName } from '../auth/actor';
import type { Call } from '../call';
import { decodeFor, encodeFor } from '../codec';
import { Refusal } from '../refusal';
import { on } from '../router';

/** A page of the Temporal UI asks once for every event that it shows: the audit names reader and lease once in this time, the log every request. */
const SAME_LOOK_MINUTES = 10;

type Subject = { readonly kind: 'lease' | 'operator'; readonly id: string };

async function noteUse(tx: Tx, actor: Actor, action: string, subject: Subject, payloads: number): Promise<void> {
  const use = { action, subject };
  if (await auditedLately(tx, { actorId: actor.id, ...use, minutes: SAME_LOOK_MINUTES })) return;
  await note(tx, actor, { ...use, after: { payloads } });
}

/** Keys belong to one namespace: a UI that shows several must not be told that those of another are broken. @throws Refusal NotFound */
function checkNamespace({ req, services: { codec } }: Pick<Call, 'req' | 'services'>): void {
  const asked = req.headers['x-namespace'];
  if (asked !== undefined && asked !== codec.namespace)
    throw new Refusal('NotFound', { detail: `This codec server serves namespace ${codec.namespace}.` });
}

export const codecRoutes = [
  on(ROUTES.decodePayloads, async ({ actor, body, tx, services, req, res }) => {
    checkNamespace({ req, services });
    const count = body.payloads.length;
    const { payloads, leaseIds } = await tx(async (open) => {
      const decoded = await decodeFor(open, services.codec.keys, body);
      for (const id of decoded.leaseIds) await noteUse(open, actor, 'workflow.decode', { kind: 'lease', id }, count);
      return decoded;
    });
    const who = { requestId: res.locals.requestId as string, actor: actorName(actor), operatorId: actor.operatorId };
    services.log.info({ ...who, payloads: count, leases: leaseIds }, 'workflow payloads decrypted');
    return { payloads };
  }),

  on(ROUTES.encodePayloads, async ({ actor, body, tx, services, req, res }) => {
    checkNamespace({ req, services });
    const { operatorId } = actor;
    const count = body.payloads.length;
    await tx((open) => noteUse(open, actor, 'workflow.encode', { kind: 'operator', id: operatorId }, count));
    const who = { requestId: res.locals.requestId as string, actor: actorName(actor), operatorId };
    services.log.info({ ...who, payloads: count }, 'workflow payloads encrypted');
    return encodeFor(operatorId, services.codec.keys, body);
  }),
];
