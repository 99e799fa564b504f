import { join } from 'node:path';
import { ConfigError, readConfig } from '../contract/config';
import { migrate } from '../db/migrate';
import { databaseUrl, ensureDatabase } from './embedded/databases';
import { SetupError } from './embedded/ports';
import { startPostgres } from './embedded/postgres';
import { secretsOf } from './embedded/secrets';
import { startTemporal } from './embedded/temporal';
import { findTemporal, kindOfData, rememberKind } from './embedded/temporal-program';
import { Keeper } from './keeper';
import { type ProcessName, startProcess } from './processes';
import { registerSearchAttributes } from './search-attributes';

/** One port per part; those of parts that the environment replaces are not used. */
export interface Ports {
  readonly postgres: number;
  readonly mqtt: number;
  readonly temporal: number;
  /** 0 starts Temporal without its UI. */
  readonly temporalUi: number;
  readonly api: number;
  readonly simulator: number;
}

export interface PlatformOptions {
  /** Absolute. */
  readonly dataDir: string;
  /** Where a downloaded or built Temporal is kept. */
  readonly cacheDir: string;
  readonly ports: Ports;
  /** `DATABASE_URL`, `TEMPORAL_ADDRESS` and `MQTT_URL` in it replace the embedded parts; everything is handed on to the processes. */
  readonly env: NodeJS.ProcessEnv;
  readonly processes: readonly ProcessName[];
  readonly workers: number;
  readonly timeTravel: boolean;
  readonly demo: boolean;
  /** Restart what crashes. */
  readonly restart: boolean;
  readonly throwaway: boolean;
  readonly say: (line: string) => void;
}

export interface Platform {
  readonly keeper: Keeper;
  /** All variables that the processes were given. */
  readonly env: NodeJS.ProcessEnv;
  /** Of the embedded Temporal; empty when it has none or is somebody else's. */
  readonly temporalUiUrl: string;
}

/** Later stages stand on earlier ones and end before them. */
const STAGE = { servers: 0, temporal: 1, processes: 2 } as const;

/**
 * Brings up what the environment does not provide, brings the database up to date and starts the processes. When it fails, everything
 * that was started is stopped again.
 */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const keeper = new Keeper({ say: options.say, restart: options.restart, graceMs: 3500 });
  try {
    return await bringUp(options, keeper);
  } catch (error) {
    await keeper.stop();
    throw error;
  }
}

async function bringUp(options: PlatformOptions, keeper: Keeper): Promise<Platform> {
  const { env: given, ports, dataDir } = options;
  refuseWrongSettings(given, dataDir);
  const logOf = (name: string) => join(dataDir, 'logs', `${name}.log`);
  const temporalGiven = Boolean(given.TEMPORAL_ADDRESS);
  const finding = temporalGiven ? undefined : findProgram(options);
  // Awaited below; a failure meanwhile must not count as unhandled.
  finding?.catch(() => undefined);
  const [serverUrl] = await Promise.all([startDatabase(options, keeper, logOf), startBroker(options, keeper, logOf)]);
  const env: NodeJS.ProcessEnv = {
    ...secretsOf(dataDir),
    TEMPORAL_NAMESPACE: 'default',
    ...given,
    DATABASE_URL: given.DATABASE_URL || databaseUrl(serverUrl, 'apartment'),
    TEMPORAL_ADDRESS: given.TEMPORAL_ADDRESS || `127.0.0.1:${ports.temporal}`,
    TEMPORAL_UI_URL: given.TEMPORAL_UI_URL || (ports.temporalUi ? `http://127.0.0.1:${ports.temporalUi}` : ''),
    MQTT_URL: given.MQTT_URL || `mqtt://127.0.0.1:${ports.mqtt}`,
    DATA_DIR: dataDir,
    API_PORT: String(ports.api),
    SIMULATOR_PORT: String(ports.simulator),
    TIME_TRAVEL: options.timeTravel ? 'on' : 'off',
    DEMO: options.demo ? 'on' : 'off',
  };
  const address = env.TEMPORAL_ADDRESS ?? '';
  const program = await finding;
  const temporal = program && {
    name: 'temporal',
    stage: STAGE.temporal,
    start: () => startTemporalPart(options, program, { serverUrl, codecEndpoint: codecEndpointOf(env) }, logOf),
  };
  await Promise.all([temporal ? keeper.start(temporal) : undefined, bringUpToDate(env.DATABASE_URL ?? '')]);
  await registerSearchAttributes(address, env.TEMPORAL_NAMESPACE ?? 'default');
  await Promise.all(
    processNames(options).map(([name, kind]) =>
      keeper.start({ name, stage: STAGE.processes, start: () => startProcess(kind, env, logOf(name)) }),
    ),
  );
  const temporalUiUrl = temporalGiven || ports.temporalUi === 0 ? '' : `http://127.0.0.1:${ports.temporalUi}`;
  return { keeper, env, temporalUiUrl };
}

