import type { Knex } from 'knex';
import { dropTables, isolate } from '../isolate';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE lease (
      operator_id uuid NOT NULL,
      id uuid NOT NULL,
      number text NOT NULL CHECK (number <> ''),
      community_id uuid NOT NULL,
      room_id uuid NOT NULL,
      tenant_id uuid NOT NULL,
      status text NOT NULL CHECK (status IN ('signed', 'awaitingFirstPayment', 'awaitingApproval', 'awaitingSeal', 'effective',
        'ending', 'checkingOut', 'closed', 'expired', 'rejected', 'cancelled')),
      travelled_to timestamptz,
      enforcement text NOT NULL DEFAULT 'none' CHECK (enforcement IN ('none', 'awaitingConfirmation', 'restricted')),
      starts_on date NOT NULL,
      ends_on date NOT NULL CHECK (ends_on >= starts_on),
      during daterange GENERATED ALWAYS AS (daterange(starts_on, ends_on, '[]')) STORED,
      terms jsonb NOT NULL,
      policy jsonb NOT NULL,
      signed_at timestamptz NOT NULL,
      effective_at timestamptz,
      closed_at timestamptz,
      end_reason text CHECK (end_reason IN ('expiry', 'earlyByTenant', 'earlyByOperator', 'eviction')),
      source text NOT NULL DEFAULT 'signed' CHECK (source IN ('signed', 'imported')),
      PRIMARY KEY (operator_id, id),
      UNIQUE (operator_id, number),
      FOREIGN KEY (operator_id, community_id) REFERENCES community,
      FOREIGN KEY (operator_id, room_id) REFERENCES room,
      FOREIGN KEY (operator_id, tenant_id) REFERENCES tenant
    ) WITH (fillfactor = 70); -- rows change in place (HOT) as the lease moves on
    COMMENT ON COLUMN lease.travelled_to IS 'business clock of a lease that was carried forward in time; null: it lives in the present';
    CREATE INDEX lease_by_community ON lease (operator_id, community_id, status, id);
    CREATE INDEX lease_by_status ON lease (operator_id, status, id);
    CREATE INDEX lease_by_tenant ON lease (operator_id, tenant_id);
    CREATE INDEX lease_by_room ON lease (operator_id, room_id);

    CREATE TABLE co_tenant (
      operator_id uuid NOT NULL,
      id uuid NOT NULL DEFAULT uuidv7(),
      lease_id uuid NOT NULL,
      name text NOT NULL CHECK (name <> ''),
      phone_enc text,
      phone_hash text,
      id_kind text,
      id_number_enc text,
      id_number_hash text,
      since date NOT NULL,
      until date CHECK (until > since),
      PRIMARY KEY (operator_id, id),
      FOREIGN KEY (operator_id, lease_id) REFERENCES lease
    );
    CREATE INDEX co_tenant_by_lease ON co_tenant (operator_id, lease_id);

    CREATE TABLE lease_change (
      operator_id uuid NOT NULL,
      id uuid NOT NULL,
      lease_id uuid NOT NULL,
      kind text NOT NULL CHECK (kind IN ('renewal', 'amendment', 'transfer', 'suspension', 'resumption', 'termination')),
      status text NOT NULL CHECK (status IN ('requested', 'confirmed', 'applied', 'refused', 'withdrawn')),
      requested_by text NOT NULL,
      requested_at timestamptz NOT NULL,
      segment jsonb NOT NULL,
      dry_run jsonb NOT NULL,
      decided_at timestamptz,
      reason text,
      PRIMARY KEY (operator_id, id),
      FOREIGN KEY (operator_id, lease_id) REFERENCES lease
    );
    CREATE INDEX lease_change_by_lease ON lease_change (operator_id, lease_id, requested_at);

    CREATE TABLE lease_event (
      operator_id uuid NOT NULL,
      lease_id uuid NOT NULL,
      dedupe_key text NOT NULL,
      seq bigint GENERATED ALWAYS AS IDENTITY,
      at timestamptz NOT NULL,
      kind text NOT NULL,
      data jsonb NOT NULL DEFAULT '{}',
      PRIMARY KEY (operator_id, lease_id, dedupe_key),
      FOREIGN KEY (operator_id, lease_id) REFERENCES lease
    );
    COMMENT ON COLUMN lease_event.at IS 'business time: the workflow''s clock, not the wall clock';`);
  await isolate(knex, { lease: 'keep', co_tenant: 'all', lease_change: 'keep', lease_event: 'append' });
}

export async function down(knex: Knex): Promise<void> {
  await dropTables(knex, ['lease_event', 'lease_change', 'co_tenant', 'lease']);
}
