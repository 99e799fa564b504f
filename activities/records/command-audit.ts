import type { CommandStep } from '../../contract/temporal/lease-activities';
import { audit } from '../../db/audit';
import type { Tx } from '../../db/tx';
import type { LeaseId } from '../../domain/ids';
import { actorOf } from './actor';

type Facts = { readonly before: object; readonly after: object; readonly why: string };

/**
 * Notes what a command to a lease changed. Call it in the transaction of the effect, and only when the effect is new: so each command that
 * was carried out has one row, whether or not anybody still waits for its answer. @param name of the update, for a step that has no command
 */
export const auditCommand = (
  tx: Tx,
  { ref, by, command }: Pick<CommandStep, 'ref' | 'by' | 'command'>,
  name: string,
  facts: Facts,
): Promise<void> =>
  audit(tx, {
    actor: actorOf(by),
    action: `lease.${command?.name ?? name}`,
    subject: { kind: 'lease', id: ref.leaseId },
    ...facts,
  });

/** Notes what the platform itself changed in a lease; again only when the effect is new. */
export const auditStep = (tx: Tx, leaseId: LeaseId, entry: Facts & { readonly action: string }): Promise<void> =>
  audit(tx, { actor: actorOf('system'), subject: { kind: 'lease', id: leaseId }, ...entry });

/** Tells one command from another in the key of what it leaves behind. An older worker's steps have only their time. */
export const commandKey = ({ command, at }: Pick<CommandStep, 'command' | 'at'>): string => command?.id ?? at;
