import type { Knex } from 'knex';
import { dropTables, isolate } from '../isolate';

const ACTORS = `'staff', 'tenant', 'token', 'system'`;

/** What fire panels have said over MQTT, by the panel's own number, so that a retained message that comes again is known; and devices as actors. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE fire_alarm_report (
      operator_id uuid NOT NULL REFERENCES operator,
      building_id uuid NOT NULL,
      alarm_id text NOT NULL CHECK (length(alarm_id) BETWEEN 1 AND 200),
      sounded_at timestamptz,
      over_at timestamptz,
      received_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (operator_id, building_id, alarm_id),
      FOREIGN KEY (operator_id, building_id) REFERENCES building,
      CHECK (sounded_at IS NOT NULL OR over_at IS NOT NULL)
    );
    COMMENT ON COLUMN fire_alarm_report.sounded_at IS 'the panel''s clock; null when only the end of the alarm was heard';
    COMMENT ON COLUMN fire_alarm_report.over_at IS 'the panel''s clock; whether the alarm is over for the building is decided by a person';
    ALTER TABLE audit_log DROP CONSTRAINT audit_log_actor_kind_check;
    ALTER TABLE audit_log ADD CONSTRAINT audit_log_actor_kind_check CHECK (actor_kind IN (${ACTORS}, 'device'));`);
  await isolate(knex, { fire_alarm_report: 'keep' });
}

/** Audit rows are never removed, so those of devices stay and only new ones are refused. */
export async function down(knex: Knex): Promise<void> {
  await dropTables(knex, ['fire_alarm_report']);
  await knex.raw(`
    ALTER TABLE audit_log DROP CONSTRAINT audit_log_actor_kind_check;
    ALTER TABLE audit_log ADD CONSTRAINT audit_log_actor_kind_check CHECK (actor_kind IN (${ACTORS})) NOT VALID;`);
}
