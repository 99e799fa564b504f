import type { Knex } from 'knex';
import { dropTables, isolate } from '../isolate';

/** A price of a room wins over one of its room type; two prices for the same thing on the same day are refused. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE price (
      operator_id uuid NOT NULL,
      id uuid NOT NULL DEFAULT uuidv7(),
      community_id uuid NOT NULL,
      room_type_id uuid,
      room_id uuid,
      min_months integer NOT NULL DEFAULT 0 CHECK (min_months >= 0),
      max_months integer CHECK (max_months >= min_months),
      cycle text NOT NULL CHECK (cycle IN ('1', '2', '3', '6', '12', 'wholeTerm')),
      basis text NOT NULL DEFAULT 'perMonth' CHECK (basis IN ('perMonth', 'perDay')),
      rate_fen bigint NOT NULL CHECK (rate_fen >= 0),
      valid_from date NOT NULL,
      valid_until date CHECK (valid_until > valid_from),
      deposit_months double precision NOT NULL DEFAULT 1 CHECK (deposit_months BETWEEN 0 AND 24),
      tax_basis_points integer NOT NULL DEFAULT 0 CHECK (tax_basis_points BETWEEN 0 AND 9999),
      discounts jsonb NOT NULL DEFAULT '[]',
      escalation jsonb NOT NULL DEFAULT '{"kind": "none"}',
      fees jsonb NOT NULL DEFAULT '[]',
      PRIMARY KEY (operator_id, id),
      CHECK (num_nonnulls(room_type_id, room_id) = 1),
      FOREIGN KEY (operator_id, community_id) REFERENCES community,
      FOREIGN KEY (operator_id, room_type_id) REFERENCES room_type,
      FOREIGN KEY (operator_id, room_id) REFERENCES room,
      CONSTRAINT price_once EXCLUDE USING gist (
        operator_id WITH =, (coalesce(room_id, room_type_id)) WITH =, cycle WITH =, basis WITH =,
        int4range(min_months, max_months, '[]') WITH &&, daterange(valid_from, valid_until) WITH &&)
    );
    COMMENT ON COLUMN price.min_months IS 'lease length in whole months, inclusive; max_months null: no upper bound';
    CREATE INDEX price_by_community ON price (operator_id, community_id, valid_from);`);
  await isolate(knex, { price: 'all' });
}

export async function down(knex: Knex): Promise<void> {
  await dropTables(knex, ['price']);
}
