import type { Knex } from 'knex';

/** Where the text of a search may stand, by table and column. */
const PLACES = { lease: 'number', tenant: 'name', room: 'code' } as const;

/** What the search reads of each table, of the operator that it asks for. */
const READS = {
  lease: 'operator_id, id, number, tenant_id, room_id',
  room: 'operator_id, id, code',
} as const;

/**
 * Pairs of neighbouring characters, so that a name of two characters is found: trigrams (pg_trgm) know nothing shorter than three, and with the
 * embedded server's locale nothing Chinese at all. The operator is part of each pair: one landlord's search never walks another's rows. A loop,
 * because a query per row made an import of 100,000 rooms half as fast.
 */
const GRAMS = `
  CREATE FUNCTION search_grams(owner uuid, words text) RETURNS bigint[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
  DECLARE
    seed bigint := hashtextextended(owner::text, 0);
    grams bigint[] := '{}';
    last text;
    here text;
  BEGIN
    FOREACH here IN ARRAY string_to_array(lower(words), NULL) LOOP
      IF last IS NOT NULL THEN grams := grams || hashtextextended(last || here, seed); END IF;
      last := here;
    END LOOP;
    RETURN grams;
  END $$`;

/** One more than the list of leases takes from here: what is nearly everywhere is found sooner by reading the newest leases. */
const AT_MOST = 1_001;

/** Under row-level security an index serves only leakproof operators, which those of arrays are not; so a role without it looks, in its stead. */
const SEARCH = `
  CREATE FUNCTION search_leases(wanted text) RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100
  SET search_path = public, pg_temp AS $$
  DECLARE
    owner uuid := nullif(current_setting('app.operator', true), '')::uuid;
    words text := lower(wanted);
    grams bigint[] := search_grams(owner, words);
  BEGIN
    IF owner IS NULL OR length(words) < 2 THEN RETURN; END IF;
    RETURN QUERY
      SELECT l.id FROM lease l WHERE l.operator_id = owner AND search_grams(l.operator_id, l.number) @> grams
        AND position(words IN lower(l.number)) > 0
      UNION ALL SELECT l.id FROM tenant t JOIN lease l ON l.operator_id = t.operator_id AND l.tenant_id = t.id
        WHERE t.operator_id = owner AND search_grams(t.operator_id, t.name) @> grams AND position(words IN lower(t.name)) > 0
      UNION ALL SELECT l.id FROM room r JOIN lease l ON l.operator_id = r.operator_id AND l.room_id = r.id
        WHERE r.operator_id = owner AND search_grams(r.operator_id, r.code) @> grams AND position(words IN lower(r.code)) > 0
      LIMIT ${AT_MOST};
  END $$`;

/**
 * The list of leases is searched by number, tenant and room without reading every lease. The function answers ids of the asker's operator alone,
 * for two characters and more.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(GRAMS);
  for (const [table, column] of Object.entries(PLACES)) {
    await knex.raw(`CREATE INDEX ${table}_search ON ${table} USING gin (search_grams(operator_id, ${column}))`);
  }
  for (const [table, columns] of Object.entries(READS)) {
    await knex.raw(`
      GRANT SELECT (${columns}) ON ${table} TO apartment_lookup;
      CREATE POLICY search ON ${table} FOR SELECT TO apartment_lookup USING (true)`);
  }
  await knex.raw(`
    GRANT EXECUTE ON FUNCTION search_grams(uuid, text) TO apartment_app, apartment_lookup;
    GRANT CREATE ON SCHEMA public TO apartment_lookup;
    ${SEARCH};
    REVOKE EXECUTE ON FUNCTION search_leases(text) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION search_leases(text) TO apartment_app;
    ALTER FUNCTION search_leases(text) OWNER TO apartment_lookup;
    REVOKE CREATE ON SCHEMA public FROM apartment_lookup`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP FUNCTION search_leases(text)');
  for (const [table, columns] of Object.entries(READS)) {
    await knex.raw(`DROP POLICY search ON ${table}; REVOKE SELECT (${columns}) ON ${table} FROM apartment_lookup`);
  }
  for (const table of Object.keys(PLACES)) await knex.raw(`DROP INDEX ${table}_search`);
  await knex.raw('DROP FUNCTION search_grams(uuid, text)');
}
