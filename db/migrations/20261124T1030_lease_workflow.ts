import type { Knex } from 'knex';

/** What a lease's workflow remembers beside terms and bills, so that it can be started again from the record alone. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE lease
      ADD COLUMN billed_until date,
      ADD COLUMN checkout jsonb,
      ADD COLUMN enforced_room_id uuid,
      ADD COLUMN human_release jsonb,
      ADD COLUMN ending_noticed_at timestamptz;
    COMMENT ON COLUMN lease.billed_until IS 'exclusive end of the days that have been billed; null before the first bill';
    COMMENT ON COLUMN lease.human_release IS '{ by, reason, until: ISO instant or null }: a person let the tenant in again';
    ALTER TABLE building ADD COLUMN fire_alarm_since timestamptz;
    COMMENT ON COLUMN building.fire_alarm_since IS 'while set, doors are free and nobody in the building is locked out';
    ALTER TABLE work_order DROP CONSTRAINT work_order_kind_check;
    ALTER TABLE work_order ADD CONSTRAINT work_order_kind_check CHECK (kind IN
      ('enforcement', 'refund', 'inspection', 'collection', 'workflow', 'payment', 'repair', 'other'));
    ALTER TABLE lease_change DROP CONSTRAINT lease_change_kind_check;
    ALTER TABLE lease_change ADD CONSTRAINT lease_change_kind_check CHECK (kind IN
      ('renewal', 'amendment', 'coTenants', 'transfer', 'suspension', 'resumption', 'earlyEnd'));`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE lease_change DROP CONSTRAINT lease_change_kind_check;
    ALTER TABLE lease_change ADD CONSTRAINT lease_change_kind_check CHECK (kind IN
      ('renewal', 'amendment', 'transfer', 'suspension', 'resumption', 'termination'));
    ALTER TABLE work_order DROP CONSTRAINT work_order_kind_check;
    ALTER TABLE work_order ADD CONSTRAINT work_order_kind_check CHECK (kind IN
      ('enforcement', 'refund', 'inspection', 'collection', 'workflow', 'repair'));
    ALTER TABLE building DROP COLUMN fire_alarm_since;
    ALTER TABLE lease
      DROP COLUMN billed_until, DROP COLUMN checkout, DROP COLUMN enforced_room_id, DROP COLUMN human_release,
      DROP COLUMN ending_noticed_at;`);
}
