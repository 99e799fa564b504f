import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../db/knex';
import { startScratch } from '../../deploy/scratch';
import { seedDemo } from '../seed/demo';

const PROCESSES = ['worker', 'api', 'ingest', 'virtual-room', 'simulator'] as const;

/** Seconds from nothing to a page that a person can use, on data that an earlier start left behind; the median is the caller's. */
export async function secondStart(say: (line: string) => void): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'apartment-start-'));
  try {
    const first = await startScratch({ processes: PROCESSES, folder, say });
    const knex = openDatabase(first.databaseUrl, 'app', 1);
    await seedDemo(knex, first.config.personalDataKeys);
    await knex.destroy();
    await first.stop();
    const startedAt = performance.now();
    const second = await startScratch({ processes: PROCESSES, folder, say });
    await usable(second.apiUrl);
    const seconds = (performance.now() - startedAt) / 1_000;
    await second.stop();
    return seconds;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Ready, and a page is served; without built web apps, the API's own documentation page. */
async function usable(apiUrl: string): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; await new Promise((wake) => setTimeout(wake, 20))) {
    try {
      const ready = await fetch(`${apiUrl}/readyz`);
      if (ready.ok && (await fetch(`${apiUrl}/docs`)).ok) return;
    } catch {
      // Not listening yet.
    }
  }
  throw new Error('the second start served no page within a minute');
}
