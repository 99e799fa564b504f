import type { Knex } from 'knex';
import { dropTables, isolate } from '../isolate';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE operator (
      operator_id uuid PRIMARY KEY,
      name text NOT NULL CHECK (name <> ''),
      policy jsonb NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now()
    );
    COMMENT ON COLUMN operator.policy IS 'LeasePolicy that new leases freeze; a community may override it';

    CREATE TABLE working_day_override (
      operator_id uuid NOT NULL REFERENCES operator,
      day date NOT NULL,
      is_working boolean NOT NULL,
      reason text NOT NULL,
      PRIMARY KEY (operator_id, day)
    );`);
  await isolate(knex, { operator: 'keep', working_day_override: 'all' });
}

export async function down(knex: Knex): Promise<void> {
  await dropTables(knex, ['working_day_override', 'operator']);
}
