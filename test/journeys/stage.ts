import { afterAll, beforeAll } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { type Scratch, startScratch } from '../../deploy/scratch';
import { openBrowser } from './browser';

/** Where a journey plays. Two browsers: the packaged Chromium runs as a single process, whose contexts share their cookies. */
export type Stage = {
  readonly browsers: readonly [Browser, Browser];
  readonly apiUrl: string;
  readonly simulatorUrl: string;
};

/**
 * Sets the stage before a file's journeys and clears it after them. `JOURNEY_API` and `JOURNEY_SIMULATOR` name a platform that runs already;
 * without them one is started and stopped. What is answered is there once a test runs.
 */
export function journeyStage(): () => Stage {
  const browsers: Browser[] = [];
  let stage: Stage | undefined;
  let scratch: Scratch | undefined;
  beforeAll(async () => {
    const both = [await openBrowser(), await openBrowser()] as const;
    browsers.push(...both);
    const { JOURNEY_API, JOURNEY_SIMULATOR } = process.env;
    if (JOURNEY_API && JOURNEY_SIMULATOR) {
      stage = { browsers: both, apiUrl: JOURNEY_API, simulatorUrl: JOURNEY_SIMULATOR };
      return;
    }
    scratch = await startScratch({ processes: ['worker', 'api', 'ingest', 'virtual-room', 'simulator'] });
    stage = { browsers: both, apiUrl: scratch.apiUrl, simulatorUrl: scratch.config.simulator.url };
  }, 300_000);
  afterAll(async () => {
    for (const browser of browsers) await browser.close();
    await scratch?.stop();
  }, 60_000);
  return () => {
    if (!stage) throw new Error('the stage is set before the first test');
    return stage;
  };
}
