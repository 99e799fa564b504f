import type { Knex } from 'knex';
import { dropTables, isolate, refuseChanges } from '../isolate';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE payment (
      operator_id uuid NOT NULL,
      id uuid NOT NULL,
      lease_id uuid NOT NULL,
      channel text NOT NULL CHECK (channel IN ('alipay', 'wechat', 'unionpay', 'bank', 'cash', 'simulator')),
      provider_number text NOT NULL CHECK (provider_number <> ''),
      amount_fen bigint NOT NULL CHECK (amount_fen > 0),
      paid_at timestamptz NOT NULL,
      status text NOT NULL DEFAULT 'stored' CHECK (status IN ('stored', 'applied')),
      applied_at timestamptz,
      PRIMARY KEY (operator_id, id),
      UNIQUE (operator_id, channel, provider_number),
      FOREIGN KEY (operator_id, lease_id) REFERENCES lease,
      CHECK ((status = 'applied') = (applied_at IS NOT NULL))
    );
    COMMENT ON COLUMN payment.provider_number IS 'the payment provider''s own number: a callback that comes twice is stored once';
    CREATE INDEX payment_by_lease ON payment (operator_id, lease_id, paid_at);

    CREATE TABLE bill_allocation (
      operator_id uuid NOT NULL,
      bill_id uuid NOT NULL,
      seq integer NOT NULL CHECK (seq > 0),
      lease_id uuid NOT NULL,
      payment_id uuid,
      amount_fen bigint NOT NULL CHECK (amount_fen <> 0),
      effective_on date NOT NULL,
      at timestamptz NOT NULL,
      reason text NOT NULL CHECK (reason IN ('payment', 'credit', 'waiver', 'reversal')),
      PRIMARY KEY (operator_id, bill_id, seq),
      FOREIGN KEY (operator_id, bill_id) REFERENCES bill,
      FOREIGN KEY (operator_id, payment_id) REFERENCES payment
    );
    COMMENT ON COLUMN bill_allocation.payment_id IS 'null: settled from the lease''s credit, waived, or taken back';
    COMMENT ON COLUMN bill_allocation.effective_on IS 'Shanghai day of the money, may lie before at: a back-dated payment';

    CREATE TABLE cashier_order (
      operator_id uuid NOT NULL,
      id uuid NOT NULL,
      lease_id uuid NOT NULL,
      bill_ids uuid[] NOT NULL,
      amount_fen bigint NOT NULL CHECK (amount_fen > 0),
      status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'paid', 'expired')),
      created_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (operator_id, id),
      FOREIGN KEY (operator_id, lease_id) REFERENCES lease
    );
    CREATE INDEX cashier_order_by_lease ON cashier_order (operator_id, lease_id);

    CREATE TABLE refund (
      operator_id uuid NOT NULL,
      id uuid NOT NULL DEFAULT uuidv7(),
      lease_id uuid NOT NULL,
      key text NOT NULL CHECK (key <> ''),
      amount_fen bigint NOT NULL CHECK (amount_fen > 0),
      reason text NOT NULL,
      status text NOT NULL DEFAULT 'requested' CHECK (status IN ('requested', 'sent', 'done', 'failed')),
      provider_number text,
      requested_at timestamptz NOT NULL,
      sent_at timestamptz,
      finished_at timestamptz,
      failure text,
      PRIMARY KEY (operator_id, id),
      UNIQUE (operator_id, lease_id, key),
      UNIQUE (operator_id, provider_number),
      FOREIGN KEY (operator_id, lease_id) REFERENCES lease
    );`);
  await isolate(knex, { payment: 'append', bill_allocation: 'append', refund: 'keep', cashier_order: 'keep' });
  await knex.raw('GRANT UPDATE (status, applied_at) ON payment TO apartment_app');
  await refuseChanges(knex, ['bill_allocation']);
}

export async function down(knex: Knex): Promise<void> {
  await dropTables(knex, ['refund', 'cashier_order', 'bill_allocation', 'payment']);
}
