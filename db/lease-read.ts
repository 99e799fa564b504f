import type { OpenBill } from '../domain/bill';
import type { LeaseId } from '../domain/ids';
import { type Fen, fen } from '../domain/money';
import type { Tx } from './tx';

/** SQL of the open bills of lease $2 as OpenBill JSON, oldest due first. */
export const OPEN_BILLS = `(SELECT coalesce(json_agg(json_build_object('key', key, 'kind', kind, 'issueOn', issue_on, 'dueOn', due_on,
      'totalFen', total_fen, 'openFen', open_fen) ORDER BY due_on, key), '[]')
      FROM bill WHERE operator_id = $1 AND lease_id = $2 AND open_fen > 0)`;

/** SQL of the credit that lease $2 has. */
export const PREPAYMENT = `(SELECT coalesce(-sum(amount_fen), 0)
      FROM ledger_entry WHERE operator_id = $1 AND lease_id = $2 AND account = 'prepayment')`;

/** What the lease owes and holds. */
export async function balance(
  tx: Tx,
  leaseId: LeaseId,
): Promise<{ readonly open: readonly OpenBill[]; readonly prepaymentFen: Fen }> {
  const [row] = await tx.query<{ open: OpenBill[]; prepayment_fen: number }>(
    `SELECT ${OPEN_BILLS} AS open, ${PREPAYMENT} AS prepayment_fen`,
    [tx.operatorId, leaseId],
  );
  return { open: row?.open ?? [], prepaymentFen: fen(row?.prepayment_fen ?? 0) };
}
