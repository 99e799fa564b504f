import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { lastLine } from './embedded/last-line';
import { SetupError, waitForPort } from './embedded/ports';
import { type OwnProcess, spawnOwn } from './embedded/tethered';

/** Our own processes as data; each also starts alone with the same variables. */
export const PROCESSES = {
  worker: { entry: 'activities/main.js', port: undefined },
  api: { entry: 'api/main.js', port: 'API_PORT' },
  ingest: { entry: 'device-adapters/ingest/main.js', port: undefined },
  'virtual-room': { entry: 'device-adapters/virtual-room/main.js', port: undefined },
  simulator: { entry: 'service-adapters/simulator/main.js', port: 'SIMULATOR_PORT' },
  broker: { entry: 'deploy/embedded/broker-main.js', port: 'MQTT_PORT' },
} as const satisfies Record<string, { entry: string; port: string | undefined }>;

/** A process of ours that does the platform's work, without the servers below it. */
export type ProcessName = Exclude<keyof typeof PROCESSES, 'broker'>;

/** Where the compiled code lies, seen from the compiled code itself or from the sources (tests). */
export const distDir: string =
  basename(join(__dirname, '..')) === 'dist' ? join(__dirname, '..') : join(__dirname, '..', 'dist');

export interface NodeOptions {
  readonly entry: string;
  readonly env: NodeJS.ProcessEnv;
  readonly logFile: string;
}

/** Starts a compiled entry that ends when we end. */
export function spawnNode({ entry, env, logFile }: NodeOptions): OwnProcess {
  const file = join(distDir, entry);
  if (!existsSync(file)) throw new SetupError(`${file} is missing: run "npm start" once, it builds everything`);
  return spawnOwn({
    command: process.execPath,
    args: ['--enable-source-maps', '--require', join(distDir, 'deploy', 'embedded', 'follow-parent.js'), file],
    env,
    logFile,
  });
}

/** Starts one of {@link PROCESSES} and waits until its port (if it has one) answers. @throws SetupError with its last line */
export async function startProcess(
  name: keyof typeof PROCESSES,
  env: NodeJS.ProcessEnv,
  logFile: string,
): Promise<OwnProcess> {
  const { entry, port } = PROCESSES[name];
  const own = spawnNode({ entry, env, logFile });
  if (port === undefined) return own;
  if (await waitForPort(Number(env[port]), 60_000, own.ended)) return own;
  await own.stop();
  throw new SetupError(`${name} did not start: ${lastLine(logFile)} (whole log: ${logFile})`);
}

/** Runs an entry to its end. @throws SetupError with its last line */
export async function runToEnd(options: NodeOptions): Promise<void> {
  const code = await spawnNode(options).ended;
  if (code !== 0)
    throw new SetupError(`${options.entry} failed: ${lastLine(options.logFile)} (whole log: ${options.logFile})`);
}
