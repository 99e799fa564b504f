import type { LeaseId, RefundId } from '../domain/ids';
import type { Fen } from '../domain/money';
import { DbRefusal } from './refusal';
import type { Tx } from './tx';

export type RefundStatus = 'requested' | 'sent' | 'done' | 'failed';

/** What may follow what; `failed` can be sent again, `done` is the provider's last word. */
const NEXT: Record<RefundStatus, readonly RefundStatus[]> = {
  requested: ['sent', 'done', 'failed'],
  sent: ['done', 'failed'],
  failed: ['sent'],
  done: [],
};

export type Refund = {
  readonly id: RefundId;
  readonly leaseId: LeaseId;
  readonly amountFen: Fen;
  readonly reason: string;
  readonly status: RefundStatus;
  readonly providerNumber: string | null;
  readonly failure: string | null;
};

const COLUMNS = `id, lease_id AS "leaseId", amount_fen AS "amountFen", reason, status, provider_number AS "providerNumber", failure`;

/** Money to send back, once per business key. Answers the refund that the key has, new or old. */
export async function requestRefund(
  tx: Tx,
  refund: {
    readonly leaseId: LeaseId;
    readonly key: string;
    readonly amountFen: Fen;
    readonly reason: string;
    readonly at: string;
  },
): Promise<Refund & { readonly isNew: boolean }> {
  const [inserted] = await tx.query<Refund>(
    `INSERT INTO refund (operator_id, lease_id, key, amount_fen, reason, requested_at) VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (operator_id, lease_id, key) DO NOTHING RETURNING ${COLUMNS}`,
    [tx.operatorId, refund.leaseId, refund.key, refund.amountFen, refund.reason, refund.at],
  );
  if (inserted) return { ...inserted, isNew: true };
  const [first] = await tx.query<Refund>(`SELECT ${COLUMNS} FROM refund WHERE lease_id = $1 AND key = $2`, [
    refund.leaseId,
    refund.key,
  ]);
  if (!first) throw new DbRefusal('RefundNotFound', `refund ${refund.key} is neither new nor stored`);
  return { ...first, isNew: false };
}

/**
 * Moves a refund on; there already, nothing happens and false is answered.
 * @throws DbRefusal RefundNotFound | RefundStatusChanged
 */
export async function moveRefund(
  tx: Tx,
  refundId: RefundId,
  move: {
    readonly to: Exclude<RefundStatus, 'requested'>;
    readonly at: string;
    readonly providerNumber?: string;
    readonly failure?: string;
  },
): Promise<boolean> {
  const [now] = await tx.query<Refund>(`SELECT ${COLUMNS} FROM refund WHERE id = $1 FOR UPDATE`, [refundId]);
  if (!now) throw new DbRefusal('RefundNotFound', `no refund ${refundId}`);
  if (now.status === move.to) return false;
  if (!NEXT[now.status].includes(move.to)) {
    throw new DbRefusal('RefundStatusChanged', `refund ${refundId} is ${now.status} and cannot become ${move.to}`);
  }
  await tx.query(
    `UPDATE refund SET status = $2, provider_number = coalesce($4, provider_number), failure = $5,
        sent_at = CASE WHEN $2 = 'sent' THEN $3::timestamptz ELSE sent_at END,
        finished_at = CASE WHEN $2 IN ('done', 'failed') THEN $3::timestamptz END
      WHERE id = $1`,
    [refundId, move.to, move.at, move.providerNumber ?? null, move.failure ?? null],
  );
  return true;
}

export const refundsOf = (tx: Tx, leaseId: LeaseId): Promise<readonly Refund[]> =>
  tx.query(`SELECT ${COLUMNS} FROM refund WHERE lease_id = $1 ORDER BY requested_at, id`, [leaseId]);
