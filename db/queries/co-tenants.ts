import type { LocalDate } from '../../domain/calendar';
import type { LeaseId, TenantId } from '../../domain/ids';
import type { Tx } from '../tx';

/**
 * Makes the people who live there beside the tenant those of `tenantIds` from `since` on. Whoever stays keeps their row; who was added on
 * that very day and leaves again was never there. A second call changes nothing.
 */
export async function replaceCoTenants(
  tx: Tx,
  leaseId: LeaseId,
  tenantIds: readonly TenantId[],
  since: LocalDate,
): Promise<void> {
  const leaving = 'lease_id = $1 AND until IS NULL AND NOT coalesce(tenant_id = ANY($2::uuid[]), false)';
  await tx.query(`DELETE FROM co_tenant WHERE ${leaving} AND since >= $3::date`, [leaseId, tenantIds, since]);
  await tx.query(`UPDATE co_tenant SET until = $3 WHERE ${leaving}`, [leaseId, tenantIds, since]);
  await tx.query(
    `INSERT INTO co_tenant (operator_id, lease_id, tenant_id, name, phone_enc, phone_hash, id_kind, id_number_enc, id_number_hash, since)
      SELECT $1, $2, t.id, t.name, t.phone_enc, t.phone_hash, t.id_kind, t.id_number_enc, t.id_number_hash, $4
        FROM tenant t WHERE t.id = ANY($3::uuid[])
      ON CONFLICT (operator_id, lease_id, tenant_id) WHERE until IS NULL DO NOTHING`,
    [tx.operatorId, leaseId, tenantIds, since],
  );
}

/** Who lives there beside the tenant. */
export async function coTenantsOf(tx: Tx, leaseId: LeaseId): Promise<readonly TenantId[]> {
  const rows = await tx.query<{ id: TenantId }>(
    'SELECT tenant_id AS id FROM co_tenant WHERE lease_id = $1 AND until IS NULL ORDER BY since, id',
    [leaseId],
  );
  return rows.map(({ id }) => id);
}
