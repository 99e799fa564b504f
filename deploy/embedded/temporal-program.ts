import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from './ports';
import { cliOnPath, downloadCli, downloadedCli } from './temporal-cli';
import { buildModule, builtModule } from './temporal-module';

/** A Temporal server that can be started: the stock CLI (keeps a SQLite file) or our own module (keeps to PostgreSQL). */
export interface TemporalProgram {
  readonly kind: 'cli' | 'module';
  readonly path: string;
  /** For the screen: where it came from. */
  readonly origin: string;
}

export interface FindOptions {
  /** Downloads and builds are kept below it. */
  readonly cacheDir: string;
  readonly say: (line: string) => void;
  /** Only this kind can read the data that is already there. */
  readonly only?: TemporalProgram['kind'] | undefined;
}

/** Where downloads and builds are kept; one place for every clone when `TEMPORAL_CACHE_DIR` says so. */
export const temporalCacheDir = (dataDir: string): string => process.env.TEMPORAL_CACHE_DIR ?? dataDir;

/**
 * Finds a Temporal server: a `temporal` on PATH that is new enough; the SDK's own download; a Go build of ours. What was downloaded
 * or built before comes ahead of a new download, so that an offline machine does not wait for the network at each start.
 * @throws SetupError when there is none
 */
export async function findTemporal({ cacheDir, say, only }: FindOptions): Promise<TemporalProgram> {
  const may = (kind: TemporalProgram['kind']) => only === undefined || only === kind;
  const onPath = may('cli') ? cliOnPath(say) : undefined;
  if (onPath) return { kind: 'cli', path: onPath, origin: `${onPath}, found on PATH` };
  const downloaded = may('cli') ? downloadedCli(cacheDir) : undefined;
  if (downloaded) return { kind: 'cli', path: downloaded, origin: 'downloaded before' };
  const built = may('module') ? builtModule(cacheDir) : undefined;
  if (built) return { kind: 'module', path: built, origin: 'our build, unchanged' };
  const fresh = may('cli') ? await downloadCli(cacheDir, say) : undefined;
  if (fresh) return { kind: 'cli', path: fresh, origin: 'downloaded by the SDK' };
  if (may('module')) return { kind: 'module', path: await buildModule(cacheDir, say), origin: 'our build' };
  throw new SetupError(
    'The workflows in this data folder were kept by the `temporal` command line tool, which is no longer there. Install it again (1.9 or newer), connect this machine to the internet, or set TEMPORAL_ADDRESS.',
  );
}

const noteOf = (dataDir: string): string => join(dataDir, 'temporal-kind');

/**
 * Which kind keeps the workflows of this data folder. The two cannot read each other's files: a `temporal` that appears on PATH later
 * must not silently start from nothing.
 */
export function kindOfData(dataDir: string): TemporalProgram['kind'] | undefined {
  if (!existsSync(noteOf(dataDir))) return undefined;
  return readFileSync(noteOf(dataDir), 'utf8').trim() === 'cli' ? 'cli' : 'module';
}

/** Remembers it, once the server has started on that data. */
export function rememberKind(dataDir: string, kind: TemporalProgram['kind']): void {
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(noteOf(dataDir), `${kind}\n`);
}
