import { createHash } from 'node:crypto';
import type { ClientOptions } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';

/** The namespace of all tests; keep workflow ids and task queues apart by name. */
export const TEST_NAMESPACE = 'default';

/**
 * A connection to the run's Temporal server, which can carry workflows through time. One per test file: `beforeAll`, and `teardown()` in
 * `afterAll`. Workers are made on its `nativeConnection`.
 */
export async function testEnv(
  client?: Pick<ClientOptions, 'dataConverter' | 'interceptors'>,
): Promise<TestWorkflowEnvironment> {
  const address = process.env.TEST_TEMPORAL_ADDRESS;
  if (!address) throw new Error('no test servers: this helper is for .int.test.ts and .e2e.test.ts files');
  return TestWorkflowEnvironment.createFromExistingServer({
    address,
    namespace: TEST_NAMESPACE,
    ...(client === undefined ? {} : { client }),
  });
}

/** A task queue of its own for each test, readable in the server's log: `taskQueueOf(expect.getState().currentTestName)`. */
export function taskQueueOf(testName: string | undefined): string {
  const name = testName ?? 'unnamed test';
  const digest = createHash('sha256').update(`${process.pid}/${name}`).digest('hex').slice(0, 8);
  return `${name.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 60)}-${digest}`;
}
