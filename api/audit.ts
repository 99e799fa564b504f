import { type Actor as AuditActor, audit } from '../db/audit';
import type { Tx } from '../db/tx';
import type { Actor } from './auth/actor';

/** As the audit log names whoever is signed in. */
export const asAudit = ({ kind, id, name }: Actor): AuditActor => ({ kind, id, name });

type Fact = {
  readonly action: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly before?: unknown;
  readonly after?: unknown;
  readonly why?: string;
};

/** Notes what the actor did, in the transaction of the change itself. No phone and no ID number goes in. */
export const note = (tx: Tx, actor: Actor, fact: Fact): Promise<void> => audit(tx, { actor: asAudit(actor), ...fact });
