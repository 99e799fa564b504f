import type { Knex } from 'knex';

/**
 * Roles belong to the whole cluster, databases come and go (one per test file), so creation tolerates another database doing the
 * same at the same moment. apartment_app: every process at work. apartment_relay: the outbox of all operators and nothing else.
 * apartment_lookup: owns the functions that must find a login before the operator is known.
 */
const ROLES = ['apartment_app', 'apartment_relay', 'apartment_lookup'];

const createRole = (role: string) => `
  DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${role}') THEN
      CREATE ROLE ${role} NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
    END IF;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
  END $$;
  DO $$ BEGIN
    IF NOT pg_has_role(current_user, '${role}', 'SET') THEN
      EXECUTE format('GRANT ${role} TO %I WITH SET TRUE', current_user);
    END IF;
  EXCEPTION WHEN insufficient_privilege THEN
    RAISE EXCEPTION 'this login may not use the role ${role}; an administrator allows it with: GRANT ${role} TO % WITH SET TRUE',
      quote_ident(current_user);
  END $$;
  GRANT USAGE ON SCHEMA public TO ${role};`;

export async function up(knex: Knex): Promise<void> {
  for (const role of ROLES) await knex.raw(createRole(role));
  await knex.raw(`
    CREATE EXTENSION IF NOT EXISTS btree_gist;
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION '% rows are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END $$;`);
}

// The roles stay: another database of the cluster may be using them.
export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP FUNCTION refuse_change(); DROP EXTENSION btree_gist;');
  for (const role of ROLES) await knex.raw(`REVOKE USAGE ON SCHEMA public FROM ${role}`);
}
