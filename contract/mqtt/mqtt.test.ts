import { describe, expect, it } from '@jest/globals';
import { parseId } from '../../domain/ids';
import { hasEffect, parsePayload, RoomCommand, StateReport } from './messages';
import { commandTopic, fireAlarmTopic, parseFireAlarmTopic, parseRoomTopic, ROOM_PARTS, stateTopic } from './topics';

const operatorId = parseId<'operator'>('01890a5d-ac96-774b-bcce-b302099a8057');
const roomId = parseId<'room'>('01890a5d-ac96-774b-bcce-b302099a8058');
const buildingId = parseId<'building'>('01890a5d-ac96-774b-bcce-b302099a8059');
const report = {
  commandId: 'c1',
  leaseId: null,
  at: '2026-01-06T00:00:00.000Z',
  observedAt: '2026-01-06T00:00:01.000Z',
  fireAlarm: false,
  refused: null,
  virtual: true,
};

describe('topics', () => {
  it('are read back to the address they were made of', () => {
    for (const part of ROOM_PARTS) {
      const address = { operatorId, roomId, part };
      expect(parseRoomTopic(commandTopic(address))).toEqual({ address, purpose: 'command' });
      expect(parseRoomTopic(stateTopic(address))).toEqual({ address, purpose: 'state' });
    }
    expect(parseFireAlarmTopic(fireAlarmTopic({ operatorId, buildingId }))).toEqual({ operatorId, buildingId });
  });

  it.each([
    `op/${operatorId}/room/101/door/state`,
    `op/${operatorId}/room/${roomId}/window/state`,
    `op/${operatorId}/room/${roomId}/door/state/x`,
    `x/op/${operatorId}/room/${roomId}/door/state`,
    fireAlarmTopic({ operatorId, buildingId }),
  ])('%s names no part of a room', (topic) => {
    expect(parseRoomTopic(topic)).toBeUndefined();
  });
});

describe('messages', () => {
  it('cannot say that a door does not open from inside', () => {
    const door = { part: 'door', locked: true, ...report };
    expect(StateReport.safeParse({ ...door, insideHandle: 'free' }).success).toBe(true);
    expect(StateReport.safeParse({ ...door, insideHandle: 'locked' }).success).toBe(false);
    expect(StateReport.safeParse(door).success).toBe(false);
  });

  it('tell an effect only when the report shows it', () => {
    const door = StateReport.parse({ part: 'door', locked: true, insideHandle: 'free', ...report });
    const power = StateReport.parse({ part: 'power', on: true, ...report });
    const seen = (['lock', 'unlock', 'cut', 'restore'] as const).map((action) => [
      hasEffect(door, action),
      hasEffect(power, action),
    ]);
    expect(seen).toEqual([
      [true, false],
      [false, false],
      [false, false],
      [false, true],
    ]);
  });

  it('that are broken or carry unknown fields are not commands', () => {
    const command = { commandId: 'c1', action: 'lock', reason: '欠费', at: '2026-01-06T00:00:00.000Z' };
    expect(parsePayload(RoomCommand, Buffer.from(JSON.stringify(command)))).toEqual(command);
    expect(parsePayload(RoomCommand, Buffer.from(JSON.stringify({ ...command, force: true })))).toBeUndefined();
    expect(parsePayload(RoomCommand, Buffer.from(JSON.stringify({ ...command, at: 'yesterday' })))).toBeUndefined();
    expect(parsePayload(RoomCommand, Buffer.from('{"commandId":'))).toBeUndefined();
  });
});
