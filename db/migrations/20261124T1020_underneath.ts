import type { Knex } from 'knex';
import { dropTables, isolate, refuseChanges } from '../isolate';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE audit_log (
      operator_id uuid NOT NULL REFERENCES operator,
      id uuid NOT NULL DEFAULT uuidv7(),
      at timestamptz NOT NULL DEFAULT now(),
      actor_kind text NOT NULL CHECK (actor_kind IN ('staff', 'tenant', 'token', 'system')),
      actor_id text,
      actor_name text,
      action text NOT NULL,
      subject_kind text NOT NULL,
      subject_id text NOT NULL,
      before jsonb,
      after jsonb,
      reason text,
      PRIMARY KEY (operator_id, id)
    );
    COMMENT ON COLUMN audit_log.at IS 'wall clock: the audit says when somebody did it, whatever day the lease lives in';
    CREATE INDEX audit_log_by_subject ON audit_log (operator_id, subject_kind, subject_id, id);

    CREATE TABLE outbox (
      operator_id uuid NOT NULL REFERENCES operator,
      id uuid NOT NULL DEFAULT uuidv7(),
      key text NOT NULL,
      topic text NOT NULL,
      payload jsonb NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      attempts integer NOT NULL DEFAULT 0,
      next_attempt_at timestamptz NOT NULL DEFAULT now(),
      last_error text,
      delivered_at timestamptz,
      PRIMARY KEY (operator_id, id),
      UNIQUE (operator_id, key)
    );
    CREATE INDEX outbox_due ON outbox (operator_id, next_attempt_at) WHERE delivered_at IS NULL;

    CREATE TABLE idempotency_key (
      operator_id uuid NOT NULL REFERENCES operator,
      actor text NOT NULL,
      key text NOT NULL,
      request_hash text NOT NULL,
      status integer,
      response jsonb,
      created_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (operator_id, actor, key)
    );
    COMMENT ON COLUMN idempotency_key.status IS 'HTTP status of the first answer; null while the first request is still running';

    CREATE TABLE import_run (
      operator_id uuid NOT NULL REFERENCES operator,
      id uuid NOT NULL DEFAULT uuidv7(),
      file_name text NOT NULL,
      sha256 text NOT NULL,
      dry_run boolean NOT NULL,
      started_by text NOT NULL,
      started_at timestamptz NOT NULL DEFAULT now(),
      finished_at timestamptz,
      report jsonb,
      PRIMARY KEY (operator_id, id)
    );`);
  await isolate(knex, { audit_log: 'append', outbox: 'append', idempotency_key: 'all', import_run: 'keep' });
  await refuseChanges(knex, ['audit_log']);
  await knex.raw(`
    CREATE POLICY relay ON outbox TO apartment_relay USING (true) WITH CHECK (true);
    GRANT SELECT, DELETE, UPDATE (attempts, next_attempt_at, last_error, delivered_at) ON outbox TO apartment_relay;`);
}

export async function down(knex: Knex): Promise<void> {
  await dropTables(knex, ['import_run', 'idempotency_key', 'outbox', 'audit_log']);
}
