import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import mqtt, { type MqttClient } from 'mqtt';
import { runRelay } from '../activities/relay';
import { FIRE_ALARM_FILTER, fireAlarmTopic } from '../contract/mqtt/topics';
import { openDatabase } from '../db/knex';
import { createRoomCommander } from '../device-adapters/command-client';
import { runIngest } from '../device-adapters/ingest/service';
import { startTestBroker, type TestBroker } from '../device-adapters/testing/test-broker';
import { NO_FAULTS } from '../device-adapters/virtual-room/faults';
import { openRoomBook } from '../device-adapters/virtual-room/room-book';
import { runVirtualRooms } from '../device-adapters/virtual-room/service';
import { addDays, shanghaiDate } from '../domain/calendar';
import { parseId } from '../domain/ids';
import { type LeaseWorld, leaseWorld } from '../test/lease-world';
import { createLeaseCommands } from './lease-commands';
import { aPlace, aTenant, type Caller, signUp } from './test-caller';
import { type Rig, startRig } from './test-rig';

// Other tests share the two cores.
jest.setTimeout(120_000);

/** The keys that the world's worker reads personal data with. */
const personalDataKeys = {
  currentKeyId: 'k1',
  keys: new Map([['k1', Buffer.alloc(32, 1)]]),
  indexKey: Buffer.alloc(32, 2),
};

let broker: TestBroker;
let world: LeaseWorld;
let rig: Rig;
let panel: MqttClient;
const relaying = new AbortController();
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  broker = await startTestBroker();
  const commander = createRoomCommander(broker.url);
  world = await leaseWorld({ commander });
  const leases = createLeaseCommands(world.env.client, world.taskQueue);
  rig = await startRig({ leases, personalDataKeys }, world.databaseUrl);
  const book = openRoomBook();
  const rooms = runVirtualRooms({ mqttUrl: broker.url, clientId: randomUUID(), book, faults: NO_FAULTS });
  await rooms.ready;
  const database = openDatabase(world.databaseUrl, 'app', 2);
  const ingest = runIngest({ mqttUrl: broker.url, database });
  panel = await mqtt.connectAsync(broker.url);
  const relay = runRelay(world.relay, relaying.signal);
  closing.push(
    () => panel.endAsync(true),
    () => ingest.close(),
    () => database.destroy(),
    () => rooms.close(),
    () => relay,
    () => rig.stop(),
    () => world.close(),
    () => commander.close(),
    () => broker.stop(),
  );
}, 180_000);
afterAll(async () => {
  relaying.abort();
  for (const close of closing) await close();
}, 60_000);

/** How the devices of a room stand, as the platform shows them. */
async function until(admin: Caller, roomId: string, reported: Record<'door' | 'power', string>): Promise<void> {
  let seen: unknown;
  for (let i = 0; i < 200; i += 1) {
    const { items } = (await admin.must('GET', `/v1/rooms/${roomId}/devices`)).body;
    seen = Object.fromEntries(items.map((device: Record<string, string>) => [device.kind, device.reported]));
    if (JSON.stringify(seen) === JSON.stringify(reported)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(seen).toEqual(reported);
}

const LOCKED_OUT = { door: 'locked', power: 'off' };
const LET_IN = { door: 'unlocked', power: 'on' };

/** A lease in a room of the admin's building, locked out for its second month's rent. */
async function aLockedOutLease(admin: Caller & { operatorId: string }) {
  const { communityId, buildingId, roomId } = await aPlace(admin);
  const { id: tenantId } = await aTenant(admin);
  const place = {
    ...{
      operatorId: parseId<'operator'>(admin.operatorId),
      communityId: parseId<'community'>(communityId),
      buildingId,
    },
    ...{ roomId: parseId<'room'>(roomId), tenantId: parseId<'tenant'>(tenantId) },
  };
  const lease = await (await world.sign({ place })).bringIntoEffect();
  await lease.travelTo(addDays(shanghaiDate(Date.now()), 40));
  await lease.until(({ enforcement }) => enforcement === 'restricted');
  return { lease, buildingId, operatorId: place.operatorId, roomId: lease.parts.place.roomId };
}

test('a locked-out tenant’s door opens and power returns within seconds of a fire panel’s word; after a person ends the alarm the door is locked again', async () => {
  const admin = await signUp(rig);
  const { lease, buildingId, operatorId, roomId } = await aLockedOutLease(admin);
  await until(admin, roomId, LOCKED_OUT);

  const topic = fireAlarmTopic({ operatorId, buildingId: parseId(buildingId) });
  // A panel that knows no rooms: every door that opens here was opened by the platform.
  const say = (active: boolean) =>
    panel.publishAsync(topic, JSON.stringify({ alarmId: 'P-1', active, roomIds: [], at: new Date().toISOString() }), {
      qos: 1,
      retain: true,
    });
  await say(true);
  await until(admin, roomId, LET_IN);
  await lease.until(({ enforcement }) => enforcement === 'none');
  const [building] = (await admin.must('GET', '/v1/buildings')).body.items;
  expect(building.fireAlarmSince).toEqual(expect.any(String));
  const orders = async () =>
    ((await admin.must('GET', '/v1/work-orders')).body.items as { title: string }[]).map(({ title }) => title);
  expect(await orders()).toEqual([expect.stringContaining('消防报警：请立即到现场')]);
  expect((await admin.must('GET', `/v1/audit-entries?subjectId=${buildingId}`)).body.items).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ actorKind: 'device', action: 'building.beginFireAlarm', actorName: '消防面板' }),
    ]),
  );

  await say(false);
  for (let i = 0; i < 100 && (await orders()).length < 2; i += 1) await new Promise((wake) => setTimeout(wake, 50));
  expect(await orders()).toContainEqual(expect.stringContaining('核实后解除'));
  expect((await lease.state()).enforcement).toBe('none');
  await until(admin, roomId, LET_IN);

  await admin.must('POST', `/v1/buildings/${buildingId}/fire-alarm`, { active: false, reason: '现场确认安全' });
  await lease.until(({ enforcement }) => enforcement === 'restricted');
  await until(admin, roomId, LOCKED_OUT);
});

test('an alarm that a person begins is said to rooms by commands alone, so that no panel’s word is heard of it', async () => {
  const admin = await signUp(rig);
  const { lease, buildingId, operatorId } = await aLockedOutLease(admin);
  const heard: string[] = [];
  panel.on('message', (topic) => void heard.push(topic));
  await panel.subscribeAsync(FIRE_ALARM_FILTER, { qos: 1 });
  const alarm = `/v1/buildings/${buildingId}/fire-alarm`;
  await admin.must('POST', alarm, { active: true, reason: '烟感报警' });
  await lease.until(({ enforcement }) => enforcement === 'none');
  await admin.must('POST', alarm, { active: false, reason: '误报' });
  await lease.until(({ enforcement }) => enforcement === 'restricted');
  expect(heard.filter((topic) => topic.includes(operatorId))).toEqual([]);
  const actors = (await admin.must('GET', `/v1/audit-entries?subjectId=${buildingId}`)).body.items;
  expect(actors.filter(({ actorKind }: Record<string, string>) => actorKind === 'device')).toEqual([]);
});
