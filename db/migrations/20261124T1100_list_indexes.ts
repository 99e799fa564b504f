import type { Knex } from 'knex';

/** Lists are planned once for all filter values, so a filter's column has to lead its own index; counts read indexes alone. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    DROP INDEX notice_by_staff;
    CREATE INDEX notice_by_staff ON notice (operator_id, audience, community_id, served_at);
    CREATE INDEX lease_by_enforcement ON lease (operator_id, enforcement, id);
    DROP INDEX room_by_community;
    CREATE INDEX room_by_community ON room (operator_id, community_id, id) INCLUDE (on_sale);
    DROP INDEX lease_by_community;
    CREATE INDEX lease_by_community ON lease (operator_id, community_id, status, id) INCLUDE (enforcement);`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    DROP INDEX lease_by_community;
    CREATE INDEX lease_by_community ON lease (operator_id, community_id, status, id);
    DROP INDEX room_by_community;
    CREATE INDEX room_by_community ON room (operator_id, community_id, id);
    DROP INDEX lease_by_enforcement;
    DROP INDEX notice_by_staff;
    CREATE INDEX notice_by_staff ON notice (operator_id, community_id, served_at) WHERE audience = 'staff';`);
}
