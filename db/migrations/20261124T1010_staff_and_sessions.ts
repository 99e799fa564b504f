import type { Knex } from 'knex';
import { dropTables, isolate } from '../isolate';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE staff (
      operator_id uuid NOT NULL REFERENCES operator,
      id uuid NOT NULL DEFAULT uuidv7(),
      login text NOT NULL CHECK (login = lower(login) AND login <> ''),
      name text NOT NULL,
      password_hash text NOT NULL,
      totp_secret_enc text,
      failed_attempts integer NOT NULL DEFAULT 0,
      locked_until timestamptz,
      disabled_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (operator_id, id),
      UNIQUE (operator_id, login)
    );
    CREATE TABLE staff_role (
      operator_id uuid NOT NULL,
      staff_id uuid NOT NULL,
      role text NOT NULL CHECK (role IN ('operatorAdmin', 'communityManager', 'maintenance', 'finance', 'deviceOps', 'auditor',
        'enterpriseAdmin')),
      community_id uuid,
      UNIQUE NULLS NOT DISTINCT (operator_id, staff_id, role, community_id),
      FOREIGN KEY (operator_id, staff_id) REFERENCES staff,
      FOREIGN KEY (operator_id, community_id) REFERENCES community
    );
    COMMENT ON COLUMN staff_role.community_id IS 'null: in every community of the operator';
    CREATE TABLE session (
      operator_id uuid NOT NULL,
      token_hash text NOT NULL,
      subject_kind text NOT NULL CHECK (subject_kind IN ('staff', 'tenant')),
      subject_id uuid NOT NULL,
      csrf_token text NOT NULL,
      created_at timestamptz NOT NULL,
      last_seen_at timestamptz NOT NULL,
      expires_at timestamptz NOT NULL,
      user_agent text NOT NULL DEFAULT '',
      PRIMARY KEY (operator_id, token_hash),
      FOREIGN KEY (operator_id) REFERENCES operator
    );
    CREATE INDEX session_by_subject ON session (operator_id, subject_id);
    CREATE TABLE api_token (
      operator_id uuid NOT NULL REFERENCES operator,
      id uuid NOT NULL DEFAULT uuidv7(),
      token_hash text NOT NULL,
      name text NOT NULL,
      scopes text[] NOT NULL,
      created_by uuid NOT NULL,
      created_at timestamptz NOT NULL,
      expires_at timestamptz,
      revoked_at timestamptz,
      PRIMARY KEY (operator_id, id),
      UNIQUE (operator_id, token_hash),
      FOREIGN KEY (operator_id, created_by) REFERENCES staff (operator_id, id)
    );
    CREATE TABLE otp (
      phone_hash text NOT NULL,
      code_hash text NOT NULL,
      issued_at timestamptz NOT NULL,
      expires_at timestamptz NOT NULL,
      attempts integer NOT NULL DEFAULT 0,
      used_at timestamptz,
      PRIMARY KEY (phone_hash, issued_at)
    );
    COMMENT ON TABLE otp IS 'before the operator is known; reached only through otp_issue and otp_redeem';

    -- The only indexes that do not lead with the operator: look-ups that find out whose row it is.
    CREATE UNIQUE INDEX session_by_token ON session (token_hash);
    CREATE UNIQUE INDEX api_token_by_hash ON api_token (token_hash);
    CREATE INDEX staff_by_login ON staff (login);
    CREATE INDEX tenant_by_phone ON tenant (phone_hash) WHERE phone_hash IS NOT NULL;`);
  await isolate(knex, { staff: 'all', staff_role: 'all', session: 'all', api_token: 'keep' });
  await knex.raw('ALTER TABLE otp ENABLE ROW LEVEL SECURITY; ALTER TABLE otp FORCE ROW LEVEL SECURITY;');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP INDEX tenant_by_phone');
  await dropTables(knex, ['otp', 'api_token', 'session', 'staff_role', 'staff']);
}
