import type { Client } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { bundleWorkflowCode, DefaultLogger, type NativeConnection, Worker } from '@temporalio/worker';
import type { Knex } from 'knex';
import { createLeaseWorker, leaseActivities } from '../../../activities/worker';
import { type BareMonths, bareMonthPaid, bareTaskQueue } from '../../../contract/temporal/bare';
import type { PersonalDataKeys } from '../../../db/personal-data';
import type { RoomCommander } from '../../../device-adapters/command-client';
import type { OperatorId } from '../../../domain/ids';
import { virtualSeal } from '../../../service-adapters/e-seal/virtual-seal';
import { payingOnTime } from './on-time-payer';

export const leaseTaskQueue = 'bench-lease';

export type BenchParts = {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly dataConverter: DataConverter;
  readonly client: Client;
  readonly db: Knex;
  readonly delivered: (operatorId: OperatorId, key: string) => void;
};

/** Rooms and money going back are outside of what is measured: the room obeys at once, the refund at the end is taken as paid. */
const rooms: RoomCommander = {
  send: async () => ({ confirmed: true, observedAt: new Date().toISOString() }),
  close: async () => undefined,
};

/** Running leases have their contract already; nothing is sealed with these. */
const keys: PersonalDataKeys = { currentKeyId: 'none', keys: new Map(), indexKey: Buffer.alloc(32) };

/** The product's own activities and workflows on one worker, the yardstick on another, both in this process. */
export async function startWorkers(parts: BenchParts): Promise<{ stop(): Promise<void> }> {
  const { connection, namespace, dataConverter, client } = parts;
  const workflowBundle = await bundleWorkflowCode({
    workflowsPath: require.resolve('../../../workflows'),
    logger: new DefaultLogger('WARN'),
  });
  const records = leaseActivities({
    ...{ db: parts.db, rooms, providers: new Map(), eSeal: virtualSeal, keys, publicUrl: 'http://127.0.0.1' },
  });
  const activities = {
    ...payingOnTime(records, parts),
    payRefund: async () => ({ outcome: 'done' as const, why: '' }),
  };
  const workers = await Promise.all([
    createLeaseWorker({
      connection,
      namespace,
      dataConverter,
      taskQueue: leaseTaskQueue,
      activities,
      workflows: { workflowBundle },
    }),
    Worker.create({
      connection,
      namespace,
      dataConverter,
      taskQueue: bareTaskQueue,
      workflowBundle,
      activities: bareMonths(client),
      maxCachedWorkflows: 2_000,
      maxConcurrentLocalActivityExecutions: 50,
    }),
  ]);
  const running = workers.map((worker) => worker.run());
  return {
    async stop() {
      for (const worker of workers) worker.shutdown();
      await Promise.all(running);
    },
  };
}

/** Does nothing but send the month's signal, through the same client and at the same place as the paying tenant does. */
const bareMonths = (client: Client): BareMonths => ({
  bill: ({ workflowId, month }) => client.workflow.getHandle(workflowId).signal(bareMonthPaid, { month }),
  settle: async () => undefined,
});