function processNames({ processes, workers }: PlatformOptions): [string, ProcessName][] {
  return processes.flatMap((kind): [string, ProcessName][] =>
    kind === 'worker'
      ? Array.from({ length: workers }, (_, index) => [index === 0 ? 'worker' : `worker-${index + 1}`, kind])
      : [[kind, kind]],
  );
}

/** Before anything is started: a wrong value of the environment ends here, by its name. @throws SetupError */
function refuseWrongSettings(given: NodeJS.ProcessEnv, dataDir: string): void {
  const embedded = {
    DATABASE_URL: 'postgres://127.0.0.1/apartment',
    TEMPORAL_ADDRESS: '127.0.0.1:7233',
    MQTT_URL: 'mqtt://127.0.0.1',
  };
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value));
  try {
    readConfig({ ...secretsOf(dataDir), ...embedded, ...set });
  } catch (error) {
    throw error instanceof ConfigError ? new SetupError(error.message) : error;
  }
}

/** In this process: another Node would cost every start most of a second. */
async function bringUpToDate(url: string): Promise<void> {
  try {
    await migrate(url);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new SetupError(`The database of DATABASE_URL could not be reached or brought up to date: ${why}`);
  }
}

type LogOf = (name: string) => string;

/** Starts PostgreSQL unless one was given, and answers the server's URL. */
async function startDatabase(
  { env, ports, dataDir, throwaway }: PlatformOptions,
  keeper: Keeper,
  logOf: LogOf,
): Promise<string> {
  if (env.DATABASE_URL) return env.DATABASE_URL;
  let serverUrl = '';
  const start = async () => {
    const postgres = await startPostgres({
      folder: join(dataDir, 'postgres'),
      port: ports.postgres,
      logFile: logOf('postgres'),
      databases: [],
      throwaway,
    });
    serverUrl = postgres.serverUrl;
    return postgres;
  };
  await keeper.start({ name: 'postgres', stage: STAGE.servers, start });
  await ensureDatabase(serverUrl, 'apartment');
  return serverUrl;
}

async function startBroker({ env, ports }: PlatformOptions, keeper: Keeper, logOf: LogOf): Promise<void> {
  if (env.MQTT_URL) return;
  const brokerEnv = { ...env, MQTT_PORT: String(ports.mqtt) };
  await keeper.start({
    name: 'broker',
    stage: STAGE.servers,
    start: () => startProcess('broker', brokerEnv, logOf('broker')),
  });
}

const findProgram = ({ dataDir, cacheDir, say }: PlatformOptions) =>
  findTemporal({ cacheDir, say, only: kindOfData(dataDir) });

/** With keys, payloads are ciphertext that the UI has our API decrypt, where staff are signed in. */
function codecEndpointOf(env: NodeJS.ProcessEnv): string | undefined {
  const { api, temporal } = readConfig(env);
  return temporal.codecKeys.length > 0 ? `${api.publicUrl}/v1/codec` : undefined;
}

async function startTemporalPart(
  { ports, dataDir, timeTravel }: PlatformOptions,
  program: Awaited<ReturnType<typeof findTemporal>>,
  addresses: { readonly serverUrl: string; readonly codecEndpoint: string | undefined },
  logOf: LogOf,
) {
  const temporal = await startTemporal({
    program,
    port: ports.temporal,
    uiPort: ports.temporalUi,
    ...addresses,
    folder: dataDir,
    logFile: logOf('temporal'),
    timeSkipping: timeTravel,
  });
  rememberKind(dataDir, program.kind);
  return temporal;
}
