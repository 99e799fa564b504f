import type { Knex } from 'knex';

/** A co-tenant who is known as a tenant is named as one: a person can live with one lease after another. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE co_tenant ADD COLUMN tenant_id uuid,
      ADD CONSTRAINT co_tenant_tenant FOREIGN KEY (operator_id, tenant_id) REFERENCES tenant;
    CREATE UNIQUE INDEX co_tenant_once ON co_tenant (operator_id, lease_id, tenant_id) WHERE until IS NULL;`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('ALTER TABLE co_tenant DROP COLUMN tenant_id');
}
