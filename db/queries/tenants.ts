import type { z } from 'zod';
import type * as http from '../../contract/http/tenants';
import type { TenantId } from '../../domain/ids';
import type { Tx } from '../tx';
import { keyset, type ListPage, like, type Scope } from './paging';

export type IdKind = NonNullable<z.output<typeof http.tenant>['idKind']>;

/** A tenant as stored: phone and ID number are ciphertext that only db/personal-data opens. */
export type StoredTenant = {
  readonly id: TenantId;
  readonly name: string;
  readonly phoneEnc: string | null;
  readonly idKind: IdKind | null;
  readonly idNumberEnc: string | null;
  readonly activeLeases: number;
};

const ACTIVE = `(SELECT count(*) FROM lease l WHERE l.tenant_id = tenant.id
  AND l.status NOT IN ('closed', 'expired', 'rejected', 'cancelled'))`;

/** Staff of single communities see tenants with a lease there, and those who have no lease yet: somebody has to sign them. */
const seenIn =
  (scope: Scope) =>
  (query: import('knex').Knex.QueryBuilder): void => {
    if (scope === null) return;
    query.whereRaw(
      `(EXISTS (SELECT FROM lease l WHERE l.tenant_id = tenant.id AND l.community_id = ANY(?::uuid[]))
        OR NOT EXISTS (SELECT FROM lease l WHERE l.tenant_id = tenant.id))`,
      [[...scope]],
    );
  };

const tenants = (knex: import('knex').Knex, scope: Scope): import('knex').Knex.QueryBuilder =>
  knex('tenant')
    .select('id', 'name', {
      phoneEnc: 'phone_enc',
      idKind: 'id_kind',
      idNumberEnc: 'id_number_enc',
      activeLeases: knex.raw(ACTIVE),
    })
    .modify(seenIn(scope));

export const listTenants = (
  tx: Tx,
  filter: { readonly scope: Scope; readonly name?: string | undefined; readonly phoneHash?: string | undefined },
  page: ListPage,
): Promise<StoredTenant[]> =>
  tx.run((knex) =>
    tenants(knex, filter.scope)
      .modify((query) => {
        if (filter.phoneHash) query.where({ phone_hash: filter.phoneHash });
        if (filter.name) query.whereILike('name', like(filter.name));
      })
      .modify(keyset(knex, ['name', 'id'], page)),
  );

export async function findTenant(tx: Tx, id: TenantId, scope: Scope): Promise<StoredTenant | undefined> {
  const [row] = await tx.run<StoredTenant>((knex) => tenants(knex, scope).where({ id }));
  return row;
}

/**
 * Whether staff of these communities answer for the tenant: one who lives there (with a lease or in one), or one without any lease whom
 * `actorId` or staff of the same communities registered. Seeing that a tenant exists takes less: somebody has to sign them.
 */
export async function belongsTo(
  tx: Tx,
  id: TenantId,
  { scope, actorId }: { readonly scope: Scope; readonly actorId: string },
): Promise<boolean> {
  if (scope === null) return true;
  const [row] = await tx.query<{ ours: boolean }>(
    `WITH theirs AS (
        SELECT l.community_id FROM lease l WHERE l.tenant_id = $1
        UNION ALL SELECT l.community_id FROM co_tenant c JOIN lease l ON l.operator_id = c.operator_id AND l.id = c.lease_id
          WHERE c.tenant_id = $1)
      SELECT EXISTS (SELECT FROM theirs WHERE community_id = ANY($2::uuid[])) OR (NOT EXISTS (SELECT FROM theirs) AND EXISTS (
        SELECT FROM audit_log a WHERE a.subject_kind = 'tenant' AND a.subject_id = $1::text AND a.action = 'tenant.create'
          AND (a.actor_id = $3 OR EXISTS (
            SELECT FROM staff_role r WHERE r.staff_id::text = a.actor_id AND r.community_id = ANY($2::uuid[]))))) AS ours`,
    [id, [...scope], actorId],
  );
  return row?.ours ?? false;
}

export type TenantFacts = {
  readonly name: string;
  readonly phoneEnc: string | null;
  readonly phoneHash: string | null;
  readonly idKind: IdKind | null;
  readonly idNumberEnc: string | null;
  readonly idNumberHash: string | null;
};

const values = (id: TenantId, facts: TenantFacts): unknown[] => [
  id,
  facts.name,
  facts.phoneEnc,
  facts.phoneHash,
  facts.idKind,
  facts.idNumberEnc,
  facts.idNumberHash,
];

export async function insertTenant(tx: Tx, id: TenantId, facts: TenantFacts): Promise<void> {
  await tx.query(
    `INSERT INTO tenant (id, name, phone_enc, phone_hash, id_kind, id_number_enc, id_number_hash, operator_id)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (operator_id, id) DO NOTHING`,
    [...values(id, facts), tx.operatorId],
  );
}

export async function updateTenant(tx: Tx, id: TenantId, facts: TenantFacts): Promise<void> {
  await tx.query(
    `UPDATE tenant SET name = $2, phone_enc = $3, phone_hash = $4, id_kind = $5, id_number_enc = $6, id_number_hash = $7
      WHERE id = $1`,
    values(id, facts),
  );
}
