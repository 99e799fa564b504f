import type { Knex } from 'knex';

const GIVE_BACK = 'rate_limit_give_back(text)';

/** Attempts are counted before they are looked at, so that many at once find no gap; one that was right is taken off again. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    GRANT CREATE ON SCHEMA public TO apartment_lookup;
    CREATE FUNCTION rate_limit_give_back(wanted text) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      UPDATE rate_limit SET hits = greatest(0, hits - 1) WHERE key = wanted $$;
    REVOKE EXECUTE ON FUNCTION ${GIVE_BACK} FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION ${GIVE_BACK} TO apartment_app;
    ALTER FUNCTION ${GIVE_BACK} OWNER TO apartment_lookup;
    REVOKE CREATE ON SCHEMA public FROM apartment_lookup;`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`DROP FUNCTION ${GIVE_BACK}`);
}
