import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, DefaultLogger, Worker, type WorkflowBundle } from '@temporalio/worker';
import { SEARCH_ATTRIBUTES } from '../contract/temporal/search-attributes';
import { readClock, skipTime } from '../contract/temporal/time-travel';
import type { awaitNote, Months, months, noted } from '../test/harness/months.workflow';
import { TEST_NAMESPACE, taskQueueOf, testEnv } from '../test/harness/temporal';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** What the tests below rely on in the server that `deploy/` brings: not in a mock of it. */
describe('the Temporal server that we start', () => {
  let env: TestWorkflowEnvironment;
  let bundle: WorkflowBundle;

  beforeAll(async () => {
    env = await testEnv();
    bundle = await bundleWorkflowCode({
      workflowsPath: require.resolve('../test/harness/months.workflow'),
      logger: new DefaultLogger('WARN'),
    });
  }, 60_000);
  afterAll(() => env.teardown());

  /** Starts `months` on a worker of its own and runs `story` beside it. */
  async function whileMonthsRun<T>(
    plan: Pick<Months, 'left' | 'monthsPerRun'>,
    story: (handle: WorkflowHandle<typeof months>, startedAt: number) => Promise<T>,
  ): Promise<T> {
    const taskQueue = taskQueueOf(expect.getState().currentTestName);
    const worker = await Worker.create({ connection: env.nativeConnection, taskQueue, workflowBundle: bundle });
    return worker.runUntil(async () => {
      const startedAt = Date.now();
      const handle = await env.client.workflow.start<typeof months>('months', {
        taskQueue,
        workflowId: `months/${randomUUID()}`,
        args: [{ ...plan, wokenAt: [], notes: [] }],
      });
      return story(handle, startedAt);
    });
  }

  async function forward(handle: WorkflowHandle, days: number): Promise<void> {
    const id = randomUUID();
    await skipTime(env.client, handle.workflowId, { id, ms: days * DAY_MS });
    for (;;) {
      const clock = await readClock(handle);
      if (clock.closed || clock.reached === id) return;
      await delay(20);
    }
  }

  it('keeps the namespace for more than a year, so that a closed lease can still be read', async () => {
    const { namespaceInfo, config } = await env.connection.workflowService.describeNamespace({
      namespace: TEST_NAMESPACE,
    });
    expect(namespaceInfo?.name).toBe(TEST_NAMESPACE);
    if (process.env.TEST_TEMPORAL_KIND !== 'cli') {
      expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBeGreaterThan(366 * 86_400);
    }
  });

  it('knows the search attributes of the contract', async () => {
    const { customAttributes } = await env.connection.operatorService.listSearchAttributes({
      namespace: TEST_NAMESPACE,
    });
    expect(Object.keys(customAttributes ?? {})).toEqual(expect.arrayContaining(Object.keys(SEARCH_ATTRIBUTES)));
  });

  it('plays twelve monthly timers in seconds, each at its own minute', async () => {
    const { wokenAt, startedAt, seconds } = await whileMonthsRun({ left: 12, monthsPerRun: 12 }, async (handle, at) => {
      await skipTime(env.client, handle.workflowId, 'toTheEnd');
      const { wokenAt: woken } = await handle.result();
      return { wokenAt: woken, startedAt: at, seconds: (Date.now() - at) / 1000 };
    });
    expect(wokenAt).toHaveLength(12);
    wokenAt.forEach((at, month) => {
      expect(Math.abs(Date.parse(at) - startedAt - (month + 1) * 30 * DAY_MS)).toBeLessThan(MINUTE_MS);
    });
    expect(seconds).toBeLessThan(15);
  }, 60_000);

  it('does not jump too far when the workflow continues as new every few months', async () => {
    const { wokenAt, startedAt } = await whileMonthsRun({ left: 12, monthsPerRun: 3 }, async (handle, at) => {
      await skipTime(env.client, handle.workflowId, 'toTheEnd');
      return { ...(await handle.result()), startedAt: at };
    });
    expect(wokenAt).toHaveLength(12);
    wokenAt.forEach((at, month) => {
      expect(Math.abs(Date.parse(at) - startedAt - (month + 1) * 30 * DAY_MS)).toBeLessThan(MINUTE_MS);
    });
  }, 60_000);

  it('stops where it was told to, takes a signal there, and goes on in real time', async () => {
    const { notes, clock, startedAt, real } = await whileMonthsRun(
      { left: 12, monthsPerRun: 12 },
      async (handle, at) => {
        await forward(handle, 45);
        const first = await readClock(handle);
        await handle.signal<[string]>('noted' satisfies typeof noted.name, 'paid');
        await delay(1000);
        const second = await readClock(handle);
        await skipTime(env.client, handle.workflowId, 'toTheEnd');
        const result = await handle.result();
        return { notes: result.notes, clock: first.now, startedAt: at, real: second.now - first.now };
      },
    );
    expect(Math.abs(clock - startedAt - 45 * DAY_MS)).toBeLessThan(MINUTE_MS);
    expect(real).toBeLessThan(MINUTE_MS);
    expect(notes).toEqual(['paid']);
  }, 60_000);

  it('leaves a neighbour in the present while one workflow travels', async () => {
    const taskQueue = taskQueueOf(expect.getState().currentTestName);
    const worker = await Worker.create({ connection: env.nativeConnection, taskQueue, workflowBundle: bundle });
    await worker.runUntil(async () => {
      const neighbour = await env.client.workflow.start<typeof awaitNote>('awaitNote', {
        taskQueue,
        workflowId: `neighbour/${randomUUID()}`,
      });
      const traveller = await env.client.workflow.start<typeof awaitNote>('awaitNote', {
        taskQueue,
        workflowId: `traveller/${randomUUID()}`,
      });
      await forward(traveller, 300);
      const [there, here] = await Promise.all([readClock(traveller), readClock(neighbour)]);
      expect(there.now - here.now).toBeGreaterThan(299 * DAY_MS);
      expect(Math.abs(here.now - Date.now())).toBeLessThan(MINUTE_MS);
      await Promise.all([traveller.signal('noted', 'a'), neighbour.signal('noted', 'b')]);
      await expect(Promise.all([traveller.result(), neighbour.result()])).resolves.toEqual([true, true]);
    });
  }, 60_000);
});
