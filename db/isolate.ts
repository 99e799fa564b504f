import type { Knex } from 'knex';

/** What the app's role may do with a table; rows that must never change get `append`. */
const RIGHTS = {
  all: 'SELECT, INSERT, UPDATE, DELETE',
  keep: 'SELECT, INSERT, UPDATE',
  append: 'SELECT, INSERT',
  read: 'SELECT',
} as const;

// (select ..) makes the planner evaluate it once per statement; nullif because a setting that a past transaction set reads as ''.
const CURRENT_OPERATOR = `(select nullif(current_setting('app.operator', true), '')::uuid)`;

/** Puts row-level security on tables, the owner included, and grants the app's role its rights. Used by migrations only. */
export async function isolate(knex: Knex, tables: Readonly<Record<string, keyof typeof RIGHTS>>): Promise<void> {
  for (const [table, rights] of Object.entries(tables)) {
    await knex.raw(`
      ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
      ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
      CREATE POLICY operator_isolation ON ${table}
        USING (operator_id = ${CURRENT_OPERATOR}) WITH CHECK (operator_id = ${CURRENT_OPERATOR});
      GRANT ${RIGHTS[rights]} ON ${table} TO apartment_app;`);
  }
}

/** Refuses UPDATE, DELETE and TRUNCATE whoever asks, the owner included. */
export async function refuseChanges(knex: Knex, tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    await knex.raw(`
      CREATE TRIGGER ${table}_is_immutable BEFORE UPDATE OR DELETE ON ${table}
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER ${table}_is_not_emptied BEFORE TRUNCATE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();`);
  }
}

export async function dropTables(knex: Knex, tables: readonly string[]): Promise<void> {
  for (const table of tables) await knex.raw(`DROP TABLE ${table}`);
}
