import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { readConfig } from '../contract/config';
import { temporalCacheDir } from '../deploy/embedded/temporal-program';
import { type Platform, type Ports, startPlatform } from '../deploy/platform';
import { seedOnce } from './supervisor/demo-seed';
import { onlyOne } from './supervisor/only-one';
import { checkPorts, portsOf } from './supervisor/ports';
import { welcome } from './supervisor/welcome';

/** The demo is what a newcomer starts; a production machine says so and gets none of it. */
const isOn = (value: string | undefined, byDefault: boolean): boolean => (value ? value === 'on' : byDefault);

/**
 * `npm start` after the set-up: brings the platform up, keeps it up, and ends it with Ctrl-C.
 * @param say one line for the screen
 * @throws SetupError with what to do
 */
export async function supervise(say: (line: string) => void): Promise<void> {
  const { env } = process;
  const dataDir = resolve(env.DATA_DIR ?? '.data');
  mkdirSync(dataDir, { recursive: true });
  onlyOne(dataDir);
  const ports = portsOf(env);
  await checkPorts(ports, env);
  const development = env.NODE_ENV !== 'production';
  const demo = isOn(env.DEMO, development);
  let platform: Platform | undefined;
  let leaving = false;
  const leave = () => {
    if (leaving) return;
    leaving = true;
    say('stopping');
    void (platform?.keeper.stop() ?? Promise.resolve()).finally(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, leave);
  leaveWithNpm(leave);
  say('starting PostgreSQL, MQTT broker, Temporal, worker, API, ingest, virtual rooms and simulators');
  platform = await startPlatform({
    dataDir,
    cacheDir: temporalCacheDir(dataDir),
    ports,
    env,
    processes: ['api', 'worker', 'ingest', 'virtual-room', 'simulator'],
    workers: 1,
    timeTravel: isOn(env.TIME_TRAVEL, development),
    demo,
    restart: true,
    throwaway: false,
    say,
  });
  if (leaving) return void (await platform.keeper.stop().finally(() => process.exit(0)));
  if (demo) await seedOnce(dataDir, platform.env, say);
  await sayWelcome(platform, ports, demo, say);
}

/** A npm that is killed outright takes its shell with it and tells nobody else. */
function leaveWithNpm(leave: () => void): void {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && leave(), 500).unref();
}

async function sayWelcome(platform: Platform, ports: Ports, demo: boolean, say: (line: string) => void): Promise<void> {
  const { api } = readConfig(platform.env);
  say('ready');
  for (const line of welcome({
    apiUrl: api.publicUrl,
    simulatorPort: ports.simulator,
    temporalUiUrl: platform.temporalUiUrl,
    demo,
  })) {
    process.stdout.write(`${line}\n`);
  }
}

if (require.main === module) {
  supervise((line) => process.stdout.write(`${line}\n`)).catch((error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  });
}
