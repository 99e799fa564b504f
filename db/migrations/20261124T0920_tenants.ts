import type { Knex } from 'knex';
import { dropTables, isolate } from '../isolate';

/** Phones and ID numbers are ciphertext (keyId:nonce:ct); the hashes are blind indexes for look-ups. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE tenant (
      operator_id uuid NOT NULL REFERENCES operator,
      id uuid NOT NULL DEFAULT uuidv7(),
      name text NOT NULL CHECK (name <> ''),
      phone_enc text,
      phone_hash text,
      id_kind text CHECK (id_kind IN ('residentId', 'passport', 'hkMacaoPermit', 'taiwanPermit', 'other')),
      id_number_enc text,
      id_number_hash text,
      created_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (operator_id, id),
      UNIQUE (operator_id, phone_hash),
      UNIQUE (operator_id, id_number_hash),
      CHECK ((phone_enc IS NULL) = (phone_hash IS NULL)),
      CHECK ((id_number_enc IS NULL) = (id_number_hash IS NULL))
    );
    CREATE INDEX tenant_by_name ON tenant (operator_id, name);`);
  await isolate(knex, { tenant: 'all' });
}

export async function down(knex: Knex): Promise<void> {
  await dropTables(knex, ['tenant']);
}
