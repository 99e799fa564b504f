import type { Knex } from 'knex';
import { dropTables, isolate } from '../isolate';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE community (
      operator_id uuid NOT NULL REFERENCES operator,
      id uuid NOT NULL DEFAULT uuidv7(),
      code text NOT NULL CHECK (code <> ''),
      name text NOT NULL CHECK (name <> ''),
      city text,
      address text,
      policy jsonb,
      created_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (operator_id, id),
      UNIQUE (operator_id, code)
    );
    CREATE TABLE building (
      operator_id uuid NOT NULL,
      id uuid NOT NULL DEFAULT uuidv7(),
      community_id uuid NOT NULL,
      code text NOT NULL CHECK (code <> ''),
      name text NOT NULL CHECK (name <> ''),
      PRIMARY KEY (operator_id, id),
      UNIQUE (operator_id, community_id, code),
      FOREIGN KEY (operator_id, community_id) REFERENCES community
    );
    CREATE TABLE room_type (
      operator_id uuid NOT NULL,
      id uuid NOT NULL DEFAULT uuidv7(),
      community_id uuid NOT NULL,
      code text NOT NULL CHECK (code <> ''),
      name text NOT NULL CHECK (name <> ''),
      PRIMARY KEY (operator_id, id),
      UNIQUE (operator_id, community_id, code),
      FOREIGN KEY (operator_id, community_id) REFERENCES community
    );
    CREATE TABLE room (
      operator_id uuid NOT NULL,
      id uuid NOT NULL DEFAULT uuidv7(),
      community_id uuid NOT NULL,
      building_id uuid NOT NULL,
      room_type_id uuid,
      code text NOT NULL CHECK (code <> ''),
      floor integer,
      area_cm2 bigint CHECK (area_cm2 > 0),
      orientation text,
      facilities text[] NOT NULL DEFAULT '{}',
      on_sale boolean NOT NULL DEFAULT true,
      PRIMARY KEY (operator_id, id),
      UNIQUE (operator_id, building_id, code),
      FOREIGN KEY (operator_id, community_id) REFERENCES community,
      FOREIGN KEY (operator_id, building_id) REFERENCES building,
      FOREIGN KEY (operator_id, room_type_id) REFERENCES room_type
    );
    CREATE INDEX room_by_community ON room (operator_id, community_id, id);`);
  await isolate(knex, { community: 'all', building: 'all', room_type: 'all', room: 'all' });
}

export async function down(knex: Knex): Promise<void> {
  await dropTables(knex, ['room', 'room_type', 'building', 'community']);
}
