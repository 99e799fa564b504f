import type { Knex } from 'knex';

/** Columns of which the app's role may write none but these. What is left out has a default that nobody can replace. */
const INSERTED: Readonly<Record<string, string>> = {
  refund: 'operator_id, id, lease_id, key, amount_fen, reason, requested_at',
  audit_log: 'operator_id, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, before, after, reason',
};

const UPDATED: Readonly<Record<string, string>> = {
  refund: 'status, provider_number, sent_at, finished_at, failure, shares',
  cashier_order: 'status',
  enforcement_case: 'state, evidence, decided_by, decided_at, released_at, release_reason',
};

/** Which changes of a row are allowed at all, whoever makes them. */
const MOVES: Readonly<Record<string, string>> = {
  payment: `OLD.status = 'stored' AND NEW.status = 'applied'`,
  refund: `(OLD.status, NEW.status) IN (('requested', 'sent'), ('requested', 'done'), ('requested', 'failed'), ('sent', 'done'), ('sent', 'failed'), ('failed', 'sent'))
    OR OLD.status = NEW.status AND OLD.status <> 'done' AND (OLD.provider_number, OLD.sent_at, OLD.finished_at, OLD.failure)
      IS NOT DISTINCT FROM (NEW.provider_number, NEW.sent_at, NEW.finished_at, NEW.failure)`,
  enforcement_case: `OLD.state = 'awaitingConfirmation' AND NEW.state IN ('restricted', 'dismissed')
    OR OLD.state = 'restricted' AND NEW.state = 'released' AND (OLD.evidence, OLD.decided_by, OLD.decided_at)
      IS NOT DISTINCT FROM (NEW.evidence, NEW.decided_by, NEW.decided_at)`,
  bill: `OLD.voided_at IS NULL OR (OLD.voided_at, OLD.void_reason) IS NOT DISTINCT FROM (NEW.voided_at, NEW.void_reason)`,
};

/**
 * What "in the same database transaction" means here: xmin, the transaction that inserted a row, is the one that runs. A row inserted under
 * a savepoint has an xmin of its own and counts as foreign, so postings and what they stand for are never written under savepoints.
 */
const OURS = 'xmin = pg_current_xact_id()::xid';

const ENTRIES = `
  CREATE OR REPLACE FUNCTION check_posted_entries() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF EXISTS (SELECT FROM posted_entry GROUP BY operator_id, transaction_id HAVING sum(amount_fen) <> 0) THEN
      RAISE EXCEPTION 'ledger entries do not balance' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT FROM (SELECT DISTINCT operator_id, transaction_id FROM posted_entry) e WHERE NOT EXISTS (
        SELECT FROM ledger_transaction t WHERE t.operator_id = e.operator_id AND t.id = e.transaction_id AND t.${OURS})) THEN
      RAISE EXCEPTION 'ledger transactions of the past take no more entries' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
  END $$`;

const ENTRIES_BEFORE = `
  CREATE OR REPLACE FUNCTION check_posted_entries() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF EXISTS (SELECT FROM posted_entry GROUP BY operator_id, transaction_id HAVING sum(amount_fen) <> 0) THEN
      RAISE EXCEPTION 'ledger entries do not balance' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
  END $$`;

/**
 * A share settles a bill only if this database transaction took as much off the lease's receivable for the same reason. Each share is looked at
 * by itself, one index probe for the usual one: adding up the shares of a payment costs a tenth of applying it.
 */
