import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import { BARE_WORKFLOW, bareTaskQueue } from '../../../contract/temporal/bare';
import { leaseWorkflowId } from '../../../contract/temporal/lease';
import { startLease } from '../../../contract/temporal/start-lease';
import { skipTime } from '../../../contract/temporal/time-travel';
import { buildWorld, type World } from '../../seed/world';
import { perUnit, processorTime } from '../processor-time';
import { insertRunningLeases } from './leases';
import { leaseTaskQueue } from './worker';

export type RoundSize = { readonly workflows: number; readonly months: number };

/** One measured round: how many months passed in how many seconds, and which workflows lived them. */
export type Round = {
  readonly months: number;
  readonly seconds: number;
  readonly cpu: ReturnType<typeof perUnit>;
  readonly firstRuns: readonly Run[];
};
type Run = { readonly workflowId: string; readonly runId: string };

/** The yardstick: as many bare workflows as leases, as many months each. */
export async function bareRound(client: Client, { workflows, months }: RoundSize): Promise<Round> {
  const ids = Array.from({ length: workflows }, () => `bare/${uuid()}`);
  await Promise.all(
    ids.map((workflowId) =>
      client.workflow.start(BARE_WORKFLOW, { workflowId, taskQueue: bareTaskQueue, args: [{ months }] }),
    ),
  );
  return live(client, ids, months);
}

export async function leaseRound(db: Knex, client: Client, world: World, months: number): Promise<Round> {
  const { operatorId } = world;
  const leaseIds = await insertRunningLeases(db, world, months);
  await Promise.all(leaseIds.map((leaseId) => startLease(client, leaseTaskQueue, { operatorId, leaseId })));
  return live(client, leaseIds.map(leaseWorkflowId), months);
}

export const worldFor = (db: Knex, round: string, rooms: number): Promise<World> =>
  buildWorld(db, { name: `measurement ${round}`, rooms });

/** All of them start their first month in the present, then live to their end as fast as the machine goes. */
async function live(client: Client, ids: readonly string[], months: number): Promise<Round> {
  await sleep(1_000);
  const handles = ids.map((id) => client.workflow.getHandle(id));
  const first = await Promise.all(handles.map((handle) => handle.describe()));
  const before = processorTime();
  const startedAt = performance.now();
  await Promise.all(ids.map((id) => skipTime(client, id, 'toTheEnd')));
  await Promise.all(handles.map((handle) => handle.result()));
  const seconds = (performance.now() - startedAt) / 1_000;
  const total = months * ids.length;
  const cpu = perUnit(before, processorTime(), total);
  const firstRuns = first.map(({ workflowId, runId }) => ({ workflowId, runId }));
  return { months: total, seconds, cpu, firstRuns };
}
