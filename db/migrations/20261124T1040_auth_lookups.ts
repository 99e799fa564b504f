import type { Knex } from 'knex';

const FUNCTIONS = {
  'find_actor(text)': `
    CREATE FUNCTION find_actor(hash text)
    RETURNS TABLE (operator_id uuid, operator_name text, subject_kind text, subject_id uuid, name text, disabled boolean,
      totp_enrolled boolean, roles jsonb, csrf_token text, last_seen_at timestamptz, expires_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
      SELECT s.operator_id, o.name, s.subject_kind, s.subject_id, coalesce(st.name, t.name),
        st.disabled_at IS NOT NULL OR (st.id IS NULL AND t.id IS NULL), st.totp_secret_enc IS NOT NULL,
        coalesce((SELECT jsonb_agg(jsonb_build_object('role', r.role, 'communityId', r.community_id) ORDER BY r.role, r.community_id)
          FROM staff_role r WHERE r.operator_id = s.operator_id AND r.staff_id = st.id), '[]'),
        s.csrf_token, s.last_seen_at, s.expires_at
      FROM session s
      JOIN operator o ON o.operator_id = s.operator_id
      LEFT JOIN staff st ON s.subject_kind = 'staff' AND st.operator_id = s.operator_id AND st.id = s.subject_id
      LEFT JOIN tenant t ON s.subject_kind = 'tenant' AND t.operator_id = s.operator_id AND t.id = s.subject_id
      WHERE s.token_hash = hash $$`,
  'find_token_actor(text)': `
    CREATE FUNCTION find_token_actor(hash text)
    RETURNS TABLE (operator_id uuid, operator_name text, id uuid, name text, scopes text[], disabled boolean, roles jsonb,
      expires_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
      SELECT a.operator_id, o.name, a.id, a.name, a.scopes, a.revoked_at IS NOT NULL OR st.disabled_at IS NOT NULL,
        coalesce((SELECT jsonb_agg(jsonb_build_object('role', r.role, 'communityId', r.community_id) ORDER BY r.role, r.community_id)
          FROM staff_role r WHERE r.operator_id = a.operator_id AND r.staff_id = st.id), '[]'),
        a.expires_at
      FROM api_token a
      JOIN operator o ON o.operator_id = a.operator_id
      JOIN staff st ON st.operator_id = a.operator_id AND st.id = a.created_by
      WHERE a.token_hash = hash $$`,
  'rate_limit_hit(text, timestamptz, interval, integer)': `
    CREATE FUNCTION rate_limit_hit(wanted text, now_at timestamptz, per interval, max_hits integer)
    RETURNS integer LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      INSERT INTO rate_limit AS r (key, since, hits) VALUES (wanted, now_at, 1)
        ON CONFLICT (key) DO UPDATE SET
          since = CASE WHEN r.since <= now_at - per THEN now_at ELSE r.since END,
          hits = CASE WHEN r.since <= now_at - per THEN 1 ELSE r.hits + 1 END
      RETURNING CASE WHEN hits <= max_hits THEN 0 ELSE greatest(1, ceil(extract(epoch FROM since + per - now_at))::integer) END $$`,
} as const;

/**
 * Who a session or token belongs to, with name and roles, in one round trip per request; and counters of attempts, which exist before
 * any operator is known. Keys of counters are hashes, so no phone or address is kept in them.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE rate_limit (key text PRIMARY KEY, since timestamptz NOT NULL, hits integer NOT NULL);
    COMMENT ON TABLE rate_limit IS 'before the operator is known; reached only through rate_limit_hit';
    ALTER TABLE rate_limit ENABLE ROW LEVEL SECURITY;
    ALTER TABLE rate_limit FORCE ROW LEVEL SECURITY;
    CREATE POLICY lookup ON rate_limit TO apartment_lookup USING (true) WITH CHECK (true);
    GRANT SELECT, INSERT, UPDATE ON rate_limit TO apartment_lookup;
    CREATE POLICY lookup ON staff_role FOR SELECT TO apartment_lookup USING (true);
    GRANT SELECT ON staff_role TO apartment_lookup;
    GRANT CREATE ON SCHEMA public TO apartment_lookup;`);
  for (const [signature, definition] of Object.entries(FUNCTIONS)) {
    await knex.raw(`
      ${definition};
      REVOKE EXECUTE ON FUNCTION ${signature} FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION ${signature} TO apartment_app;
      ALTER FUNCTION ${signature} OWNER TO apartment_lookup;`);
  }
  await knex.raw('REVOKE CREATE ON SCHEMA public FROM apartment_lookup');
}

export async function down(knex: Knex): Promise<void> {
  for (const signature of Object.keys(FUNCTIONS)) await knex.raw(`DROP FUNCTION ${signature}`);
  await knex.raw(`
    DROP POLICY lookup ON staff_role;
    REVOKE ALL ON staff_role FROM apartment_lookup;
    DROP TABLE rate_limit;`);
}
