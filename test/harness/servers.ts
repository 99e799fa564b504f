import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '../../deploy/embedded/ports';
import { startPostgres } from '../../deploy/embedded/postgres';
import { startTemporal } from '../../deploy/embedded/temporal';
import { findTemporal, temporalCacheDir } from '../../deploy/embedded/temporal-program';
import { registerSearchAttributes } from '../../deploy/search-attributes';

/** The servers that all tests of one run share. */
export interface TestServers {
  readonly serverUrl: string;
  readonly temporalAddress: string;
  /** The stock CLI keeps namespaces for a day, whatever is asked. */
  readonly temporalKind: 'cli' | 'module';
  stop(): Promise<void>;
}

/** One PostgreSQL and one Temporal server with time skipping, on free ports in a temporary folder. */
export async function startTestServers(say: (line: string) => void): Promise<TestServers> {
  const program = await findTemporal({ cacheDir: temporalCacheDir(resolve(process.env.DATA_DIR ?? '.data')), say });
  const folder = mkdtempSync(join(tmpdir(), 'apartment-test-'));
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const end of stops.reverse()) await end();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const postgres = await startPostgres({
      folder: join(folder, 'postgres'),
      port: await freePort(),
      logFile: join(folder, 'postgres.log'),
      databases: [],
      throwaway: true,
    });
    stops.push(() => postgres.stop());
    const temporal = await startTemporal({
      program,
      port: await freePort(),
      uiPort: 0,
      serverUrl: postgres.serverUrl,
      folder,
      logFile: join(folder, 'temporal.log'),
      timeSkipping: true,
    });
    stops.push(() => temporal.stop());
    await registerSearchAttributes(temporal.address, 'default');
    return { serverUrl: postgres.serverUrl, temporalAddress: temporal.address, temporalKind: program.kind, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
