import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import { NativeConnection, Runtime } from '@temporalio/worker';
import { type Config, ConfigError, readConfig } from '../contract/config';
import { dataConverterOf } from '../contract/temporal/codec';
import { openDatabase } from '../db/knex';
import { createRoomCommander } from '../device-adapters/command-client';
import { virtualSeal } from '../service-adapters/e-seal/virtual-seal';
import { createProviders } from '../service-adapters/providers';
import { latePayments } from './late-payment';
import { runPaymentSweep } from './payment-sweep';
import { runRelay } from './relay';
import { runSweep } from './sweep';
import { runWatch } from './watch';
import { createLeaseWorker, leaseActivities } from './worker';
import { workerLog } from './worker-log';

const say = (line: string): void => void process.stdout.write(`worker: ${line}\n`);

/** Leases, the outbox relay and the watch over lost leases, until told to stop; what runs then is finished first. */
async function runWorker(config: Config): Promise<void> {
  Runtime.install({ logger: workerLog((line) => process.stderr.write(`worker: ${line}\n`)) });
  const { address, namespace, taskQueue, codecKeys } = config.temporal;
  const connection = await NativeConnection.connect({ address });
  const dataConverter = dataConverterOf(codecKeys);
  const client = new Client({ connection, namespace, dataConverter });
  const db = openDatabase(config.databaseUrl, 'app', 20);
  const relayDb = openDatabase(config.databaseUrl, 'relay', 2);
  const rooms = createRoomCommander(config.mqttUrl);
  const activities = leaseActivities({
    ...{ db, rooms, eSeal: virtualSeal, keys: config.personalDataKeys, publicUrl: config.api.publicUrl },
    providers: createProviders(config),
  });
  const worker = await createLeaseWorker({
    connection,
    namespace,
    taskQueue,
    activities,
    dataConverter,
    workflows: workflows(),
  });
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => worker.shutdown());
  const beside = Promise.all([
    runRelay(
      { relayDb, client, taskQueue, takeLatePayment: latePayments(db, client, taskQueue), say },
      stopping.signal,
    ),
    runWatch(client, taskQueue, say, stopping.signal),
    runSweep(relayDb, say, stopping.signal),
    runPaymentSweep({ relayDb, client, taskQueue }, say, stopping.signal),
  ]);
  say(`runs leases of ${address}, namespace ${namespace}, queue ${taskQueue}`);
  await worker.run();
  stopping.abort();
  await beside;
  await Promise.all([rooms.close(), db.destroy(), relayDb.destroy()]);
  await connection.close();
}

/** The bundle that the build made; from source, as in tests, the SDK bundles it itself. */
function workflows() {
  const codePath = join(__dirname, '..', 'workflow-bundle.js');
  return existsSync(codePath)
    ? { workflowBundle: { codePath } }
    : { workflowsPath: join(__dirname, '..', 'workflows') };
}

async function main(): Promise<void> {
  try {
    await runWorker(readConfig(process.env));
  } catch (error) {
    process.stderr.write(`worker: ${error instanceof ConfigError ? error.message : (error as Error).stack}\n`);
    process.exitCode = 1;
  }
}

void main();
