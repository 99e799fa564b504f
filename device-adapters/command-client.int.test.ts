import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import mqtt from 'mqtt';
import { parsePayload, StateReport } from '../contract/mqtt/messages';
import { commandTopic, fireAlarmTopic, stateTopic } from '../contract/mqtt/topics';
import { parseId } from '../domain/ids';
import { createRoomCommander, type RoomCommander, type RoomCommandRequest } from './command-client';
import { startTestBroker, type TestBroker } from './testing/test-broker';
import { type Faults, NO_FAULTS } from './virtual-room/faults';
import { openRoomBook } from './virtual-room/room-book';
import { runVirtualRooms } from './virtual-room/service';
import { newPart } from './virtual-room/virtual-room';

const operatorId = parseId<'operator'>(randomUUID());
const newRoom = () => parseId<'room'>(randomUUID());
const aRequest = (overrides: Partial<RoomCommandRequest> = {}): RoomCommandRequest => ({
  operatorId,
  roomId: newRoom(),
  part: 'door',
  action: 'lock',
  commandId: randomUUID(),
  reason: '欠费',
  at: '2026-01-06T00:00:00.000Z',
  ...overrides,
});

jest.setTimeout(60_000);

let broker: TestBroker;
let commander: RoomCommander;
const closing: (() => Promise<void>)[] = [];
beforeAll(async () => {
  broker = await startTestBroker();
  commander = createRoomCommander(broker.url);
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
afterAll(async () => {
  await commander.close();
  await broker.stop();
});

const rooms = async (faults: Partial<Faults> = {}, book = openRoomBook(), clientId: string = randomUUID()) => {
  const running = runVirtualRooms({ mqttUrl: broker.url, clientId, book, faults: { ...NO_FAULTS, ...faults } });
  closing.push(running.close);
  await running.ready;
  return running;
};

async function retainedState(request: RoomCommandRequest): Promise<StateReport | undefined> {
  const client = await mqtt.connectAsync(broker.url);
  const payload = await new Promise<Buffer>((resolve) => {
    client.once('message', (_topic, message) => resolve(message));
    client.subscribe(stateTopic(request), { qos: 1 });
  });
  await client.endAsync(true);
  return parsePayload(StateReport, payload);
}

describe('a command to a room', () => {
  it('is confirmed when the room reports the effect, and the report is retained', async () => {
    await rooms();
    const request = aRequest();
    expect(await commander.send(request, 5000)).toMatchObject({ confirmed: true });
    expect(await retainedState(request)).toMatchObject({
      locked: true,
      insideHandle: 'free',
      virtual: true,
      at: request.at,
    });
    expect(await commander.send(request, 5000)).toMatchObject({ confirmed: true });
  });

  it('is confirmed for 400 rooms at once', async () => {
    await rooms();
    const requests = Array.from({ length: 400 }, (_, i) =>
      i % 2 === 0 ? aRequest() : aRequest({ part: 'power', action: 'cut' }),
    );
    const results = await Promise.all(requests.map((request) => commander.send(request, 10_000)));
    expect(results.filter(({ confirmed }) => confirmed)).toHaveLength(400);
  });

  it('is never confirmed by a deaf room, while its neighbour obeys', async () => {
    const deaf = newRoom();
    await rooms({ deafRooms: new Set([deaf]) });
    const [lost, heard] = await Promise.all([
      commander.send(aRequest({ roomId: deaf }), 800),
      commander.send(aRequest(), 5000),
    ]);
    expect(lost).toEqual({ confirmed: false, why: 'noAnswer' });
    expect(heard.confirmed).toBe(true);
  });

  it('is not confirmed before a slow room has moved, and a lock given up on does not fall shut afterwards', async () => {
    const book = openRoomBook();
    await rooms({ delayMs: 600 }, book);
    const request = aRequest();
    expect(await commander.send(request, 400)).toEqual({ confirmed: false, why: 'noAnswer' });
    await new Promise((wake) => setTimeout(wake, 600));
    expect(book.get(request, request.at).report).toMatchObject({ locked: false, refused: { why: 'expired' } });
    expect(await commander.send(request, 3000)).toMatchObject({ confirmed: true });
  });

  it('is not confirmed by a device that echoes the command and shows no effect', async () => {
    const request = aRequest();
    const { report } = newPart('door', request.at);
    const liar = await mqtt.connectAsync(broker.url);
    liar.on('message', () =>
      liar.publish(stateTopic(request), JSON.stringify({ ...report, commandId: request.commandId }), { qos: 1 }),
    );
    await liar.subscribeAsync(commandTopic(request), { qos: 1 });
    closing.push(() => liar.endAsync(true));
    expect(await commander.send(request, 800)).toEqual({ confirmed: false, why: 'noAnswer' });
  });

  it('is not taken for refused by what the room said of an earlier attempt', async () => {
    await rooms({ delayMs: 500 });
    const request = aRequest();
    expect(await commander.send(request, 100)).toMatchObject({ confirmed: false });
    expect(await commander.send(request, 8000)).toMatchObject({ confirmed: true });
    const late = aRequest();
    expect(await commander.send(late, 100)).toMatchObject({ confirmed: false });
    await new Promise((wake) => setTimeout(wake, 600));
    const another = createRoomCommander(broker.url);
    closing.push(another.close);
    expect(await another.send(late, 8000)).toMatchObject({ confirmed: true });
  });

  it('is refused when a newer decision of the same lease rules the room', async () => {
    await rooms();
    const release = aRequest({ action: 'unlock', at: '2026-01-08T00:00:00.000Z' });
    await commander.send(release, 5000);
    const late = aRequest({ roomId: release.roomId });
    expect(await commander.send(late, 5000)).toEqual({ confirmed: false, why: 'superseded' });
  });

  it('waits in the session of rooms that are down and reaches them when they return', async () => {
    const clientId = randomUUID();
    const book = openRoomBook();
    const first = await rooms({}, book, clientId);
    const request = aRequest();
    await commander.send(request, 5000);
    await first.close();
    const release = commander.send({ ...request, commandId: randomUUID(), action: 'unlock' }, 8000);
    await new Promise((wake) => setTimeout(wake, 300));
    await rooms({}, openRoomBook(), clientId);
    expect(await release).toMatchObject({ confirmed: true });
  });
});

describe('rooms', () => {
  it('take their state back from retained reports in a new life', async () => {
    const request = aRequest();
    const first = await rooms();
    await commander.send(request, 5000);
    await first.close();
    const book = openRoomBook();
    await rooms({}, book);
    await commander.send(aRequest(), 5000);
    expect(book.get(request, request.at).report).toMatchObject({ locked: true, commandId: request.commandId });
  });

  it('tell a broker that was killed and lost its memory how they stand, and obey on', async () => {
    await rooms();
    const request = aRequest();
    await commander.send(request, 5000);
    await broker.restart(200);
    expect(await commander.send(aRequest(), 10_000)).toMatchObject({ confirmed: true });
    expect(await retainedState(request)).toMatchObject({ locked: true, commandId: request.commandId });
  });

  it('are all locked though the broker is killed while it holds their commands', async () => {
    await rooms();
    const sent = Array.from({ length: 100 }, () => commander.send(aRequest(), 20_000));
    await broker.restart(100);
    expect((await Promise.all(sent)).filter(({ confirmed }) => confirmed)).toHaveLength(100);
  });

  it('of a building on fire open and get power, and refuse the lock until the alarm has ended', async () => {
    const book = openRoomBook();
    await rooms({}, book);
    const door = aRequest();
    const power = { ...door, part: 'power', action: 'cut', commandId: randomUUID() } as const;
    await Promise.all([commander.send(door, 5000), commander.send(power, 5000)]);
    const alarm = { alarmId: 'a1', active: true, roomIds: [door.roomId], at: '2026-01-07T00:00:00.000Z' };
    const panel = await mqtt.connectAsync(broker.url);
    const topic = fireAlarmTopic({ operatorId, buildingId: parseId(randomUUID()) });
    await panel.publishAsync(topic, JSON.stringify(alarm), { qos: 1, retain: true });
    const again = { ...door, commandId: randomUUID() };
    expect(await commander.send(again, 5000)).toEqual({ confirmed: false, why: 'fireAlarm' });
    expect(book.get(door, door.at).report).toMatchObject({ locked: false });
    expect(book.get(power, door.at).report).toMatchObject({ on: true });
    await panel.publishAsync(topic, JSON.stringify({ ...alarm, active: false }), { qos: 1, retain: true });
    expect(await commander.send(again, 5000)).toMatchObject({ confirmed: true });
    await panel.endAsync();
  });
});

it('says that the broker cannot be reached instead of waiting for ever', async () => {
  const lonely = createRoomCommander('mqtt://127.0.0.1:9');
  expect(await lonely.send(aRequest(), 300)).toEqual({ confirmed: false, why: 'brokerUnreachable' });
  await lonely.close();
});
