import { join } from 'node:path';
import { mqttUrl, words } from '../../contract/config-fields';
import { readSettings, settingsOf } from '../../contract/settings';
import { FAULTS, faultsOf } from './faults';
import { openRoomBook } from './room-book';
import { runVirtualRooms } from './service';

const SETTINGS = {
  MQTT_URL: mqttUrl,
  /** Where the rooms' journal lives; without it they remember what the broker retains. */
  DATA_DIR: words.optional(),
  VIRTUAL_ROOM_CLIENT_ID: words.default('virtual-room'),
  ...FAULTS,
};

const log = (message: string) => process.stdout.write(`virtual-room: ${message}\n`);

const env = settingsOf('virtual-room', (given) => readSettings(SETTINGS, given));
const rooms = runVirtualRooms({
  mqttUrl: env.MQTT_URL,
  clientId: env.VIRTUAL_ROOM_CLIENT_ID,
  book: openRoomBook(env.DATA_DIR === undefined ? undefined : join(env.DATA_DIR, 'virtual-room', 'rooms.jsonl')),
  faults: faultsOf(env),
  log,
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void rooms.close().finally(() => process.exit(0));
  });
}
