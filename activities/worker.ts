import type { DataConverter } from '@temporalio/common';
import { type NativeConnection, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import type { Knex } from 'knex';
import type { LeaseRecords, LeaseServices } from '../contract/temporal/lease-activities';
import type { PaymentServices } from '../contract/temporal/payment';
import type { PersonalDataKeys } from '../db/personal-data';
import type { RoomCommander } from '../device-adapters/command-client';
import type { ESeal } from '../service-adapters/e-seal/e-seal';
import type { PaymentProviders } from '../service-adapters/payment-provider';
import { contracts } from './contracts';
import { paymentWatch } from './payment-watch';
import { billing } from './records/billing';
import { dunning } from './records/dunning';
import { enforcement } from './records/enforcement';
import { loading } from './records/load';
import { payments } from './records/payment';
import { protectionSteps } from './records/protections';
import { settlement } from './records/settlement';
import { smallSteps } from './records/small-steps';
import { statusMoves } from './records/status';
import { termsChanges } from './records/terms';
import { refundSteps } from './refunds';
import { roomCommands } from './room-commands';

/** What the activities reach: each outside thing behind its interface. */
export type LeaseEnvironment = {
  readonly db: Knex;
  readonly rooms: RoomCommander;
  readonly providers: PaymentProviders;
  readonly eSeal: ESeal;
  readonly keys: PersonalDataKeys;
  /** Where providers reach the API. */
  readonly publicUrl: string;
};

export const leaseActivities = ({
  db,
  rooms,
  providers,
  eSeal,
  keys,
  publicUrl,
}: LeaseEnvironment): LeaseRecords & LeaseServices & PaymentServices => ({
  ...loading(db),
  ...billing(db),
  ...payments(db),
  ...statusMoves(db),
  ...termsChanges(db),
  ...dunning(db),
  ...enforcement(db),
  ...protectionSteps(db),
  ...settlement(db),
  ...smallSteps(db),
  ...refundSteps(db, providers, publicUrl),
  ...paymentWatch(db, providers),
  ...roomCommands(db, rooms),
  ...contracts(db, eSeal, keys),
});

export type WorkerOptions = {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly activities: object;
  readonly workflows: { readonly workflowBundle: WorkflowBundleOption } | { readonly workflowsPath: string };
  readonly dataConverter?: DataConverter;
};

/** A worker for leases. Any number may run; a lease's cached state makes its next step cheap on the worker that has it. */
export const createLeaseWorker = ({ workflows, dataConverter, ...options }: WorkerOptions): Promise<Worker> =>
  Worker.create({
    ...options,
    ...workflows,
    ...(dataConverter ? { dataConverter } : {}),
    maxCachedWorkflows: 2_000,
    maxConcurrentLocalActivityExecutions: 50,
  });
