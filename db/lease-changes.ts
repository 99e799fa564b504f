import type { ChangeId, LeaseId } from '../domain/ids';
import type { Tx } from './tx';

export type ChangeStatus = 'requested' | 'confirmed' | 'applied' | 'refused' | 'withdrawn';

export type LeaseChangeRecord = {
  readonly id: ChangeId;
  readonly leaseId: LeaseId;
  readonly kind: string;
  readonly status: ChangeStatus;
  readonly requestedBy: string;
  readonly requestedAt: string;
  /** The change as the domain describes it. */
  readonly segment: unknown;
  /** The bills that it will bring, as shown before it was confirmed. */
  readonly dryRun: unknown;
  readonly decidedAt: string | null;
  readonly reason: string | null;
};

/** Stores a change once per id; a second call changes nothing and answers false. */
export async function insertChange(tx: Tx, change: Omit<LeaseChangeRecord, 'decidedAt' | 'reason'>): Promise<boolean> {
  const { id, leaseId, kind, status, requestedBy, requestedAt, segment, dryRun } = change;
  const inserted = await tx.query(
    `INSERT INTO lease_change (operator_id, id, lease_id, kind, status, requested_by, requested_at, segment, dry_run)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING id`,
    [
      tx.operatorId,
      id,
      leaseId,
      kind,
      status,
      requestedBy,
      requestedAt,
      JSON.stringify(segment),
      JSON.stringify(dryRun),
    ],
  );
  return inserted.length > 0;
}

/** A change is decided once; one that never was proposed (an early end) has no row to decide. */
export async function decideChange(
  tx: Tx,
  changeId: ChangeId,
  decision: { readonly status: Exclude<ChangeStatus, 'requested'>; readonly at: string; readonly reason?: string },
): Promise<void> {
  await tx.query(
    'UPDATE lease_change SET status = $2, decided_at = $3, reason = $4 WHERE id = $1 AND decided_at IS NULL',
    [changeId, decision.status, decision.at, decision.reason ?? null],
  );
}

export const changesOf = (tx: Tx, leaseId: LeaseId): Promise<readonly LeaseChangeRecord[]> =>
  tx.query(
    `SELECT id, lease_id AS "leaseId", kind, status, requested_by AS "requestedBy", requested_at AS "requestedAt", segment,
        dry_run AS "dryRun", decided_at AS "decidedAt", reason
      FROM lease_change WHERE lease_id = $1 ORDER BY requested_at, id`,
    [leaseId],
  );
