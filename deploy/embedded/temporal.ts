import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Connection } from '@temporalio/client';
import { ensureDatabase } from './databases';
import { lastLine } from './last-line';
import { SetupError, waitForPort } from './ports';
import type { TemporalProgram } from './temporal-program';
import { type OwnProcess, spawnOwn, spawnTethered } from './tethered';

/** A Temporal server of ours. */
export interface EmbeddedTemporal {
  /** `127.0.0.1:port`, for clients and workers. */
  readonly address: string;
  readonly uiUrl: string;
  readonly pid: number;
  readonly ended: OwnProcess['ended'];
  stop(): Promise<void>;
}

export interface TemporalOptions {
  readonly program: TemporalProgram;
  readonly port: number;
  /** 0 starts without the UI. */
  readonly uiPort: number;
  /** PostgreSQL server for our own module: databases `temporal` and `temporal_visibility`, made when missing. */
  readonly serverUrl: string;
  /** For the CLI's SQLite file. */
  readonly folder: string;
  readonly logFile: string;
  /** Lets clients carry workflows through time. */
  readonly timeSkipping: boolean;
  readonly namespace?: string;
  /** Of the codec server that the UI asks to decrypt payloads; without it the UI shows them as they are. */
  readonly codecEndpoint?: string | undefined;
}

/** Starts the server and waits until it answers for its namespace. @throws SetupError with what it said */
export async function startTemporal(options: TemporalOptions): Promise<EmbeddedTemporal> {
  const own = options.program.kind === 'module' ? await startModule(options) : startCli(options);
  const address = `127.0.0.1:${options.port}`;
  const ready =
    (await waitForPort(options.port, 60_000, own.ended)) &&
    (await answers(address, options.namespace ?? 'default', own)) &&
    (options.uiPort === 0 || (await waitForPort(options.uiPort, 20_000, own.ended)));
  if (!ready) {
    await own.stop();
    throw new SetupError(`Temporal did not start: ${lastLine(options.logFile)} (whole log: ${options.logFile})`);
  }
  return {
    address,
    uiUrl: options.uiPort === 0 ? '' : `http://127.0.0.1:${options.uiPort}`,
    pid: own.pid,
    ended: own.ended,
    stop: () => own.stop(),
  };
}

async function startModule(options: TemporalOptions): Promise<OwnProcess> {
  await Promise.all(['temporal', 'temporal_visibility'].map((name) => ensureDatabase(options.serverUrl, name)));
  return spawnOwn({
    command: options.program.path,
    args: [
      `--frontend-port=${options.port}`,
      `--ui-port=${options.uiPort}`,
      `--namespace=${options.namespace ?? 'default'}`,
      `--time-skipping=${options.timeSkipping}`,
      `--codec-endpoint=${options.codecEndpoint ?? ''}`,
    ],
    // Not an argument: those can be read by every user of the machine.
    env: { ...process.env, TEMPORAL_POSTGRES_URL: options.serverUrl },
    logFile: options.logFile,
  });
}

/** The same settings as the module's own, in the CLI's words. */
function startCli(options: TemporalOptions): OwnProcess {
  const file = join(options.folder, 'temporal.sqlite');
  mkdirSync(dirname(file), { recursive: true });
  const settings = [
    'matching.enableFairness=true',
    'frontend.namespaceRPS.visibility=1000000',
    'system.forceSearchAttributesCacheRefreshOnRead=true',
    ...['timer', 'transfer', 'visibility'].map((queue) => `history.${queue}ProcessorMaxPollRPS=500`),
    ...(options.timeSkipping
      ? [
          'frontend.WorkflowTimeSkippingEnabled=true',
          'history.timerProcessorMaxTimeShift="1ms"',
          'history.workflowIdReuseMinimalInterval="0s"',
        ]
      : []),
  ];
  return spawnTethered({
    command: options.program.path,
    args: [
      'server',
      'start-dev',
      `--db-filename=${file}`,
      '--ip=127.0.0.1',
      `--port=${options.port}`,
      ...(options.uiPort === 0 ? ['--headless'] : [`--ui-port=${options.uiPort}`]),
      ...(options.codecEndpoint && options.uiPort !== 0 ? [`--ui-codec-endpoint=${options.codecEndpoint}`] : []),
      ...(options.namespace === undefined ? [] : [`--namespace=${options.namespace}`]),
      '--log-level=error',
      ...settings.flatMap((setting) => ['--dynamic-config-value', setting]),
    ],
    logFile: options.logFile,
  });
}

async function answers(address: string, namespace: string, own: OwnProcess): Promise<boolean> {
  let over = false;
  void own.ended.then(() => {
    over = true;
  });
  const until = Date.now() + 60_000;
  const connection = Connection.lazy({ address });
  try {
    while (!over && Date.now() < until) {
      try {
        await connection.withDeadline(Date.now() + 2000, () =>
          connection.workflowService.describeNamespace({ namespace }),
        );
        return true;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
    return false;
  } finally {
    await connection.close();
  }
}
