import type { Tx } from './tx';

export type Actor = {
  readonly kind: 'staff' | 'tenant' | 'token' | 'system' | 'device';
  readonly id: string | null;
  readonly name: string | null;
};

/** Who did what to what; `before` and `after` hold no unmasked personal data. The row takes part in the caller's transaction. */
export type AuditEntry = {
  readonly actor: Actor;
  readonly action: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly before?: unknown;
  readonly after?: unknown;
  readonly why?: string;
};

/** Adds to the log that nobody can edit. */
export async function audit(tx: Tx, entry: AuditEntry): Promise<void> {
  const { actor, action, subject, before, after, why } = entry;
  await tx.query(
    `INSERT INTO audit_log (operator_id, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, before, after, reason)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      tx.operatorId,
      actor.kind,
      actor.id,
      actor.name,
      action,
      subject.kind,
      subject.id,
      json(before),
      json(after),
      why ?? null,
    ],
  );
}

/** Whether the same person did the same to the same thing within the last minutes, by the wall clock. */
export async function auditedLately(
  tx: Tx,
  { actorId, action, subject, minutes }: Pick<AuditEntry, 'action' | 'subject'> & { actorId: string; minutes: number },
): Promise<boolean> {
  const found = await tx.query(
    `SELECT 1 FROM audit_log WHERE subject_kind = $1 AND subject_id = $2 AND action = $3 AND actor_id = $4
      AND at > now() - make_interval(mins => $5) LIMIT 1`,
    [subject.kind, subject.id, action, actorId, minutes],
  );
  return found.length > 0;
}

const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));
