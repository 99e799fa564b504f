import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Knex } from 'knex';
import mqtt, { type MqttClient } from 'mqtt';
import type { FireAlarm } from '../../contract/mqtt/messages';
import { fireAlarmTopic } from '../../contract/mqtt/topics';
import { changeFireAlarm } from '../../db/fire-alarm';
import { openDatabase } from '../../db/knex';
import { insertSignedLease } from '../../db/leases';
import { aNewLease, aPlace, type Place } from '../../db/testing';
import { withOperator } from '../../db/tx';
import { parseId } from '../../domain/ids';
import { type TestDatabase, testDatabase } from '../../test/harness/database';
import { startTestBroker, type TestBroker } from '../testing/test-broker';
import { type Ingest, runIngest } from './service';

jest.setTimeout(60_000);

const AT = '2026-01-06T00:00:00.000Z';

let database: TestDatabase;
let knex: Knex;
let broker: TestBroker;
let panel: MqttClient;
let running: Ingest[] = [];
beforeAll(async () => {
  database = await testDatabase();
  knex = openDatabase(database.url, 'app', 4);
  broker = await startTestBroker();
  panel = await mqtt.connectAsync(broker.url);
});
afterEach(async () => {
  for (const ingest of running) await ingest.close();
  running = [];
});
afterAll(async () => {
  await panel.endAsync(true);
  await broker.stop();
  await knex.destroy();
  await database.drop();
});

const ingests = (processes = 1) => {
  running = Array.from({ length: processes }, () => runIngest({ mqttUrl: broker.url, database: knex }));
  return running as [Ingest, ...Ingest[]];
};

const anAlarm = (alarm: Partial<FireAlarm> = {}): FireAlarm => ({
  ...{ alarmId: 'A1', active: true, roomIds: [], at: AT },
  ...alarm,
});
const publish = ({ operatorId, buildingId }: Pick<Place, 'operatorId' | 'buildingId'>, alarm: object | string) =>
  panel.publishAsync(
    fireAlarmTopic({ operatorId, buildingId: parseId(buildingId) }),
    typeof alarm === 'string' ? alarm : JSON.stringify(alarm),
    {
      qos: 1,
      retain: true,
    },
  );

/** A building with a lease that runs in it. */
async function aLetPlace(): Promise<Place> {
  const place = await aPlace(knex);
  const lease = aNewLease(place, { status: 'effective' });
  await withOperator(knex, place.operatorId, (tx) => insertSignedLease(tx, lease));
  return place;
}

type Facts = { since: string | null; told: number; audits: string[]; orders: string[]; reports: number };
const factsOf = ({ operatorId, buildingId }: Place): Promise<Facts> =>
  withOperator(knex, operatorId, async (tx) => {
    const [row] = await tx.query<Facts>(
      `SELECT b.fire_alarm_since AS since,
        (SELECT count(*)::int FROM outbox WHERE topic = 'enforcementFactsChanged') AS told,
        (SELECT coalesce(json_agg(actor_kind || ' ' || action ORDER BY id), '[]') FROM audit_log WHERE subject_id = b.id::text) AS audits,
        (SELECT coalesce(json_agg(title ORDER BY id), '[]') FROM work_order) AS orders,
        (SELECT count(*)::int FROM fire_alarm_report) AS reports
        FROM building b WHERE b.id = $1`,
      [buildingId],
    );
    if (!row) throw new Error('no such building');
    return row;
  });

async function until(place: Place, holds: (facts: Facts) => boolean): Promise<Facts> {
  for (let i = 0; i < 100; i++) {
    const facts = await factsOf(place);
    if (holds(facts)) return facts;
    await new Promise((wake) => setTimeout(wake, 50));
  }
  throw new Error(`never came to it: ${JSON.stringify(await factsOf(place))}`);
}

const endByPerson = ({ operatorId, buildingId }: Place) =>
  withOperator(knex, operatorId, (tx) =>
    changeFireAlarm(tx, {
      ...{
        buildingId: parseId(buildingId),
        active: false,
        at: new Date().toISOString(),
        cause: randomUUID(),
        why: '误报',
      },
      actor: { kind: 'staff', id: null, name: '值班员' },
    }),
  );

