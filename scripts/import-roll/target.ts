import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { v7 as uuid } from 'uuid';
import { readConfig } from '../../contract/config';
import { openDatabase } from '../../db/knex';
import { migrate } from '../../db/migrate';
import type { PersonalDataKeys } from '../../db/personal-data';
import { withOperator } from '../../db/tx';
import { databaseUrl } from '../../deploy/embedded/databases';
import { freePort } from '../../deploy/embedded/ports';
import { startPostgres } from '../../deploy/embedded/postgres';
import { secretsOf } from '../../deploy/embedded/secrets';
import { DEFAULT_POLICY } from '../../domain/default-policy';
import { type OperatorId, parseId } from '../../domain/ids';

/** The database that an import goes into. */
export type Target = {
  readonly url: string;
  readonly keys: PersonalDataKeys;
  /** What it is, for the person who runs the import. */
  readonly what: string;
  stop(): Promise<void>;
};

/** `DATABASE_URL`, else the platform that runs on this machine, else a database of its own that is gone afterwards. */
export const findTarget = async (env: NodeJS.ProcessEnv): Promise<Target> =>
  (await runningTarget(env)) ?? scratchTarget();

/** `DATABASE_URL`, else the platform that runs on this machine; undefined when there is neither. */
export async function runningTarget(env: NodeJS.ProcessEnv): Promise<Target | undefined> {
  const dataDir = resolve(env.DATA_DIR ?? '.data');
  if (env.DATABASE_URL) return given(env.DATABASE_URL, { dataDir, env }, 'DATABASE_URL');
  const running = await runningUrl(dataDir);
  return running ? given(running, { dataDir, env }, `运行中的平台 / the running platform (${dataDir})`) : undefined;
}

type Place = { readonly dataDir: string; readonly env: NodeJS.ProcessEnv };

function given(url: string, { dataDir, env }: Place, what: string): Target {
  return { url, keys: keysOf(dataDir, env, url), what, stop: async () => undefined };
}

/** The keys of the environment, else those that this machine's platform made for itself. */
function keysOf(dataDir: string, env: NodeJS.ProcessEnv, url: string): PersonalDataKeys {
  // An import speaks to neither Temporal nor MQTT, but its settings are read by the same rules as everybody's.
  const unused = { TEMPORAL_ADDRESS: '127.0.0.1:7233', MQTT_URL: 'mqtt://127.0.0.1:1883' };
  return readConfig({ ...secretsOf(dataDir), ...unused, ...env, DATABASE_URL: url }).personalDataKeys;
}

/** PostgreSQL notes its port in its pid file while it runs. */
async function runningUrl(dataDir: string): Promise<string | undefined> {
  const folder = join(dataDir, 'postgres');
  const pidFile = join(folder, 'postmaster.pid');
  if (!existsSync(pidFile) || !existsSync(`${folder}.password`)) return undefined;
  const port = Number(readFileSync(pidFile, 'utf8').split('\n')[3]);
  const password = readFileSync(`${folder}.password`, 'utf8').trim();
  return (await answers(port)) ? `postgres://postgres:${password}@127.0.0.1:${port}/apartment` : undefined;
}

const answers = (port: number): Promise<boolean> =>
  new Promise((settle) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 2_000 });
    const done = (open: boolean) => {
      socket.destroy();
      settle(open);
    };
    socket
      .once('connect', () => done(true))
      .once('error', () => done(false))
      .once('timeout', () => done(false));
  });

/** An empty platform database with one operator, in a temporary folder. */
export async function scratchTarget(): Promise<Target> {
  const folder = mkdtempSync(join(tmpdir(), 'apartment-import-'));
  const logFile = join(folder, 'postgres.log');
  const postgres = await startPostgres({
    folder: join(folder, 'postgres'),
    port: await freePort(),
    logFile,
    databases: ['apartment'],
  });
  const stop = async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const url = databaseUrl(postgres.serverUrl, 'apartment');
    await migrate(url);
    await createOperator(url);
    const what = '临时数据库,结束后删除(未设置 DATABASE_URL,平台也未运行) / a scratch database, gone afterwards';
    return { url, keys: keysOf(folder, {}, url), what, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function createOperator(url: string): Promise<void> {
  const knex = openDatabase(url, 'app', 1);
  const id: OperatorId = parseId(uuid());
  try {
    await withOperator(knex, id, (tx) =>
      tx.query('INSERT INTO operator (operator_id, name, policy) VALUES ($1, $2, $3)', [
        id,
        '导入试验',
        JSON.stringify(DEFAULT_POLICY),
      ]),
    );
  } finally {
    await knex.destroy();
  }
}
