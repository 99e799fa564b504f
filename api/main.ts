import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { type Config, ConfigError, readConfig } from '../contract/config';
import { openDatabase } from '../db/knex';
import { ensureDemoKeys } from '../service-adapters/cashier/keys';
import { createProviders } from '../service-adapters/providers';
import { createSmsClient } from '../service-adapters/sms/client';
import { createApp } from './app';
import { createImportRunner } from './import-runner';
import { createLeaseCommands } from './lease-commands';
import { createLog } from './request-log';
import type { Services } from './services';
import { connectTemporal, temporalReady } from './temporal';
import { createTimeTravel } from './time-travel';

/** A request that runs when the process is told to stop gets this long to finish. */
const LAST_ORDERS_MS = 12_000;

function createServices(config: Config): { services: Services; close: () => Promise<void> } {
  const client = connectTemporal(config.temporal);
  const knex = openDatabase(config.databaseUrl, 'app', 20);
  const keys = ensureDemoKeys(config.dataDir);
  const simulator = { baseUrl: config.simulator.url, merchantPrivatePem: keys.merchant.privatePem };
  const services: Services = {
    knex,
    log: createLog(config.logLevel),
    leases: createLeaseCommands(client, config.temporal.taskQueue),
    timeTravel: config.timeTravel ? createTimeTravel(client) : null,
    sms: createSmsClient(simulator),
    providers: createProviders(config),
    imports: createImportRunner({ databaseUrl: config.databaseUrl, keys: config.personalDataKeys }),
    codec: {
      keys: config.temporal.codecKeys,
      namespace: config.temporal.namespace,
      uiOrigin: config.temporal.uiOrigin,
    },
    personalDataKeys: config.personalDataKeys,
    publicUrl: config.api.publicUrl,
    trustedProxies: config.api.publicUrl.startsWith('https:') ? 1 : 0,
    checkReplies: false,
    // Compiled, this file lies in dist/api, beside dist/web; run from source, dist is a folder further down.
    webRoot: resolve(__dirname, __dirname.endsWith(join('dist', 'api')) ? '../web' : '../dist/web'),
    temporalReady: () => temporalReady(client),
  };
  const close = async () => {
    await knex.destroy();
    await client.connection.close();
  };
  return { services, close };
}

const listen = (server: Server): Promise<AddressInfo> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('listening', () => resolve(server.address() as AddressInfo));
  });

/** Takes no new connections, lets running requests finish, then closes what they used. */
async function drain(server: Server, close: () => Promise<void>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const late = setTimeout(() => server.closeAllConnections(), LAST_ORDERS_MS);
  await closed;
  clearTimeout(late);
  await close();
}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const { services, close } = createServices(config);
  let stopping = false;
  const app = createApp(services, () => stopping);
  const server = app.listen(config.api.port, config.api.host);
  const { port } = await listen(server);
  services.log.info({ host: config.api.host, port, publicUrl: config.api.publicUrl }, 'api is listening');
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    services.log.info({ signal }, 'api is stopping');
    drain(server, close).then(
      () => process.exit(0),
      (err) => {
        services.log.error({ err }, 'api did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

if (require.main === module) {
  main().catch((error: NodeJS.ErrnoException) => {
    const text =
      error.code === 'EADDRINUSE'
        ? `API_PORT ${process.env.API_PORT ?? 8080} is taken: set another one`
        : error.message;
    console.error(error instanceof ConfigError ? text : `api: ${text}`);
    process.exit(1);
  });
}
