import { join } from 'node:path';
import { z } from 'zod';
import { faultsFromEnv } from './faults';
import { openRoomBook } from './room-book';
import { runVirtualRooms } from './service';

const Env = z.object({
  MQTT_URL: z.url(),
  /** Where the rooms' journal lives; without it they remember what the broker retains. */
  DATA_DIR: z.string().optional(),
  VIRTUAL_ROOM_CLIENT_ID: z.string().default('virtual-room'),
});

const log = (message: string) => process.stdout.write(`virtual-room: ${message}\n`);

const env = Env.parse(process.env);
const rooms = runVirtualRooms({
  mqttUrl: env.MQTT_URL,
  clientId: env.VIRTUAL_ROOM_CLIENT_ID,
  book: openRoomBook(env.DATA_DIR === undefined ? undefined : join(env.DATA_DIR, 'virtual-room', 'rooms.jsonl')),
  faults: faultsFromEnv(process.env),
  log,
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void rooms.close().finally(() => process.exit(0));
  });
}