const ALLOCATIONS = `
  ALTER TABLE bill_allocation ADD CONSTRAINT only_a_reversal_takes_back CHECK ((amount_fen < 0) = (reason = 'reversal'));
  CREATE FUNCTION check_paid_share() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM FROM ledger_transaction t JOIN ledger_entry e ON e.operator_id = t.operator_id AND e.transaction_id = t.id
      WHERE t.operator_id = NEW.operator_id AND t.lease_id = NEW.lease_id AND t.key = 'payment/' || NEW.payment_id AND t.${OURS}
        AND e.account = 'receivable' AND NEW.amount_fen <= -e.amount_fen;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'a share of payment % is not posted', NEW.payment_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
  END $$;
  CREATE FUNCTION check_other_share() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    -- the reversal of a bill that was paid in full leaves the receivable as it was, so there is no entry to look for
    PERFORM FROM ledger_transaction t
      WHERE t.operator_id = NEW.operator_id AND t.lease_id = NEW.lease_id AND t.${OURS}
        AND CASE NEW.reason
          WHEN 'reversal' THEN t.key = (SELECT 'void/' || b.lease_id || '/' || b.key FROM bill b WHERE b.operator_id = NEW.operator_id AND b.id = NEW.bill_id)
          ELSE t.kind = CASE NEW.reason WHEN 'credit' THEN 'creditUse' ELSE NEW.reason END
            AND EXISTS (SELECT FROM ledger_entry e WHERE e.operator_id = t.operator_id AND e.transaction_id = t.id
              AND e.account = 'receivable' AND NEW.amount_fen <= -e.amount_fen) END;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'a % of a bill is not posted', NEW.reason USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER bill_allocation_is_paid AFTER INSERT ON bill_allocation
    FOR EACH ROW WHEN (NEW.reason = 'payment') EXECUTE FUNCTION check_paid_share();
  CREATE TRIGGER bill_allocation_is_posted AFTER INSERT ON bill_allocation
    FOR EACH ROW WHEN (NEW.reason <> 'payment') EXECUTE FUNCTION check_other_share();`;

/** At commit, so that the posting may come before or after. A bill of nothing was never posted and has nothing to reverse. */
const VOIDING = `
  CREATE FUNCTION check_voided_bill() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF EXISTS (SELECT FROM ledger_transaction WHERE operator_id = NEW.operator_id AND lease_id = NEW.lease_id
        AND key = 'bill/' || NEW.lease_id || '/' || NEW.key)
      AND NOT EXISTS (SELECT FROM ledger_transaction WHERE operator_id = NEW.operator_id AND lease_id = NEW.lease_id
        AND key = 'void/' || NEW.lease_id || '/' || NEW.key AND reverses = 'bill/' || NEW.lease_id || '/' || NEW.key AND ${OURS}) THEN
      RAISE EXCEPTION 'bill % is voided without its reversal', NEW.key USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER bill_void_is_posted AFTER UPDATE OF voided_at ON bill
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.voided_at IS NULL AND NEW.voided_at IS NOT NULL)
    EXECUTE FUNCTION check_voided_bill();`;

export async function up(knex: Knex): Promise<void> {
  for (const [table, columns] of Object.entries(INSERTED)) {
    await knex.raw(
      `REVOKE INSERT ON ${table} FROM apartment_app; GRANT INSERT (${columns}) ON ${table} TO apartment_app`,
    );
  }
  for (const [table, columns] of Object.entries(UPDATED)) {
    await knex.raw(
      `REVOKE UPDATE ON ${table} FROM apartment_app; GRANT UPDATE (${columns}) ON ${table} TO apartment_app`,
    );
  }
  await knex.raw(`
    CREATE FUNCTION refuse_move() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION '% rows do not change like that', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END $$`);
  for (const [table, allowed] of Object.entries(MOVES)) {
    await knex.raw(`CREATE TRIGGER ${table}_moves_on BEFORE UPDATE ON ${table}
      FOR EACH ROW WHEN ((${allowed}) IS NOT TRUE) EXECUTE FUNCTION refuse_move()`);
  }
  await knex.raw(ENTRIES);
  await knex.raw(ALLOCATIONS);
  await knex.raw(VOIDING);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    DROP TRIGGER bill_void_is_posted ON bill;
    DROP FUNCTION check_voided_bill();
    DROP TRIGGER bill_allocation_is_posted ON bill_allocation;
    DROP TRIGGER bill_allocation_is_paid ON bill_allocation;
    DROP FUNCTION check_other_share();
    DROP FUNCTION check_paid_share();
    ALTER TABLE bill_allocation DROP CONSTRAINT only_a_reversal_takes_back;`);
  await knex.raw(ENTRIES_BEFORE);
  for (const table of Object.keys(MOVES)) await knex.raw(`DROP TRIGGER ${table}_moves_on ON ${table}`);
  await knex.raw('DROP FUNCTION refuse_move()');
  for (const [table, columns] of Object.entries(UPDATED)) {
    await knex.raw(
      `REVOKE UPDATE (${columns}) ON ${table} FROM apartment_app; GRANT UPDATE ON ${table} TO apartment_app`,
    );
  }
  for (const [table, columns] of Object.entries(INSERTED)) {
    await knex.raw(
      `REVOKE INSERT (${columns}) ON ${table} FROM apartment_app; GRANT INSERT ON ${table} TO apartment_app`,
    );
  }
}
