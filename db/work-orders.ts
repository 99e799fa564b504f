import type { CommunityId, Id, LeaseId, RoomId } from '../domain/ids';
import type { Tx } from './tx';

export type WorkOrderId = Id<'workOrder'>;

export type NewWorkOrder = {
  /** Business key, unique per operator: the same order is opened once. */
  readonly key: string;
  /** null: of the whole operator, seen by who sees all communities. */
  readonly communityId: CommunityId | null;
  readonly leaseId: LeaseId | null;
  readonly roomId: RoomId | null;
  readonly kind: 'enforcement' | 'refund' | 'inspection' | 'collection' | 'workflow' | 'payment' | 'repair' | 'other';
  readonly title: string;
  readonly at: string;
};

export async function openWorkOrder(tx: Tx, order: NewWorkOrder): Promise<void> {
  const { key, communityId, leaseId, roomId, kind, title, at } = order;
  await tx.query(
    `INSERT INTO work_order (operator_id, key, community_id, lease_id, room_id, kind, title, opened_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (operator_id, key) DO NOTHING`,
    [tx.operatorId, key, communityId, leaseId, roomId, kind, title, at],
  );
}

/** False when it is not there or closed already. */
export async function closeWorkOrder(tx: Tx, id: WorkOrderId, at: string, result: string): Promise<boolean> {
  const closed = await tx.query(
    `UPDATE work_order SET status = 'closed', closed_at = $2, result = $3 WHERE id = $1 AND status = 'open' RETURNING id`,
    [id, at, result],
  );
  return closed.length > 0;
}
