import type { LeaseId } from '../../domain/ids';
import type { Tx } from '../tx';

const WORKFLOW = /^(lease|refund|payment)\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** The lease that each of these workflows is about; workflows of other operators, and of other kinds, are not in the answer. */
export async function leasesOfWorkflows(tx: Tx, workflowIds: readonly string[]): Promise<ReadonlyMap<string, LeaseId>> {
  const ids = workflowIds.flatMap((workflowId) => WORKFLOW.exec(workflowId)?.[2] ?? []);
  if (ids.length === 0) return new Map();
  const rows = await tx.query<{ readonly workflow: string; readonly lease: LeaseId }>(
    `SELECT 'lease/' || id AS workflow, id AS lease FROM lease WHERE id = ANY ($1::uuid[])
      UNION ALL SELECT 'refund/' || id, lease_id FROM refund WHERE id = ANY ($1::uuid[])
      UNION ALL SELECT 'payment/' || id, lease_id FROM cashier_order WHERE id = ANY ($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map(({ workflow, lease }) => [workflow, lease]));
}
