import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { v7 } from 'uuid';
import { approveLease, evictLease, leaseWorkflowId, recordInspection } from '../contract/temporal/lease';
import { parseId } from '../domain/ids';
import { taskQueueOf, testEnv } from '../test/harness/temporal';
import { createLeaseCommands, type LeaseCommands } from './lease-commands';
import { createTimeTravel } from './time-travel';

// Other tests share the two cores.
jest.setTimeout(60_000);

const DAY_MS = 86_400_000;
const by = 'staff:1';

let env: TestWorkflowEnvironment;
let worker: Worker;
let running: Promise<void>;
let leases: LeaseCommands;
const taskQueue = taskQueueOf('api commands to a lease');

const anAddress = () => ({ operatorId: parseId<'operator'>(v7()), leaseId: parseId<'lease'>(v7()) });

beforeAll(async () => {
  env = await testEnv();
  worker = await Worker.create({
    connection: env.nativeConnection,
    taskQueue,
    workflowsPath: require.resolve('./one-lease.workflow'),
  });
  running = worker.run();
  leases = createLeaseCommands(env.client, taskQueue);
}, 120_000);

afterAll(async () => {
  worker.shutdown();
  await running;
  await env.teardown();
});

describe('a command to a lease', () => {
  test('starts a lease that does not run yet from its record, and answers', async () => {
    const state = await leases.ask(anAddress(), { update: approveLease, input: { by }, updateId: 'a' });
    expect(state.status).toBe('effective');
  });

  test('is carried out once under one id, and again under another', async () => {
    const address = anAddress();
    const approve = (updateId: string) => leases.ask(address, { update: approveLease, input: { by }, updateId });
    const counts = [await approve('a'), await approve('a'), await approve('b')].map(({ billedUntil }) => billedUntil);
    expect(counts).toEqual(['1', '1', '2']);
  });

  test('that the workflow refuses comes back with its code and its words', async () => {
    const input = { by, changeId: parseId<'change'>(v7()), moveOutOn: '2027-01-01' as never, reason: 'x' };
    const asked = leases.ask(anAddress(), { update: evictLease, input, updateId: 'a' });
    await expect(asked).rejects.toMatchObject({ code: 'IllegalTransition', message: 'not while the lease is signed' });
  });

  test('to a lease that has ended says so', async () => {
    const address = anAddress();
    await leases.ask(address, { update: recordInspection, input: { by, damages: [] }, updateId: 'a' });
    await env.client.workflow.getHandle(leaseWorkflowId(address.leaseId)).result();
    const late = leases.ask(address, { update: approveLease, input: { by }, updateId: 'b' });
    await expect(late).rejects.toMatchObject({ code: 'LeaseClosed' });
  });

  test('gives up after ten seconds when no worker answers, and can be sent again', async () => {
    const nobody = createLeaseCommands(env.client, taskQueueOf('nobody works here'));
    const began = Date.now();
    const asked = nobody.ask(anAddress(), { update: approveLease, input: { by }, updateId: 'a' });
    await expect(asked).rejects.toMatchObject({ code: 'WorkflowUnavailable', extras: { retryAfter: 5 } });
    expect(Date.now() - began).toBeLessThan(12_000);
  }, 20_000);
});

describe('time travel', () => {
  const travellingLease = async () => {
    const address = anAddress();
    await leases.start(address);
    return { ...address, travel: createTimeTravel(env.client).travel };
  };

  test('carries one lease by thirty days in seconds, and on from there', async () => {
    const { leaseId, travel } = await travellingLease();
    const first = await travel(leaseId, { durationMs: 30 * DAY_MS });
    expect(Math.abs(first.now.getTime() - Date.now() - 30 * DAY_MS)).toBeLessThan(60_000);
    expect([first.closed, first.seconds < 10]).toEqual([false, true]);
    const second = await travel(leaseId, { durationMs: 10 * DAY_MS });
    expect(Math.abs(second.now.getTime() - Date.now() - 40 * DAY_MS)).toBeLessThan(60_000);
  }, 60_000);

  test('to a day reaches its first moment in Shanghai; back is not possible', async () => {
    const { leaseId, travel } = await travellingLease();
    const day = new Date(Date.now() + 20 * DAY_MS).toISOString().slice(0, 10);
    const { now } = await travel(leaseId, { to: day as never });
    expect(Math.abs(now.getTime() - Date.parse(`${day}T00:00:00+08:00`))).toBeLessThan(60_000);
    await expect(travel(leaseId, { to: '2020-01-01' as never })).rejects.toMatchObject({ code: 'TargetInPast' });
  }, 60_000);

  test('beyond the end of the lease ends with it', async () => {
    const { leaseId, travel } = await travellingLease();
    expect((await travel(leaseId, { durationMs: 400 * DAY_MS })).closed).toBe(true);
    await expect(travel(leaseId, { durationMs: DAY_MS })).rejects.toMatchObject({ code: 'LeaseClosed' });
  }, 60_000);
});
