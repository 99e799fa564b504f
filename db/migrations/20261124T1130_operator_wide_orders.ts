import type { Knex } from 'knex';

/** A work order about something that belongs to no community, such as money that names no order of ours: seen by who sees the whole operator. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('ALTER TABLE work_order ALTER COLUMN community_id DROP NOT NULL');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE work_order NO FORCE ROW LEVEL SECURITY;
    DELETE FROM work_order WHERE community_id IS NULL;
    ALTER TABLE work_order FORCE ROW LEVEL SECURITY;
    ALTER TABLE work_order ALTER COLUMN community_id SET NOT NULL;`);
}
