import type { Knex } from 'knex';

const FUNCTIONS = {
  'find_session(hash text)': `
    RETURNS TABLE (operator_id uuid, token_hash text, subject_kind text, subject_id uuid, csrf_token text, created_at timestamptz,
      last_seen_at timestamptz, expires_at timestamptz) STABLE AS $$
      SELECT s.operator_id, s.token_hash, s.subject_kind, s.subject_id, s.csrf_token, s.created_at, s.last_seen_at, s.expires_at
        FROM session s WHERE s.token_hash = hash $$`,
  'find_staff_by_login(wanted text)': `
    RETURNS TABLE (operator_id uuid, operator_name text, id uuid, password_hash text, totp_secret_enc text, failed_attempts integer,
      locked_until timestamptz, disabled_at timestamptz) STABLE AS $$
      SELECT s.operator_id, o.name, s.id, s.password_hash, s.totp_secret_enc, s.failed_attempts, s.locked_until, s.disabled_at
        FROM staff s JOIN operator o USING (operator_id) WHERE s.login = lower(wanted) $$`,
  'find_tenants_by_phone_hash(hash text)': `
    RETURNS TABLE (operator_id uuid, operator_name text, id uuid) STABLE AS $$
      SELECT t.operator_id, o.name, t.id FROM tenant t JOIN operator o USING (operator_id) WHERE t.phone_hash = hash $$`,
  'find_api_token(hash text)': `
    RETURNS TABLE (operator_id uuid, id uuid, scopes text[], created_by uuid, expires_at timestamptz, revoked_at timestamptz)
      STABLE AS $$
      SELECT a.operator_id, a.id, a.scopes, a.created_by, a.expires_at, a.revoked_at FROM api_token a WHERE a.token_hash = hash $$`,
  'list_operators()': `
    RETURNS TABLE (operator_id uuid, name text) STABLE AS $$
      SELECT o.operator_id, o.name FROM operator o ORDER BY o.created_at, o.operator_id $$`,
  'otp_issue(hash text, code text, now_at timestamptz, lives interval, max_per_hour integer)': `
    RETURNS boolean AS $$
      WITH lock AS MATERIALIZED (SELECT pg_advisory_xact_lock(hashtextextended(hash, 1))),
      issued AS (
        INSERT INTO otp (phone_hash, code_hash, issued_at, expires_at) SELECT hash, code, now_at, now_at + lives FROM lock
          WHERE (SELECT count(*) FROM otp o WHERE o.phone_hash = hash AND o.issued_at > now_at - interval '1 hour') < max_per_hour
        ON CONFLICT DO NOTHING RETURNING 1)
      SELECT EXISTS (SELECT FROM issued) $$`,
  'otp_redeem(hash text, code text, now_at timestamptz, max_attempts integer)': `
    RETURNS boolean AS $$
      WITH newest AS (
        SELECT o.phone_hash, o.issued_at FROM otp o WHERE o.phone_hash = hash ORDER BY o.issued_at DESC LIMIT 1 FOR UPDATE),
      tried AS (
        UPDATE otp o SET attempts = o.attempts + 1, used_at = CASE WHEN o.code_hash = code THEN now_at END FROM newest n
          WHERE o.phone_hash = n.phone_hash AND o.issued_at = n.issued_at
            AND o.used_at IS NULL AND o.expires_at > now_at AND o.attempts < max_attempts
        RETURNING o.used_at)
      SELECT coalesce((SELECT used_at IS NOT NULL FROM tried), false) $$`,
} as const;

const bare = (signature: string): string => signature.replace(/(\w+) (\w+)(?=[,)])/g, '$2');

/**
 * What must be found before the operator is known. The functions run as a role that may read these tables of all operators and
 * write one-time codes, and answer only to an exact hash or login.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    GRANT CREATE ON SCHEMA public TO apartment_lookup;
    GRANT SELECT ON session, staff, tenant, api_token, operator TO apartment_lookup;
    GRANT SELECT, INSERT, UPDATE ON otp TO apartment_lookup;
    CREATE POLICY lookup ON otp TO apartment_lookup USING (true) WITH CHECK (true);`);
  for (const table of ['session', 'staff', 'tenant', 'api_token', 'operator']) {
    await knex.raw(`CREATE POLICY lookup ON ${table} FOR SELECT TO apartment_lookup USING (true)`);
  }
  for (const [signature, rest] of Object.entries(FUNCTIONS)) {
    const [returns = '', body = ''] = rest.split(/ AS (?=\$\$)/);
    await knex.raw(`
      CREATE FUNCTION ${signature} ${returns} LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS ${body};
      REVOKE EXECUTE ON FUNCTION ${bare(signature)} FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION ${bare(signature)} TO apartment_app;
      ALTER FUNCTION ${bare(signature)} OWNER TO apartment_lookup;`);
  }
  await knex.raw('REVOKE CREATE ON SCHEMA public FROM apartment_lookup');
}

export async function down(knex: Knex): Promise<void> {
  for (const signature of Object.keys(FUNCTIONS)) await knex.raw(`DROP FUNCTION ${bare(signature)}`);
  for (const table of ['otp', 'session', 'staff', 'tenant', 'api_token', 'operator']) {
    await knex.raw(`DROP POLICY lookup ON ${table}; REVOKE ALL ON ${table} FROM apartment_lookup;`);
  }
}
