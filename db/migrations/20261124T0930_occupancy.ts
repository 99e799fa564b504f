import type { Knex } from 'knex';
import { dropTables, isolate } from '../isolate';

/** One row per stretch that a lease keeps a room from everyone else; the database itself refuses an overlap. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE lease_occupancy (
      operator_id uuid NOT NULL,
      lease_id uuid NOT NULL,
      room_id uuid NOT NULL,
      during daterange NOT NULL CHECK (NOT isempty(during) AND NOT lower_inf(during)),
      PRIMARY KEY (operator_id, lease_id, during),
      FOREIGN KEY (operator_id, lease_id) REFERENCES lease,
      FOREIGN KEY (operator_id, room_id) REFERENCES room,
      CONSTRAINT no_room_twice EXCLUDE USING gist (operator_id WITH =, room_id WITH =, during WITH &&),
      CONSTRAINT one_room_at_a_time EXCLUDE USING gist (operator_id WITH =, lease_id WITH =, during WITH &&)
    );`);
  await isolate(knex, { lease_occupancy: 'all' });
}

export async function down(knex: Knex): Promise<void> {
  await dropTables(knex, ['lease_occupancy']);
}
