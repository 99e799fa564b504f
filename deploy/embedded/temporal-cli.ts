import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Time skipping is in server 1.32, which the CLI carries since 1.9. */
const OLDEST_CLI = [1, 9];
const OLDEST_SERVER = [1, 32];
/** An offline machine must not wait long; the download itself is watched by its growth, not by this. */
const DOWNLOAD_LIMIT_MS = 90_000;
const FIRST_BYTE_LIMIT_MS = 6_000;

/** True for the output of `temporal --version` of a CLI that can carry leases through time. */
export function isNewEnough(versionLine: string): boolean {
  const cli = numbers(/temporal version v?(\d+)\.(\d+)/i.exec(versionLine));
  const server = numbers(/server v?(\d+)\.(\d+)/i.exec(versionLine));
  return atLeast(cli, OLDEST_CLI) && atLeast(server, OLDEST_SERVER);
}

const numbers = (match: RegExpExecArray | null): number[] => [Number(match?.[1] ?? 0), Number(match?.[2] ?? 0)];

function atLeast(
  [major = 0, minor = 0]: readonly number[],
  [wantMajor = 0, wantMinor = 0]: readonly number[],
): boolean {
  return major > wantMajor || (major === wantMajor && minor >= wantMinor);
}

function versionOf(command: string): string | undefined {
  try {
    return execFileSync(command, ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 10_000,
    }).trim();
  } catch {
    return undefined;
  }
}

/** `temporal` when PATH has one that is new enough; an older one is said and passed over. */
export function cliOnPath(say: (line: string) => void): string | undefined {
  const version = versionOf('temporal');
  if (version === undefined) return undefined;
  if (isNewEnough(version)) return 'temporal';
  say(`the temporal on PATH is too old (${version}; 1.9 or newer is needed)`);
  return undefined;
}

const downloadDir = (cacheDir: string): string => join(cacheDir, 'temporal-cli');

/** The SDK's earlier download, when it is whole and new enough. */
export function downloadedCli(cacheDir: string): string | undefined {
  const folder = downloadDir(cacheDir);
  if (!existsSync(folder)) return undefined;
  const file = readdirSync(folder).find((name) => /^temporal/.test(name) && !/\.(downloading|zip|gz|tmp)/.test(name));
  const path = file === undefined ? undefined : join(folder, file);
  const version = path === undefined ? undefined : versionOf(path);
  return version !== undefined && isNewEnough(version) ? path : undefined;
}

/**
 * Lets the SDK's testing package download the CLI; `undefined` when there is no internet. It starts the server to do so, which is
 * stopped at once: only the program is wanted. The package is a development dependency, so a production install goes without.
 */
export async function downloadCli(cacheDir: string, say: (line: string) => void): Promise<string | undefined> {
  if (process.env.TEMPORAL_DOWNLOAD === '0') return undefined;
  const folder = downloadDir(cacheDir);
  mkdirSync(folder, { recursive: true });
  say('asking the Temporal SDK to download a server');
  const { TestWorkflowEnvironment } = await import('@temporalio/testing').catch(() => ({
    TestWorkflowEnvironment: undefined,
  }));
  if (!TestWorkflowEnvironment) return undefined;
  const attempt = TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'cached-download', downloadDir: folder, version: 'v1.9.0', ttl: '3650 days' } },
  }).then(
    async (environment) => {
      await environment.teardown();
      return 'done';
    },
    (error: Error) => error.message,
  );
  const outcome = await Promise.race([attempt, noProgress(folder)]);
  const path = downloadedCli(cacheDir);
  if (path === undefined) say(`no download (${outcome.split(': ').at(-1)}), so a server is built from source`);
  return path;
}

async function noProgress(folder: string): Promise<string> {
  await delay(FIRST_BYTE_LIMIT_MS, undefined, { ref: false });
  if (readdirSync(folder).length === 0) return 'no answer from the internet';
  await delay(DOWNLOAD_LIMIT_MS, undefined, { ref: false });
  return 'too slow';
}
