import mqtt from 'mqtt';
import { parsePayload, StateReport } from '../../contract/mqtt/messages';
import { ROOM_PARTS, stateTopic } from '../../contract/mqtt/topics';
import type { OperatorId, RoomId } from '../../domain/ids';

/** What the room itself reports, heard on the broker like any gateway would. */
export type RoomWatch = {
  /** Locked and without power. */
  shut(): boolean;
  /** Unlocked and with power; also before the first report, as a room leaves the factory. */
  open(): boolean;
  close(): Promise<void>;
};

export async function watchRoom(mqttUrl: string, operatorId: OperatorId, roomId: RoomId): Promise<RoomWatch> {
  const state = { locked: false, powered: true };
  const client = await mqtt.connectAsync(mqttUrl);
  client.on('message', (_topic, payload) => {
    const report = parsePayload(StateReport, payload);
    if (report?.part === 'door') state.locked = report.locked;
    if (report?.part === 'power') state.powered = report.on;
  });
  await client.subscribeAsync(
    ROOM_PARTS.map((part) => stateTopic({ operatorId, roomId, part })),
    { qos: 1 },
  );
  return {
    shut: () => state.locked && !state.powered,
    open: () => !state.locked && state.powered,
    close: () => client.endAsync(),
  };
}