describe('a fire alarm on the topic of a building', () => {
  it('begins once, with the panel’s time, tells the leases and leaves an order, whoever hears it and however often', async () => {
    const place = await aLetPlace();
    ingests(2);
    for (let i = 0; i < 3; i++) await publish(place, anAlarm());
    const begun = await until(place, ({ since }) => since !== null);
    await new Promise((wake) => setTimeout(wake, 300));
    expect(await factsOf(place)).toEqual(begun);
    expect(begun).toMatchObject({ since: AT, told: 1, audits: ['device building.beginFireAlarm'], reports: 1 });
    expect(begun.orders).toEqual([expect.stringMatching(/^1栋 消防报警/)]);
  });

  it('that sounded while nobody listened is heard from what the broker retained', async () => {
    const place = await aLetPlace();
    await publish(place, anAlarm());
    ingests();
    await until(place, ({ since, told }) => since === AT && told === 1);
  });

  it('from a clock that is ahead does not begin in the future', async () => {
    const place = await aLetPlace();
    ingests();
    await publish(place, anAlarm({ at: '2199-01-01T00:00:00.000Z' }));
    const { since } = await until(place, (facts) => facts.since !== null);
    expect(Date.parse(since ?? '')).toBeLessThanOrEqual(Date.now());
  });

  it('is not ended by a message that calls it over, which asks a person to look', async () => {
    const place = await aLetPlace();
    ingests();
    await publish(place, anAlarm());
    await until(place, ({ since }) => since !== null);
    await publish(place, anAlarm({ active: false, at: '2026-01-06T00:10:00.000Z' }));
    const { since, told, audits, orders } = await until(place, (facts) => facts.orders.length === 2);
    expect([since, told, audits.at(-1)]).toEqual([AT, 1, 'device building.reportFireAlarmOver']);
    expect(orders[1]).toContain('核实后解除');
  });

  it('that a person has ended does not begin again because the retained message is read again; a later alarm does begin', async () => {
    const place = await aLetPlace();
    const [first] = ingests();
    await publish(place, anAlarm());
    await until(place, ({ since }) => since !== null);
    await endByPerson(place);
    await first.close();
    ingests();
    await publish(place, '{}');
    await publish(place, anAlarm());
    await new Promise((wake) => setTimeout(wake, 500));
    expect(await factsOf(place)).toMatchObject({ since: null, told: 2 });
    // Also one whose number was seen before: whoever guesses numbers must not silence a panel.
    await publish(place, anAlarm({ at: '2026-01-07T00:00:00.000Z' }));
    await until(place, ({ since, told }) => since === '2026-01-07T00:00:00.000Z' && told === 3);
  });

  it('is begun even when a forged end came first', async () => {
    const place = await aLetPlace();
    ingests();
    await publish(place, anAlarm({ active: false }));
    const { orders, since } = await until(place, (facts) => facts.orders.length === 1);
    expect([since, orders[0]]).toEqual([null, expect.stringContaining('未收到')]);
    await publish(place, anAlarm());
    await until(place, (facts) => facts.since === AT);
  });
});

describe('what is no fire alarm', () => {
  it('is refused and counted, and the next alarm is heard', async () => {
    const place = await aLetPlace();
    const stranger = await aPlace(knex);
    const [{ refusedAlarms }] = ingests();
    const buildingId = randomUUID();
    const counted = async (why: keyof typeof refusedAlarms) => {
      for (let i = 0; i < 100 && refusedAlarms[why] === 0; i++) await new Promise((wake) => setTimeout(wake, 50));
    };
    await publish(place, '{"alarmId":');
    await counted('unreadable');
    await publish(place, { ...anAlarm(), force: true });
    await publish(place, anAlarm({ at: 'yesterday' }));
    await publish({ operatorId: place.operatorId, buildingId }, anAlarm());
    await publish({ operatorId: stranger.operatorId, buildingId: place.buildingId }, anAlarm());
    await panel.publishAsync('op/x/building/y/fire-alarm', JSON.stringify(anAlarm()), { qos: 1 });
    await publish(place, anAlarm({ alarmId: 'half\u0000' }));
    await counted('unstorable');
    expect(refusedAlarms).toEqual({ unreadable: 4, unknownBuilding: 2, unstorable: 1 });
    expect(await factsOf(place)).toMatchObject({ since: null, told: 0, orders: [], reports: 0 });
    await publish(place, anAlarm());
    await until(place, ({ since }) => since === AT);
  });
});
