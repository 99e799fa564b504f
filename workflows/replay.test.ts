import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { temporal } from '@temporalio/proto';
import { bundleWorkflowCode, DefaultLogger, Worker, type WorkflowBundle } from '@temporalio/worker';

jest.setTimeout(60_000);
const { History } = temporal.api.history.v1;
const HISTORIES = join(__dirname, 'histories');

/** Leases that were recorded once and may still be running somewhere: today's code has to take the same steps. */
describe('a recorded lease', () => {
  let workflowBundle: WorkflowBundle;
  beforeAll(async () => {
    workflowBundle = await bundleWorkflowCode({ workflowsPath: __dirname, logger: new DefaultLogger('WARN') });
  });
  const files = readdirSync(HISTORIES).filter((name) => name.endsWith('.pb'));
  const recorded = (file: string) => History.decode(readFileSync(join(HISTORIES, file)));

  it('is there to be replayed', () => expect(files.length).toBeGreaterThan(0));

  it.each(files)('goes the same way again: %s', async (file) => {
    await expect(Worker.runReplayHistory({ workflowBundle }, recorded(file), file)).resolves.toBeUndefined();
  });

  it('would be refused if the code took another step', async () => {
    const history = recorded(files[0] ?? '');
    const activity = history.events.find(({ activityTaskScheduledEventAttributes: scheduled }) => scheduled);
    if (!activity?.activityTaskScheduledEventAttributes) throw new Error('the recorded lease has no activity');
    activity.activityTaskScheduledEventAttributes.activityType = { name: 'somethingElse' };
    await expect(Worker.runReplayHistory({ workflowBundle }, history)).rejects.toThrow();
  });
});
