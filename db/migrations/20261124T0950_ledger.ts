import type { Knex } from 'knex';
import { dropTables, isolate, refuseChanges } from '../isolate';

/** Double entry. amount_fen is signed: debit positive, credit negative, so that a transaction sums to zero. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE ledger_account (
      operator_id uuid NOT NULL REFERENCES operator,
      scope_id uuid NOT NULL,
      code text NOT NULL CHECK (code <> ''),
      community_id uuid,
      PRIMARY KEY (operator_id, scope_id, code),
      FOREIGN KEY (operator_id, community_id) REFERENCES community,
      CHECK (scope_id = coalesce(community_id, operator_id))
    );
    COMMENT ON COLUMN ledger_account.scope_id IS 'the community, or the operator for accounts that it has once (cash, tax)';
    CREATE TABLE ledger_transaction (
      operator_id uuid NOT NULL,
      id uuid NOT NULL DEFAULT uuidv7(),
      key text NOT NULL CHECK (key <> ''),
      at timestamptz NOT NULL,
      kind text NOT NULL,
      lease_id uuid NOT NULL,
      community_id uuid NOT NULL,
      reverses text,
      PRIMARY KEY (operator_id, id),
      UNIQUE (operator_id, lease_id, key),
      FOREIGN KEY (operator_id, lease_id) REFERENCES lease,
      FOREIGN KEY (operator_id, lease_id, reverses) REFERENCES ledger_transaction (operator_id, lease_id, key)
    );
    COMMENT ON COLUMN ledger_transaction.key IS 'business key, unique in its lease: the same fact is posted once';
    COMMENT ON COLUMN ledger_transaction.reverses IS 'key of the transaction that this one takes back';
    CREATE TABLE ledger_entry (
      operator_id uuid NOT NULL,
      transaction_id uuid NOT NULL,
      position smallint NOT NULL,
      lease_id uuid NOT NULL,
      scope_id uuid NOT NULL,
      account text NOT NULL,
      amount_fen bigint NOT NULL CHECK (amount_fen <> 0),
      PRIMARY KEY (operator_id, transaction_id, position),
      FOREIGN KEY (operator_id, transaction_id) REFERENCES ledger_transaction,
      FOREIGN KEY (operator_id, scope_id, account) REFERENCES ledger_account
    );
    CREATE INDEX ledger_entry_by_lease ON ledger_entry (operator_id, lease_id, account) INCLUDE (amount_fen);

    -- A transaction is looked at when its database transaction ends, when all its entries must be there.
    CREATE FUNCTION check_posted_transaction() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM FROM ledger_entry WHERE operator_id = NEW.operator_id AND transaction_id = NEW.id
        HAVING count(*) >= 2 AND sum(amount_fen) = 0;
      IF NOT FOUND THEN
        RAISE EXCEPTION 'ledger transaction % does not balance', NEW.key USING ERRCODE = 'check_violation';
      END IF;
      RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER ledger_transaction_balances AFTER INSERT ON ledger_transaction
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_posted_transaction();

    -- An entry slipped into an older transaction never meets that trigger; what each statement adds must balance by itself.
    CREATE FUNCTION check_posted_entries() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT FROM posted_entry GROUP BY operator_id, transaction_id HAVING sum(amount_fen) <> 0) THEN
        RAISE EXCEPTION 'ledger entries do not balance' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER ledger_entry_balances AFTER INSERT ON ledger_entry
      REFERENCING NEW TABLE AS posted_entry FOR EACH STATEMENT EXECUTE FUNCTION check_posted_entries();`);
  await isolate(knex, { ledger_account: 'append', ledger_transaction: 'append', ledger_entry: 'append' });
  await refuseChanges(knex, ['ledger_transaction', 'ledger_entry']);
}

export async function down(knex: Knex): Promise<void> {
  await dropTables(knex, ['ledger_entry', 'ledger_transaction', 'ledger_account']);
  await knex.raw(`
    DROP FUNCTION check_posted_entries();
    DROP FUNCTION check_posted_transaction();`);
}
