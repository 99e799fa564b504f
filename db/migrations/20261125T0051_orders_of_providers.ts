import type { Knex } from 'knex';

const WATCHED = `status IN ('created', 'waiting', 'unknown')`;

const MOVES = `OLD.status = NEW.status OR (OLD.status, NEW.status) IN (
    ('created', 'waiting'), ('created', 'paid'), ('created', 'closed'), ('created', 'expired'), ('created', 'unknown'),
    ('waiting', 'paid'), ('waiting', 'closed'), ('waiting', 'expired'), ('waiting', 'unknown'),
    ('unknown', 'waiting'), ('unknown', 'paid'), ('unknown', 'closed'), ('unknown', 'expired'),
    ('closed', 'paid'), ('expired', 'paid'))`;

const FUNCTIONS = {
  'operator_of_order(text)': [
    'apartment_app',
    `CREATE FUNCTION operator_of_order(number text) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
      SET search_path = public, pg_temp AS $$ SELECT o.operator_id FROM cashier_order o WHERE o.out_trade_no = number $$`,
  ],
  'claim_silent_orders(interval, interval, integer)': [
    'apartment_relay',
    `CREATE FUNCTION claim_silent_orders(silent interval, again interval, at_most integer)
      RETURNS TABLE (operator_id uuid, id uuid) LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      UPDATE cashier_order o SET watched_at = now() FROM (
        SELECT s.operator_id, s.id FROM cashier_order s WHERE s.${WATCHED} AND s.created_at < now() - silent
            AND (s.watched_at IS NULL OR s.watched_at < now() - again)
          ORDER BY s.created_at LIMIT at_most FOR UPDATE SKIP LOCKED) due
        WHERE o.operator_id = due.operator_id AND o.id = due.id RETURNING o.operator_id, o.id $$`,
  ],
} as const;

/**
 * An order belongs to one provider, which knows it by a number of ours, until a moment; its states move one way. The number alone finds the
 * operator when a provider reports a refund, which carries nothing else of ours. Orders that have had no word are claimed for the watch.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE cashier_order DROP CONSTRAINT cashier_order_status_check;
    ALTER TABLE cashier_order ALTER COLUMN status SET DEFAULT 'created';
    ALTER TABLE cashier_order
      ADD COLUMN channel text NOT NULL DEFAULT 'simulator' CHECK (channel IN ('alipay', 'wechat', 'simulator')),
      ADD COLUMN out_trade_no text,
      ADD COLUMN expires_at timestamptz,
      ADD COLUMN business_at timestamptz,
      ADD COLUMN page_url text,
      ADD COLUMN watched_at timestamptz;
    -- ADD COLUMN writes no rows, so that row-level security, which holds the owner too, has to be lifted for what follows.
    ALTER TABLE cashier_order NO FORCE ROW LEVEL SECURITY;
    UPDATE cashier_order SET out_trade_no = id::text, expires_at = created_at + interval '30 minutes',
      status = CASE status WHEN 'open' THEN 'waiting' ELSE status END;
    ALTER TABLE cashier_order FORCE ROW LEVEL SECURITY;
    ALTER TABLE cashier_order
      ALTER COLUMN channel DROP DEFAULT,
      ALTER COLUMN out_trade_no SET NOT NULL,
      ALTER COLUMN expires_at SET NOT NULL,
      ADD CONSTRAINT cashier_order_status_check CHECK (status IN ('created', 'waiting', 'paid', 'closed', 'expired', 'unknown')),
      -- The demo's cashier knows older orders by their id with its dashes.
      ADD CONSTRAINT cashier_order_number_check CHECK (out_trade_no ~ '^[0-9A-Za-z]{6,32}$' OR channel = 'simulator' AND out_trade_no = id::text);
    COMMENT ON COLUMN cashier_order.out_trade_no IS 'our number of the order at the provider';
    COMMENT ON COLUMN cashier_order.business_at IS 'of a lease that was carried forward: when its payment counts as made; null: when the provider says';
    COMMENT ON COLUMN cashier_order.page_url IS 'where the payer was sent';
    COMMENT ON COLUMN cashier_order.watched_at IS 'when the watch took it up last';
    CREATE UNIQUE INDEX cashier_order_by_number ON cashier_order (out_trade_no);
    CREATE INDEX cashier_order_watched ON cashier_order (operator_id, created_at) WHERE ${WATCHED};
    CREATE TRIGGER cashier_order_moves_on BEFORE UPDATE ON cashier_order
      FOR EACH ROW WHEN ((${MOVES}) IS NOT TRUE) EXECUTE FUNCTION refuse_move();
    REVOKE INSERT ON cashier_order FROM apartment_app;
    GRANT INSERT (operator_id, id, lease_id, bill_ids, amount_fen, channel, out_trade_no, expires_at, business_at)
      ON cashier_order TO apartment_app;
    GRANT UPDATE (page_url) ON cashier_order TO apartment_app;
    GRANT CREATE ON SCHEMA public TO apartment_lookup;
    GRANT SELECT, UPDATE (watched_at) ON cashier_order TO apartment_lookup;
    CREATE POLICY watch ON cashier_order TO apartment_lookup USING (true)`);
  for (const [name, [caller, definition]] of Object.entries(FUNCTIONS)) {
    await knex.raw(`
      ${definition};
      REVOKE EXECUTE ON FUNCTION ${name} FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION ${name} TO ${caller};
      ALTER FUNCTION ${name} OWNER TO apartment_lookup`);
  }
  await knex.raw('REVOKE CREATE ON SCHEMA public FROM apartment_lookup');
}

/** What the older schema has no word for becomes the nearest that it has. Orders at a provider that it does not know are not taken along. */
export async function down(knex: Knex): Promise<void> {
  for (const name of Object.keys(FUNCTIONS)) await knex.raw(`DROP FUNCTION ${name}`);
  await knex.raw(`
    DROP POLICY watch ON cashier_order;
    REVOKE ALL ON cashier_order FROM apartment_lookup;
    REVOKE UPDATE (page_url) ON cashier_order FROM apartment_app;
    REVOKE INSERT (operator_id, id, lease_id, bill_ids, amount_fen, channel, out_trade_no, expires_at, business_at)
      ON cashier_order FROM apartment_app;
    GRANT INSERT ON cashier_order TO apartment_app;
    DROP TRIGGER cashier_order_moves_on ON cashier_order;
    DROP INDEX cashier_order_watched;
    DROP INDEX cashier_order_by_number;
    ALTER TABLE cashier_order DROP CONSTRAINT cashier_order_status_check, DROP CONSTRAINT cashier_order_number_check;
    ALTER TABLE cashier_order NO FORCE ROW LEVEL SECURITY;
    DELETE FROM cashier_order WHERE channel <> 'simulator';
    UPDATE cashier_order SET status = CASE WHEN status = 'paid' THEN 'paid' WHEN status IN ('closed', 'expired') THEN 'expired' ELSE 'open' END;
    ALTER TABLE cashier_order FORCE ROW LEVEL SECURITY;
    ALTER TABLE cashier_order
      DROP COLUMN channel, DROP COLUMN out_trade_no, DROP COLUMN expires_at, DROP COLUMN business_at, DROP COLUMN page_url,
      DROP COLUMN watched_at,
      ALTER COLUMN status SET DEFAULT 'open',
      ADD CONSTRAINT cashier_order_status_check CHECK (status IN ('open', 'paid', 'expired'))`);
}
