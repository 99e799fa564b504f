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
  stop(): Promise<void>;
}

/** One PostgreSQL and one Temporal server with time skipping, on free ports in a temporary folder. */
export async function startTestServers(say: (line: string) => void): Promise<TestServers> {
  const program = await findTemporal({ cacheDir: temporalCacheDir(resolve(process.env.DATA_DIR ?? '.data')), say });
  const folder = mkdtempSync(join(tmpdir(), 'apartment-test-'));
  const [postgresPort, temporalPort] = [await freePort(), await freePort()];
  const postgres = await startPostgres({
    folder: join(folder, 'postgres'),
    port: postgresPort,
    logFile: join(folder, 'postgres.log'),
    databases: [],
    throwaway: true,
  });
  const temporal = await startTemporal({
    program,
    port: temporalPort,
    uiPort: 0,
    serverUrl: postgres.serverUrl,
    folder,
    logFile: join(folder, 'temporal.log'),
    timeSkipping: true,
  });
  await registerSearchAttributes(temporal.address, 'default');
  return {
    serverUrl: postgres.serverUrl,
    temporalAddress: temporal.address,
    async stop() {
      await temporal.stop();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
