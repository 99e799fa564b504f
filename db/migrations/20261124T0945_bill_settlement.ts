import type { Knex } from 'knex';

/**
 * settled_fen is the sum of a bill's allocations and nothing else can write it: the app's role has no right to the column, and this
 * function, which runs as the owner, is the only writer. It makes "open bills of a lease" an index read.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE FUNCTION settle_bills() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    BEGIN
      UPDATE bill SET settled_fen = settled_fen + NEW.amount_fen WHERE operator_id = NEW.operator_id AND id = NEW.bill_id;
      RETURN NULL;
    END $$;
    REVOKE EXECUTE ON FUNCTION settle_bills() FROM PUBLIC;
    CREATE TRIGGER bill_allocation_settles AFTER INSERT ON bill_allocation
      FOR EACH ROW EXECUTE FUNCTION settle_bills();`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP TRIGGER bill_allocation_settles ON bill_allocation; DROP FUNCTION settle_bills();');
}
