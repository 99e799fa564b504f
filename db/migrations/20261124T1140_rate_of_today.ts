import type { Knex } from 'knex';

const LAST_AGREED = `((((l.terms -> 'segments'::text) -> '-1'::integer) ->> 'rateFen'::text))::bigint AS rate_fen`;
const IN_FORCE = 'rate_in_force(l.terms, l.travelled_to) AS rate_fen';

/** Gives lease_list another column `rate_fen`; the rest of the view stays as it is, whatever migrations have made of it. */
async function redefine(knex: Knex, from: string, to: string): Promise<void> {
  const { rows } = await knex.raw<{ rows: { definition: string }[] }>(
    `SELECT pg_get_viewdef('lease_list'::regclass) AS definition`,
  );
  const definition = rows[0]?.definition ?? '';
  if (!definition.includes(from)) throw new Error(`lease_list has no ${from}`);
  await knex.raw(`CREATE OR REPLACE VIEW lease_list WITH (security_invoker = true) AS ${definition.replace(from, to)}`);
}

/** The rent that a list shows is today's (the lease's own today, where it has travelled), not that of the last stretch agreed. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE FUNCTION rate_in_force(terms jsonb, travelled_to timestamptz) RETURNS bigint LANGUAGE sql STABLE AS $$
      SELECT coalesce(
        (SELECT s ->> 'rateFen' FROM jsonb_array_elements(terms -> 'segments') AS s
          WHERE (s ->> 'from')::date <= (greatest(now(), travelled_to) AT TIME ZONE 'Asia/Shanghai')::date
          ORDER BY s ->> 'from' DESC LIMIT 1),
        terms -> 'segments' -> 0 ->> 'rateFen')::bigint $$;
    GRANT EXECUTE ON FUNCTION rate_in_force(jsonb, timestamptz) TO apartment_app`);
  await redefine(knex, LAST_AGREED, IN_FORCE);
}

export async function down(knex: Knex): Promise<void> {
  await redefine(knex, IN_FORCE, LAST_AGREED);
  await knex.raw('DROP FUNCTION rate_in_force(jsonb, timestamptz)');
}
