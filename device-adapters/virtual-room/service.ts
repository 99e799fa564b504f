import mqtt, { type MqttClient } from 'mqtt';
import { FireAlarm, parsePayload, RoomCommand } from '../../contract/mqtt/messages';
import {
  COMMAND_FILTER,
  FIRE_ALARM_FILTER,
  parseFireAlarmTopic,
  parseRoomTopic,
  ROOM_PARTS,
  type RoomPartAddress,
  STATE_FILTER,
  stateTopic,
} from '../../contract/mqtt/topics';
import type { RoomId } from '../../domain/ids';
import { type Faults, isLost } from './faults';
import { type RoomBook, readReport } from './room-book';
import { applyCommand, applyFireAlarm, type PartState } from './virtual-room';

export type VirtualRoomsOptions = {
  readonly mqttUrl: string;
  /** Names the persistent session: commands sent while this process is down wait for it under this name. */
  readonly clientId: string;
  readonly book: RoomBook;
  readonly faults: Faults;
  readonly log?: (message: string) => void;
};

const RETAINED_QUIET_MS = 300; // no retained report for this long: the broker has told all it knows

const now = () => new Date().toISOString();

const report = (client: MqttClient, address: RoomPartAddress, state: PartState) =>
  client.publish(stateTopic(address), JSON.stringify(state.report), { qos: 1, retain: true });

function obey(client: MqttClient, { book, faults }: VirtualRoomsOptions, address: RoomPartAddress, payload: Buffer) {
  const command = parsePayload(RoomCommand, payload);
  if (command === undefined || isLost(faults, address.roomId, Math.random())) return;
  const act = () => {
    const state = applyCommand(book.get(address, now()), command, now());
    book.set(address, state);
    report(client, address, state);
  };
  if (faults.delayMs === 0) act();
  else setTimeout(act, faults.delayMs);
}

function hearFireAlarm(client: MqttClient, { book, log }: VirtualRoomsOptions, topic: string, payload: Buffer) {
  const building = parseFireAlarmTopic(topic);
  const alarm = parsePayload(FireAlarm, payload);
  if (building === undefined || alarm === undefined) return;
  log?.(`fire alarm ${alarm.active ? 'sounds' : 'has ended'}: ${alarm.roomIds.length} rooms`);
  for (const roomId of alarm.roomIds as RoomId[]) {
    for (const part of ROOM_PARTS) {
      const address = { operatorId: building.operatorId, roomId, part };
      const before = book.get(address, now());
      const after = applyFireAlarm(before, alarm.active, now());
      if (after === before) continue;
      book.set(address, after);
      report(client, address, after);
    }
  }
}

/** Reads back what an earlier life of these rooms left with the broker. */
async function adoptRetained(client: MqttClient, book: RoomBook): Promise<void> {
  let lastAt = Date.now();
  const listen = (topic: string, payload: Buffer) => {
    const found = readReport(topic, payload);
    if (found === undefined) return;
    lastAt = Date.now();
    book.adopt(found.address, found.report);
  };
  client.on('message', listen);
  await client.subscribeAsync(STATE_FILTER, { qos: 1 });
  while (Date.now() - lastAt < RETAINED_QUIET_MS) await new Promise((wake) => setTimeout(wake, RETAINED_QUIET_MS / 3));
  await client.unsubscribeAsync(STATE_FILTER);
  client.off('message', listen);
}

export type VirtualRooms = {
  /** Resolves when the rooms know how they stand and hear commands. */
  readonly ready: Promise<void>;
  readonly close: () => Promise<void>;
};

/**
 * Stands for the doors and power switches of any number of rooms until closed. Commands that arrive before the rooms
 * know how they stand wait; a broker that lost its memory is told all states again.
 */
export function runVirtualRooms(options: VirtualRoomsOptions): VirtualRooms {
  const { book, log } = options;
  const client = mqtt.connect(options.mqttUrl, { clientId: options.clientId, clean: false, reconnectPeriod: 500 });
  const waiting: [string, Buffer][] = [];
  let knowing = false;
  const handle = (topic: string, payload: Buffer) => {
    const room = parseRoomTopic(topic);
    if (room?.purpose === 'command') obey(client, options, room.address, payload);
    else if (room === undefined) hearFireAlarm(client, options, topic, payload);
  };
  client.on('message', (topic, payload) => {
    if (knowing) handle(topic, payload);
    else if (parseRoomTopic(topic)?.purpose !== 'state') waiting.push([topic, payload]);
  });
  client.on('error', (error) => log?.(`MQTT: ${error.message}`));
  const tellAll = () => {
    for (const { address, state } of book.entries()) report(client, address, state);
  };
  const begin = async () => {
    await client.subscribeAsync([COMMAND_FILTER, FIRE_ALARM_FILTER], { qos: 1 });
    await adoptRetained(client, book);
    tellAll();
    knowing = true;
    for (const [topic, payload] of waiting.splice(0)) handle(topic, payload);
    log?.(`ready, ${book.entries().length} parts of rooms known`);
  };
  const ready = new Promise<void>((resolve) => {
    let beginning = false;
    client.on('connect', ({ sessionPresent }) => {
      if (knowing && !sessionPresent) tellAll();
      if (knowing || beginning) return;
      beginning = true;
      begin()
        .then(resolve, (error: Error) => log?.(`begins again with the next connection: ${error.message}`))
        .finally(() => {
          beginning = false;
        });
    });
  });
  return { ready, close: () => client.endAsync() };
}
