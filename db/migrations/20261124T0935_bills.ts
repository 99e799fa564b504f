import type { Knex } from 'knex';
import { dropTables, isolate, refuseChanges } from '../isolate';

/** A bill is its lines, which never change. What is left of it follows from its allocations, kept in step by a later migration's trigger. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE bill (
      operator_id uuid NOT NULL,
      id uuid NOT NULL DEFAULT uuidv7(),
      lease_id uuid NOT NULL,
      community_id uuid NOT NULL,
      key text NOT NULL CHECK (key <> ''),
      kind text NOT NULL
        CHECK (kind IN ('first', 'periodic', 'adjustment', 'lateFee', 'penalty', 'damage', 'opening', 'oneOff')),
      period_from date NOT NULL,
      period_until date NOT NULL CHECK (period_until >= period_from),
      issue_on date NOT NULL,
      due_on date NOT NULL,
      total_fen bigint NOT NULL,
      settled_fen bigint NOT NULL DEFAULT 0,
      open_fen bigint GENERATED ALWAYS AS (CASE WHEN voided_at IS NULL THEN greatest(total_fen, 0) - settled_fen ELSE 0 END) STORED,
      issued_at timestamptz NOT NULL,
      voided_at timestamptz,
      void_reason text,
      PRIMARY KEY (operator_id, id),
      UNIQUE (operator_id, lease_id, key),
      FOREIGN KEY (operator_id, lease_id) REFERENCES lease,
      CONSTRAINT settled_within_total CHECK (settled_fen BETWEEN 0 AND greatest(total_fen, 0)),
      CHECK ((voided_at IS NULL) = (void_reason IS NULL)),
      CHECK (voided_at IS NULL OR settled_fen = 0)
    );
    COMMENT ON COLUMN bill.open_fen IS 'a bill with a negative total is never open: it became the lease''s credit';
    CREATE INDEX bill_open ON bill (operator_id, lease_id, due_on) INCLUDE (open_fen, kind) WHERE open_fen > 0;
    CREATE INDEX bill_by_community ON bill (operator_id, community_id, id);

    CREATE TABLE bill_line (
      operator_id uuid NOT NULL,
      bill_id uuid NOT NULL,
      position smallint NOT NULL,
      kind text NOT NULL CHECK (kind IN ('rent', 'discount', 'deposit', 'propertyFee', 'network', 'furniture', 'lateFee',
        'penalty', 'damage', 'opening', 'water', 'electricity', 'other')),
      from_day date NOT NULL,
      until_day date NOT NULL CHECK (until_day >= from_day),
      amount_fen bigint NOT NULL,
      tax_fen bigint NOT NULL,
      explain text NOT NULL,
      PRIMARY KEY (operator_id, bill_id, position),
      FOREIGN KEY (operator_id, bill_id) REFERENCES bill
    );`);
  await isolate(knex, { bill: 'read', bill_line: 'append' });
  await knex.raw(`
    GRANT INSERT (operator_id, id, lease_id, community_id, key, kind, period_from, period_until, issue_on, due_on, total_fen, issued_at),
      UPDATE (voided_at, void_reason) ON bill TO apartment_app`);
  await refuseChanges(knex, ['bill_line']);
}

export async function down(knex: Knex): Promise<void> {
  await dropTables(knex, ['bill_line', 'bill']);
}
