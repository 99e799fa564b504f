import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Config, readConfig } from '../contract/config';
import { freePort } from './embedded/ports';
import { temporalCacheDir } from './embedded/temporal-program';
import { type Ports, startPlatform } from './platform';
import type { ProcessName } from './processes';

export interface ScratchOptions {
  readonly processes: readonly ProcessName[];
  /** How many workers, 1 by default: `worker`, `worker-2`, ... */
  readonly workers?: number;
  /** Variables for the processes, over those of this process. */
  readonly env?: NodeJS.ProcessEnv;
  /** With Temporal's UI, which is left out otherwise. */
  readonly temporalUi?: boolean;
  /** Keeps the folder of an earlier scratch instead of making one; it is not removed. */
  readonly folder?: string;
  readonly say?: (line: string) => void;
}

/** A whole platform of its own, gone when it is stopped or when this process ends in whatever way. */
export interface Scratch {
  readonly config: Config;
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  /** Empty without `temporalUi`, or when Temporal is somebody else's. */
  readonly temporalUiUrl: string;
  readonly mqttUrl: string;
  readonly apiUrl: string;
  readonly folder: string;
  /** Parts that can be killed: `postgres`, `temporal`, `broker` (unless given by the environment) and the processes. */
  readonly parts: readonly string[];
  /** SIGKILL; the part stays down until `restart`. */
  kill(name: string): Promise<void>;
  restart(name: string): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts what the environment does not give (`DATABASE_URL`, `TEMPORAL_ADDRESS`, `MQTT_URL`) in a temporary folder on free ports, with
 * time travel on, migrates, and starts the named processes. A part that crashes is not restarted: the caller decides.
 */
export async function startScratch(options: ScratchOptions): Promise<Scratch> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'apartment-scratch-'));
  const remove = () => {
    if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
  };
  try {
    const { keeper, env, temporalUiUrl } = await startPlatform({
      dataDir: folder,
      cacheDir: temporalCacheDir(resolve(process.env.DATA_DIR ?? '.data')),
      ports: await freePorts(options.temporalUi ?? false),
      env: { ...process.env, ...options.env },
      processes: options.processes,
      workers: options.workers ?? 1,
      timeTravel: true,
      demo: true,
      restart: false,
      throwaway: false,
      say: options.say ?? (() => undefined),
    });
    const stop = async () => {
      for (const signal of SIGNALS) process.removeListener(signal, onSignal);
      await keeper.stop();
      remove();
    };
    const onSignal = () => void stop().finally(() => process.exit(130));
    for (const signal of SIGNALS) process.once(signal, onSignal);
    const config = readConfig(env);
    return {
      config,
      databaseUrl: config.databaseUrl,
      temporalAddress: config.temporal.address,
      temporalUiUrl,
      mqttUrl: config.mqttUrl,
      apiUrl: config.api.publicUrl,
      folder,
      parts: keeper.names(),
      kill: (name) => keeper.kill(name),
      restart: (name) => keeper.restart(name),
      stop,
    };
  } catch (error) {
    remove();
    throw error;
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

async function freePorts(withUi: boolean): Promise<Ports> {
  const [postgres, mqtt, temporal, api, simulator, ui] = await Promise.all(Array.from({ length: 6 }, freePort));
  return {
    postgres: postgres ?? 0,
    mqtt: mqtt ?? 0,
    temporal: temporal ?? 0,
    temporalUi: withUi ? (ui ?? 0) : 0,
    api: api ?? 0,
    simulator: simulator ?? 0,
  };
}
