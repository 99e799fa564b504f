import type { Knex } from 'knex';

/** What may be thrown away once it is old, and the moment from which its age counts. */
const KEPT_FOR_A_WHILE = {
  idempotency_key: 'created_at',
  session: 'expires_at',
  otp: 'expires_at',
  rate_limit: 'since',
} as const;

const signature = (table: string) => `purge_${table}(interval, integer)`;

/** One worker sweeps at a time; another one's call answers 0 at once instead of waiting for the same rows. */
const purge = (table: string, since: string) => `
  CREATE FUNCTION purge_${table}(older_than interval, at_most integer) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE gone integer;
  BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtextextended('apartment.purge.${table}', 0)) THEN RETURN 0; END IF;
    DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
      SELECT old.ctid FROM ${table} old WHERE old.${since} < now() - older_than LIMIT at_most));
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
  END $$`;

const CLEAR = 'rate_limit_clear(text)';

async function ownedByLookup(knex: Knex, definition: string, name: string, caller: string): Promise<void> {
  await knex.raw(`
    ${definition};
    REVOKE EXECUTE ON FUNCTION ${name} FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION ${name} TO ${caller};
    ALTER FUNCTION ${name} OWNER TO apartment_lookup`);
}

/**
 * Old answers, sessions, codes and counters of all operators go by functions that the relay's role may call, in batches; the app itself can
 * delete none of them out of turn. And a counter of failures ends when its person has got in.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    GRANT CREATE ON SCHEMA public TO apartment_lookup;
    GRANT SELECT, DELETE ON idempotency_key, session, otp, rate_limit TO apartment_lookup;
    CREATE POLICY purge ON idempotency_key TO apartment_lookup USING (true);
    CREATE POLICY purge ON session FOR DELETE TO apartment_lookup USING (true)`);
  for (const [table, since] of Object.entries(KEPT_FOR_A_WHILE)) {
    await ownedByLookup(knex, purge(table, since), signature(table), 'apartment_relay');
  }
  const clear = `
    CREATE FUNCTION rate_limit_clear(wanted text) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      DELETE FROM rate_limit WHERE key = wanted $$`;
  await ownedByLookup(knex, clear, CLEAR, 'apartment_app');
  await knex.raw('REVOKE CREATE ON SCHEMA public FROM apartment_lookup');
}

export async function down(knex: Knex): Promise<void> {
  for (const table of Object.keys(KEPT_FOR_A_WHILE)) await knex.raw(`DROP FUNCTION ${signature(table)}`);
  await knex.raw(`
    DROP FUNCTION ${CLEAR};
    DROP POLICY purge ON session;
    DROP POLICY purge ON idempotency_key;
    REVOKE ALL ON idempotency_key FROM apartment_lookup;
    REVOKE DELETE ON session, otp, rate_limit FROM apartment_lookup`);
}
