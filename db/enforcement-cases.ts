import type { LeaseId, RoomId } from '../domain/ids';
import type { Fen } from '../domain/money';
import type { Tx } from './tx';

/** One lock-out from its cause to its release, with what proves that it was allowed. */
export type EnforcementCase = {
  readonly leaseId: LeaseId;
  readonly roomId: RoomId;
  readonly state: 'awaitingConfirmation' | 'restricted';
  readonly arrearsFen: Fen;
  /** Bills, notices served, receipts. */
  readonly evidence: object;
  readonly at: string;
  readonly by: string | null;
};

/** Opens the lease's case, or moves the open one from asking to restricted. A repeated call changes nothing. */
export async function openCase(tx: Tx, item: EnforcementCase): Promise<void> {
  const { leaseId, roomId, state, arrearsFen, evidence, at, by } = item;
  await tx.query(
    `INSERT INTO enforcement_case (operator_id, lease_id, room_id, key, state, arrears_fen, evidence, opened_at, decided_by, decided_at)
      VALUES ($1, $2, $3, 'case/' || to_char($7::timestamptz AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), $4, $5, $6, $7, $8,
        CASE WHEN $4 = 'restricted' THEN $7::timestamptz END)
      ON CONFLICT (operator_id, lease_id) WHERE state IN ('awaitingConfirmation', 'restricted') DO UPDATE
        SET state = excluded.state, evidence = excluded.evidence, decided_by = excluded.decided_by, decided_at = excluded.decided_at
        WHERE enforcement_case.state = 'awaitingConfirmation' AND excluded.state = 'restricted'`,
    [tx.operatorId, leaseId, roomId, state, arrearsFen, JSON.stringify(evidence), at, by],
  );
}

/** Ends the open case: given back (`released`), or never locked (`dismissed`). Without an open case nothing happens. */
export async function closeCase(tx: Tx, leaseId: LeaseId, at: string, reason: string): Promise<void> {
  await tx.query(
    `UPDATE enforcement_case SET state = CASE state WHEN 'restricted' THEN 'released' ELSE 'dismissed' END,
        released_at = $2, release_reason = $3
      WHERE lease_id = $1 AND state IN ('awaitingConfirmation', 'restricted')`,
    [leaseId, at, reason],
  );
}

export type StoredCase = {
  readonly id: string;
  readonly state: 'awaitingConfirmation' | 'restricted' | 'released' | 'dismissed';
  readonly roomId: RoomId;
  readonly arrearsFen: Fen;
  readonly evidence: unknown;
  readonly openedAt: string;
  readonly decidedBy: string | null;
  readonly releasedAt: string | null;
  readonly releaseReason: string | null;
};

export const casesOf = (tx: Tx, leaseId: LeaseId): Promise<readonly StoredCase[]> =>
  tx.query(
    `SELECT id, state, room_id AS "roomId", arrears_fen AS "arrearsFen", evidence, opened_at AS "openedAt", decided_by AS "decidedBy",
        released_at AS "releasedAt", release_reason AS "releaseReason"
      FROM enforcement_case WHERE lease_id = $1 ORDER BY opened_at`,
    [leaseId],
  );
