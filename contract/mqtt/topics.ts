import { type BuildingId, type OperatorId, parseId, type RoomId } from '../../domain/ids';

/** What of a room can be commanded: the outside handle of its door, or its power. */
export const ROOM_PARTS = ['door', 'power'] as const;
export type RoomPart = (typeof ROOM_PARTS)[number];

/** One commandable part of one room; topics are named by function, so a lock can be replaced without a new topic. */
export type RoomPartAddress = {
  readonly operatorId: OperatorId;
  readonly roomId: RoomId;
  readonly part: RoomPart;
};

const roomPart = ({ operatorId, roomId, part }: RoomPartAddress) => `op/${operatorId}/room/${roomId}/${part}`;

/** Commands go out here (QoS 1, never retained: an old command must not reach a room that joins later). */
export const commandTopic = (address: RoomPartAddress): string => `${roomPart(address)}/command`;

/** The room's last report (QoS 1, retained: whoever subscribes learns at once how the room stands). */
export const stateTopic = (address: RoomPartAddress): string => `${roomPart(address)}/state`;

/**
 * A building's fire alarm (QoS 1, retained while it sounds and when it has ended: whoever was away learns of it). Fire panels publish
 * here; rooms and ingest listen; the platform itself never publishes here, so it cannot take its own word for a panel's.
 */
export const fireAlarmTopic = (address: { readonly operatorId: OperatorId; readonly buildingId: BuildingId }): string =>
  `op/${address.operatorId}/building/${address.buildingId}/fire-alarm`;

export const COMMAND_FILTER = 'op/+/room/+/+/command';
export const STATE_FILTER = 'op/+/room/+/+/state';
export const FIRE_ALARM_FILTER = 'op/+/building/+/fire-alarm';

const ROOM_TOPIC = /^op\/([^/]+)\/room\/([^/]+)\/(door|power)\/(command|state)$/;
const FIRE_ALARM_TOPIC = /^op\/([^/]+)\/building\/([^/]+)\/fire-alarm$/;

/** Reads a command or state topic; undefined for every topic that is neither or names no proper ids. */
export function parseRoomTopic(
  topic: string,
): { readonly address: RoomPartAddress; readonly purpose: 'command' | 'state' } | undefined {
  const [, operatorId, roomId, part, purpose] = ROOM_TOPIC.exec(topic) ?? [];
  if (operatorId === undefined || roomId === undefined) return undefined;
  try {
    return {
      address: { operatorId: parseId(operatorId), roomId: parseId(roomId), part: part === 'door' ? 'door' : 'power' },
      purpose: purpose === 'command' ? 'command' : 'state',
    };
  } catch {
    return undefined;
  }
}

/** Reads a fire alarm topic; undefined for every other topic. */
export function parseFireAlarmTopic(
  topic: string,
): { readonly operatorId: OperatorId; readonly buildingId: BuildingId } | undefined {
  const [, operatorId, buildingId] = FIRE_ALARM_TOPIC.exec(topic) ?? [];
  if (operatorId === undefined || buildingId === undefined) return undefined;
  try {
    return { operatorId: parseId(operatorId), buildingId: parseId(buildingId) };
  } catch {
    return undefined;
  }
}
