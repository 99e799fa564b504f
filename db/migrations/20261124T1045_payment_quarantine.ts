import type { Knex } from 'knex';
import { dropTables, isolate } from '../isolate';

/** A provider's word that does not fit our books is kept, and stays out of the ledger until a person has looked at it. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE payment_quarantine (
      operator_id uuid NOT NULL REFERENCES operator,
      channel text NOT NULL,
      provider_number text NOT NULL CHECK (provider_number <> ''),
      order_number text NOT NULL,
      amount_fen bigint NOT NULL CHECK (amount_fen > 0),
      paid_at timestamptz NOT NULL,
      why text NOT NULL CHECK (why IN ('unknownOrder', 'amountDiffers')),
      received_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (operator_id, channel, provider_number)
    );`);
  await isolate(knex, { payment_quarantine: 'append' });
}

export async function down(knex: Knex): Promise<void> {
  await dropTables(knex, ['payment_quarantine']);
}
