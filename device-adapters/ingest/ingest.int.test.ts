import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Knex } from 'knex';
import mqtt, { type MqttClient } from 'mqtt';
import type { StateReport } from '../../contract/mqtt/messages';
import { stateTopic } from '../../contract/mqtt/topics';
import { openDatabase } from '../../db/knex';
import { withOperator } from '../../db/tx';
import { type OperatorId, parseId, type RoomId } from '../../domain/ids';
import { type TestDatabase, testDatabase } from '../../test/harness/database';
import { startTestBroker, type TestBroker } from '../testing/test-broker';
import { newPart } from '../virtual-room/virtual-room';
import { runIngest } from './service';
import { type ReceivedReport, storeReports } from './store';

jest.setTimeout(60_000);

let database: TestDatabase;
let knex: Knex;
let broker: TestBroker;
let device: MqttClient;
let running: { close(): Promise<void> }[] = [];
beforeAll(async () => {
  database = await testDatabase();
  knex = openDatabase(database.url, 'app', 4);
  broker = await startTestBroker();
  device = await mqtt.connectAsync(broker.url);
});
afterEach(async () => {
  for (const ingest of running) await ingest.close();
  running = [];
});
afterAll(async () => {
  await device.endAsync(true);
  await broker.stop();
  await knex.destroy();
  await database.drop();
});

/** An operator with one building and as many rooms as wanted. */
async function anOperator(rooms: number): Promise<{ operatorId: OperatorId; roomIds: RoomId[] }> {
  const operatorId = parseId<'operator'>(randomUUID());
  const [communityId, buildingId] = [randomUUID(), randomUUID()];
  const roomIds = Array.from({ length: rooms }, () => parseId<'room'>(randomUUID()));
  await withOperator(knex, operatorId, async (tx) => {
    await tx.query(`INSERT INTO operator (operator_id, name, policy) VALUES ($1, 'x', '{}')`, [operatorId]);
    await tx.query(`INSERT INTO community (operator_id, id, code, name) VALUES ($1, $2, 'c', 'c')`, [
      operatorId,
      communityId,
    ]);
    await tx.query(`INSERT INTO building (operator_id, id, community_id, code, name) VALUES ($1, $2, $3, 'b', 'b')`, [
      operatorId,
      buildingId,
      communityId,
    ]);
    await tx.query(
      `INSERT INTO room (operator_id, id, community_id, building_id, code) SELECT $1, id, $3, $4, id::text FROM unnest($2::uuid[]) AS id`,
      [operatorId, roomIds, communityId, buildingId],
    );
  });
  return { operatorId, roomIds };
}

const aDoor = (locked: boolean, observedAt: string, overrides: object = {}): StateReport => ({
  ...newPart('door', observedAt).report,
  ...{ part: 'door', locked, insideHandle: 'free' },
  ...overrides,
});
const received = (operatorId: OperatorId, roomId: RoomId, report: StateReport): ReceivedReport => ({
  address: { operatorId, roomId, part: report.part },
  report,
});
const store = (operatorId: OperatorId, reports: ReceivedReport[]) =>
  withOperator(knex, operatorId, (tx) => storeReports(tx, reports));
const states = (operatorId: OperatorId) =>
  withOperator(knex, operatorId, (tx) =>
    tx.query<{ room_id: string; kind: string; virtual: boolean; reported: string; reported_at: string }>(
      `SELECT room_id, kind, virtual, reported, reported_at FROM device_state JOIN device ON device.operator_id = device_state.operator_id AND id = device_id ORDER BY room_id, kind`,
    ),
  );
async function until(condition: () => Promise<boolean>) {
  for (let i = 0; i < 100 && !(await condition()); i++) await new Promise((wake) => setTimeout(wake, 50));
  expect(await condition()).toBe(true);
}

describe('a reported state', () => {
  it('registers the virtual device and is stored; repeated or older ones change nothing', async () => {
    const { operatorId, roomIds } = await anOperator(1);
    const [room] = roomIds as [RoomId];
    const locked = received(operatorId, room, aDoor(true, '2026-01-06T00:00:01.000Z'));
    expect(await store(operatorId, [locked])).toBe(1);
    expect(await store(operatorId, [locked])).toBe(0);
    expect(await store(operatorId, [received(operatorId, room, aDoor(false, '2026-01-05T00:00:00.000Z'))])).toBe(0);
    expect(await states(operatorId)).toEqual([
      { room_id: room, kind: 'door', virtual: true, reported: 'locked', reported_at: '2026-01-06T00:00:01.000Z' },
    ]);
    const power = { ...newPart('power', '2026-01-06T00:00:02.000Z').report };
    expect(await store(operatorId, [received(operatorId, room, power)])).toBe(1);
    expect((await states(operatorId)).map(({ reported }) => reported)).toEqual(['locked', 'on']);
  });

  it('of an unknown room, or of a real device that nobody registered, is left aside', async () => {
    const { operatorId, roomIds } = await anOperator(1);
    const [room] = roomIds as [RoomId];
    const stranger = received(operatorId, parseId(randomUUID()), aDoor(true, '2026-01-06T00:00:01.000Z'));
    const real = received(operatorId, room, aDoor(true, '2026-01-06T00:00:01.000Z', { virtual: false }));
    expect(await store(operatorId, [stranger, real])).toBe(0);
    expect(await states(operatorId)).toEqual([]);
  });

  it('of another operator’s room is not stored', async () => {
    const [one, other] = [await anOperator(1), await anOperator(1)];
    const [room] = one.roomIds as [RoomId];
    await store(other.operatorId, [received(other.operatorId, room, aDoor(true, '2026-01-06T00:00:01.000Z'))]);
    expect([await states(one.operatorId), await states(other.operatorId)]).toEqual([[], []]);
  });
});

describe('ingest', () => {
  const publish = (operatorId: OperatorId, roomId: RoomId, report: StateReport) =>
    device.publishAsync(stateTopic({ operatorId, roomId, part: 'door' }), JSON.stringify(report), {
      qos: 1,
      retain: true,
    });

  it('in two processes stores what was retained before it started and what comes after, once', async () => {
    const { operatorId, roomIds } = await anOperator(300);
    await Promise.all(roomIds.map((room) => publish(operatorId, room, aDoor(true, '2026-01-06T00:00:01.000Z'))));
    running = [1, 2].map(() => runIngest({ mqttUrl: broker.url, database: knex }));
    await until(async () => (await states(operatorId)).length === 300);
    await Promise.all(roomIds.map((room) => publish(operatorId, room, aDoor(false, '2026-01-06T00:00:02.000Z'))));
    await until(async () => (await states(operatorId)).every(({ reported }) => reported === 'unlocked'));
    expect(await states(operatorId)).toHaveLength(300);
  });

  it('goes on after garbage on a topic and after the broker was killed', async () => {
    const { operatorId, roomIds } = await anOperator(1);
    const [room] = roomIds as [RoomId];
    running = [runIngest({ mqttUrl: broker.url, database: knex })];
    await device.publishAsync(stateTopic({ operatorId, roomId: room, part: 'door' }), '{"locked":', { qos: 1 });
    await broker.restart();
    await publish(operatorId, room, aDoor(true, '2026-01-06T00:00:01.000Z'));
    await until(async () => (await states(operatorId)).length === 1);
  });
});
