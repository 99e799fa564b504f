import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';

/** Starts an entry from its source, with nothing in its environment but `env`. */
function start(entry: string, env: Record<string, string>) {
  const root = join(__dirname, '..');
  const loader = join(root, 'test', 'harness', 'ts-require.cjs');
  const args = ['--require', loader, join(root, entry)];
  const { status, stderr } = spawnSync(process.execPath, args, {
    env: { PATH: process.env.PATH ?? '', ...env },
    encoding: 'utf8',
    timeout: 30_000,
  });
  return { status, lines: stderr.trim().split('\n') };
}

const INGEST = 'device-adapters/ingest/main.ts';
const ROOMS = 'device-adapters/virtual-room/main.ts';
const BROKER = 'deploy/embedded/broker-main.ts';
const SIMULATOR = 'service-adapters/simulator/main.ts';

it.each([
  [INGEST, { DATABASE_URL: 'hello' }, ['ingest: DATABASE_URL must be', 'ingest: MQTT_URL is missing']],
  [INGEST, { DATABASE_URL: 'http://127.0.0.1/db', MQTT_URL: 'mqtt://127.0.0.1:9' }, ['ingest: DATABASE_URL must be']],
  [ROOMS, { VIRTUAL_ROOM_DELAY_MS: 'x' }, ['virtual-room: MQTT_URL is missing', 'virtual-room: VIRTUAL_ROOM_DELAY_MS']],
  [BROKER, { MQTT_PORT: 'mqtt' }, ['broker: MQTT_PORT must be a port number']],
  [SIMULATOR, { SIMULATOR_PORT: 'x' }, ['simulator: DATA_DIR is missing', 'simulator: SIMULATOR_PORT must be']],
])('%s started alone with %j names each wrong variable in one line and ends', (entry, env, said) => {
  const { status, lines } = start(entry, env);
  expect([status, lines]).toEqual([
    1,
    said.map((start) => expect.stringMatching(new RegExp(`^${start}.* / .*[\\u4e00-\\u9fff]`))),
  ]);
});
