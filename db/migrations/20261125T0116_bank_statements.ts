import type { Knex } from 'knex';
import { dropTables, isolate } from '../isolate';

/**
 * Statements of the operator's own bank accounts. A line is known by its account and key, so that a file that comes again, or overlaps
 * another, adds only what is new. Of a payer's account the last digits are kept.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE bank_statement (
      operator_id uuid NOT NULL REFERENCES operator,
      id uuid NOT NULL DEFAULT uuidv7(),
      account text NOT NULL CHECK (account <> ''),
      layout text NOT NULL CHECK (layout IN ('icbc', 'cmb', 'mt940')),
      file_name text NOT NULL,
      from_day date NOT NULL,
      until_day date NOT NULL CHECK (until_day >= from_day),
      opening_fen bigint NOT NULL,
      closing_fen bigint NOT NULL,
      imported_by text NOT NULL,
      imported_at timestamptz NOT NULL,
      PRIMARY KEY (operator_id, id)
    );

    CREATE TABLE bank_statement_line (
      operator_id uuid NOT NULL,
      id uuid NOT NULL DEFAULT uuidv7(),
      statement_id uuid NOT NULL,
      account text NOT NULL,
      key text NOT NULL CHECK (key <> ''),
      line integer NOT NULL CHECK (line > 0),
      direction text NOT NULL CHECK (direction IN ('credit', 'debit')),
      amount_fen bigint NOT NULL CHECK (amount_fen > 0),
      booked_on date NOT NULL,
      booked_at timestamptz,
      bank_number text,
      payer_name text NOT NULL,
      payer_tail text NOT NULL CHECK (length(payer_tail) <= 4),
      remark text NOT NULL,
      reversal boolean NOT NULL,
      state text NOT NULL CHECK (state IN ('outgoing', 'unmatched', 'matched', 'assigned', 'dismissed')),
      rule text CHECK (rule IN ('code', 'nameAndBill', 'nameAndSum')),
      lease_id uuid,
      payment_id uuid,
      decided_by text,
      decided_at timestamptz,
      reason text,
      PRIMARY KEY (operator_id, id),
      UNIQUE (operator_id, account, key),
      FOREIGN KEY (operator_id, statement_id) REFERENCES bank_statement,
      FOREIGN KEY (operator_id, lease_id) REFERENCES lease,
      FOREIGN KEY (operator_id, payment_id) REFERENCES payment,
      CHECK ((direction = 'debit') = (state = 'outgoing')),
      CHECK ((state IN ('matched', 'assigned')) = (payment_id IS NOT NULL)),
      CHECK ((payment_id IS NULL) = (lease_id IS NULL)),
      CHECK ((state = 'matched') = (rule IS NOT NULL)),
      CHECK ((state IN ('assigned', 'dismissed')) = (decided_by IS NOT NULL AND decided_at IS NOT NULL AND reason IS NOT NULL))
    );
    COMMENT ON COLUMN bank_statement_line.key IS 'the bank''s own number, else a hash of the line and its ordinal among equal ones';
    CREATE INDEX bank_statement_line_by_state ON bank_statement_line (operator_id, state, booked_on, id);
    CREATE INDEX bank_statement_line_by_statement ON bank_statement_line (operator_id, statement_id);
    CREATE UNIQUE INDEX bank_statement_line_by_payment ON bank_statement_line (operator_id, payment_id) WHERE payment_id IS NOT NULL;
    CREATE INDEX bank_statement_line_by_lease ON bank_statement_line (operator_id, lease_id) WHERE lease_id IS NOT NULL;`);
  await isolate(knex, { bank_statement: 'append', bank_statement_line: 'append' });
  await knex.raw(
    'GRANT UPDATE (state, lease_id, payment_id, decided_by, decided_at, reason) ON bank_statement_line TO apartment_app',
  );
}

export async function down(knex: Knex): Promise<void> {
  await dropTables(knex, ['bank_statement_line', 'bank_statement']);
}
