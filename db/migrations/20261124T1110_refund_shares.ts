import type { Knex } from 'knex';

/** The payments that a refund goes back to, decided once: a second try must ask the provider for exactly the same. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE refund ADD COLUMN shares jsonb;
    COMMENT ON COLUMN refund.shares IS '[{ paymentId, amountFen }]; what is missing to the amount is paid by a person';`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('ALTER TABLE refund DROP COLUMN shares');
}
