import type { Knex } from 'knex';
import { dropTables, isolate } from '../isolate';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE device (
      operator_id uuid NOT NULL,
      id uuid NOT NULL DEFAULT uuidv7(),
      room_id uuid NOT NULL,
      kind text NOT NULL CHECK (kind IN ('door', 'power')),
      virtual boolean NOT NULL,
      PRIMARY KEY (operator_id, id),
      UNIQUE (operator_id, room_id, kind),
      FOREIGN KEY (operator_id, room_id) REFERENCES room
    );
    COMMENT ON COLUMN device.virtual IS 'a simulated device; every screen says so';
    CREATE TABLE device_state (
      operator_id uuid NOT NULL,
      device_id uuid NOT NULL,
      desired text,
      desired_at timestamptz,
      desired_because text,
      reported text,
      reported_at timestamptz,
      PRIMARY KEY (operator_id, device_id),
      FOREIGN KEY (operator_id, device_id) REFERENCES device
    );
    CREATE TABLE meter (
      operator_id uuid NOT NULL,
      id uuid NOT NULL DEFAULT uuidv7(),
      room_id uuid NOT NULL,
      kind text NOT NULL CHECK (kind IN ('electricity', 'coldWater', 'hotWater', 'gas')),
      number text NOT NULL CHECK (number <> ''),
      PRIMARY KEY (operator_id, id),
      UNIQUE (operator_id, kind, number),
      FOREIGN KEY (operator_id, room_id) REFERENCES room
    );
    CREATE INDEX meter_by_room ON meter (operator_id, room_id);
    CREATE TABLE meter_reading (
      operator_id uuid NOT NULL,
      meter_id uuid NOT NULL,
      read_on date NOT NULL,
      value_thousandths bigint NOT NULL CHECK (value_thousandths >= 0),
      source text NOT NULL CHECK (source IN ('device', 'manual', 'import')),
      recorded_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (operator_id, meter_id, read_on),
      FOREIGN KEY (operator_id, meter_id) REFERENCES meter
    );
    COMMENT ON COLUMN meter_reading.value_thousandths IS 'thousandths of a kWh or of a cubic metre, as shown by the meter';`);
  await isolate(knex, { device: 'all', device_state: 'keep', meter: 'all', meter_reading: 'keep' });
}

export async function down(knex: Knex): Promise<void> {
  await dropTables(knex, ['meter_reading', 'meter', 'device_state', 'device']);
}
