import type { Knex } from 'knex';
import { dropTables, isolate } from '../isolate';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE work_order (
      operator_id uuid NOT NULL,
      id uuid NOT NULL DEFAULT uuidv7(),
      key text NOT NULL,
      community_id uuid NOT NULL,
      room_id uuid,
      lease_id uuid,
      kind text NOT NULL CHECK (kind IN ('enforcement', 'refund', 'inspection', 'collection', 'workflow', 'repair')),
      status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'closed')),
      title text NOT NULL,
      opened_at timestamptz NOT NULL,
      closed_at timestamptz,
      result text,
      PRIMARY KEY (operator_id, id),
      UNIQUE (operator_id, key),
      FOREIGN KEY (operator_id, community_id) REFERENCES community,
      FOREIGN KEY (operator_id, room_id) REFERENCES room,
      FOREIGN KEY (operator_id, lease_id) REFERENCES lease,
      CHECK ((status = 'closed') = (closed_at IS NOT NULL))
    );
    CREATE INDEX work_order_by_community ON work_order (operator_id, community_id, status, id);
    CREATE INDEX work_order_by_lease ON work_order (operator_id, lease_id) WHERE lease_id IS NOT NULL;

    CREATE TABLE document (
      operator_id uuid NOT NULL,
      id uuid NOT NULL DEFAULT uuidv7(),
      lease_id uuid NOT NULL,
      key text NOT NULL,
      title text NOT NULL,
      mime text NOT NULL,
      bytes bytea NOT NULL,
      sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
      created_at timestamptz NOT NULL,
      PRIMARY KEY (operator_id, id),
      UNIQUE (operator_id, lease_id, key),
      FOREIGN KEY (operator_id, lease_id) REFERENCES lease
    );`);
  await isolate(knex, { work_order: 'keep', document: 'append' });
}

export async function down(knex: Knex): Promise<void> {
  await dropTables(knex, ['document', 'work_order']);
}
