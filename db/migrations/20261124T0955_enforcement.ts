import type { Knex } from 'knex';
import { dropTables, isolate } from '../isolate';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE notice (
      operator_id uuid NOT NULL REFERENCES operator,
      id uuid NOT NULL DEFAULT uuidv7(),
      lease_id uuid,
      community_id uuid,
      audience text NOT NULL CHECK (audience IN ('tenant', 'staff')),
      tenant_id uuid,
      dedupe_key text NOT NULL,
      template text NOT NULL,
      title text NOT NULL,
      text text NOT NULL,
      served_at timestamptz NOT NULL,
      read_at timestamptz,
      PRIMARY KEY (operator_id, id),
      UNIQUE NULLS NOT DISTINCT (operator_id, lease_id, dedupe_key),
      FOREIGN KEY (operator_id, lease_id) REFERENCES lease,
      FOREIGN KEY (operator_id, tenant_id) REFERENCES tenant,
      CHECK (audience = 'staff' OR tenant_id IS NOT NULL)
    );
    CREATE INDEX notice_by_tenant ON notice (operator_id, tenant_id, served_at) WHERE tenant_id IS NOT NULL;
    CREATE INDEX notice_by_staff ON notice (operator_id, community_id, served_at) WHERE audience = 'staff';

    CREATE TABLE enforcement_case (
      operator_id uuid NOT NULL,
      id uuid NOT NULL DEFAULT uuidv7(),
      lease_id uuid NOT NULL,
      room_id uuid NOT NULL,
      key text NOT NULL,
      state text NOT NULL CHECK (state IN ('awaitingConfirmation', 'restricted', 'released', 'dismissed')),
      arrears_fen bigint NOT NULL CHECK (arrears_fen >= 0),
      evidence jsonb NOT NULL,
      opened_at timestamptz NOT NULL,
      decided_by text,
      decided_at timestamptz,
      released_at timestamptz,
      release_reason text,
      PRIMARY KEY (operator_id, id),
      UNIQUE (operator_id, lease_id, key),
      FOREIGN KEY (operator_id, lease_id) REFERENCES lease,
      FOREIGN KEY (operator_id, room_id) REFERENCES room
    );
    CREATE UNIQUE INDEX enforcement_case_open ON enforcement_case (operator_id, lease_id)
      WHERE state IN ('awaitingConfirmation', 'restricted');

    CREATE TABLE exemption (
      operator_id uuid NOT NULL,
      id uuid NOT NULL DEFAULT uuidv7(),
      lease_id uuid NOT NULL,
      reason text NOT NULL CHECK (reason <> ''),
      until_day date,
      granted_by text NOT NULL,
      granted_at timestamptz NOT NULL,
      PRIMARY KEY (operator_id, id),
      UNIQUE (operator_id, lease_id, granted_at),
      FOREIGN KEY (operator_id, lease_id) REFERENCES lease
    );
    COMMENT ON COLUMN exemption.until_day IS 'inclusive; null without end';

    CREATE TABLE promise (
      operator_id uuid NOT NULL,
      id uuid NOT NULL DEFAULT uuidv7(),
      lease_id uuid NOT NULL,
      until_day date NOT NULL,
      amount_fen bigint NOT NULL CHECK (amount_fen > 0),
      agreed_by text NOT NULL,
      agreed_at timestamptz NOT NULL,
      PRIMARY KEY (operator_id, id),
      UNIQUE (operator_id, lease_id, until_day),
      FOREIGN KEY (operator_id, lease_id) REFERENCES lease
    );
    COMMENT ON TABLE promise IS 'an instalment promised by its day, inclusive; kept when that much was paid since agreed_at';

    CREATE TABLE waiver (
      operator_id uuid NOT NULL,
      id uuid NOT NULL DEFAULT uuidv7(),
      lease_id uuid NOT NULL,
      bill_id uuid NOT NULL,
      key text NOT NULL,
      amount_fen bigint NOT NULL CHECK (amount_fen > 0),
      reason text NOT NULL CHECK (reason <> ''),
      granted_by text NOT NULL,
      granted_at timestamptz NOT NULL,
      PRIMARY KEY (operator_id, id),
      UNIQUE (operator_id, lease_id, key),
      FOREIGN KEY (operator_id, lease_id) REFERENCES lease,
      FOREIGN KEY (operator_id, bill_id) REFERENCES bill
    );`);
  await isolate(knex, {
    notice: 'append',
    enforcement_case: 'keep',
    exemption: 'all',
    promise: 'all',
    waiver: 'append',
  });
  await knex.raw('GRANT UPDATE (read_at) ON notice TO apartment_app');
}

export async function down(knex: Knex): Promise<void> {
  await dropTables(knex, ['waiver', 'promise', 'exemption', 'enforcement_case', 'notice']);
}
