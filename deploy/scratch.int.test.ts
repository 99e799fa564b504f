import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Connection, Client as TemporalClient } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { Client } from 'pg';
import type { oneTimer } from '../test/harness/months.workflow';
import { type Scratch, startScratch } from './scratch';

const TIMER_MS = 20_000;

/** The same parts that `npm start` runs, so this is also the proof that it survives their crashes without losing what was stored. */
describe('a platform of its own in a scratch folder', () => {
  let scratch: Scratch;

  beforeAll(async () => {
    scratch = await startScratch({
      processes: ['ingest', 'simulator'],
      temporalUi: true,
      env: { TEMPORAL_CODEC_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}` },
    });
  }, 120_000);
  afterAll(() => scratch.stop(), 60_000);

  async function sql(text: string): Promise<Record<string, unknown>[]> {
    const client = new Client({ connectionString: scratch.databaseUrl });
    await client.connect();
    try {
      return (await client.query(text)).rows;
    } finally {
      await client.end();
    }
  }

  const isUp = (url: string) =>
    fetch(url).then(
      () => true,
      () => false,
    );

  it('has its servers, the named processes and a migrated database', async () => {
    expect([...scratch.parts].sort()).toEqual(['broker', 'ingest', 'postgres', 'simulator', 'temporal']);
    const [row] = await sql(`SELECT to_regclass('public.lease') IS NOT NULL AS migrated`);
    expect(row).toEqual({ migrated: true });
    expect(await isUp(scratch.config.simulator.url)).toBe(true);
  });

  it('where payloads are encrypted, has a Temporal UI that asks the API to decrypt them, and an API that knows this UI', async () => {
    const { Codec } = (await (await fetch(`${scratch.temporalUiUrl}/api/v1/settings`)).json()) as {
      Codec: Record<string, unknown>;
    };
    expect(Codec.Endpoint).toBe(`${scratch.apiUrl}/v1/codec`);
    if (process.env.TEST_TEMPORAL_KIND !== 'cli') expect(Codec.IncludeCredentials).toBe(true);
    expect(scratch.config.temporal.uiOrigin).toBe(scratch.temporalUiUrl);
  });

  it('brings PostgreSQL back after a kill -9 with everything that was committed', async () => {
    await sql('CREATE TABLE scratch_note (text text); INSERT INTO scratch_note VALUES (42)');
    await scratch.kill('postgres');
    await expect(sql('SELECT 1')).rejects.toThrow();
    await scratch.restart('postgres');
    expect(await sql('SELECT text FROM scratch_note')).toEqual([{ text: '42' }]);
  }, 60_000);

  it('brings a killed process back on the same port', async () => {
    const { url } = scratch.config.simulator;
    await scratch.kill('simulator');
    expect(await isUp(url)).toBe(false);
    await scratch.restart('simulator');
    expect(await isUp(url)).toBe(true);
  }, 60_000);

  it('fires a timer on time that was set before Temporal and PostgreSQL were killed', async () => {
    const connection = await NativeConnection.connect({ address: scratch.temporalAddress });
    const worker = await Worker.create({
      connection,
      taskQueue: 'timers',
      workflowsPath: require.resolve('../test/harness/months.workflow'),
    });
    const client = new TemporalClient({ connection: await Connection.connect({ address: scratch.temporalAddress }) });
    const { wokenAt, backAt } = await worker.runUntil(async () => {
      const startedAt = Date.now();
      const handle = await client.workflow.start<typeof oneTimer>('oneTimer', {
        taskQueue: 'timers',
        workflowId: 'timer',
        args: [TIMER_MS],
      });
      await Promise.all([scratch.kill('temporal'), scratch.kill('postgres')]);
      await scratch.restart('postgres');
      await scratch.restart('temporal');
      const back = Date.now() - startedAt;
      return { wokenAt: Date.parse(await handle.result()) - startedAt, backAt: back };
    });
    await client.connection.close();
    await connection.close();
    expect(wokenAt).toBeGreaterThanOrEqual(TIMER_MS - 1000);
    // Counted from when the servers are back, which on a busy machine may be later than due. Ten seconds are Temporal's own: a task
    // first waits that long for the worker that had the workflow in its cache and whose poll died with the server.
    expect(wokenAt).toBeLessThan(Math.max(TIMER_MS, backAt) + 30_000);
  }, 120_000);

  it('names its parts when it is asked for one that it does not have', async () => {
    await expect(scratch.kill('printer')).rejects.toThrow(/postgres/);
  });

  it('leaves nothing behind', async () => {
    const other = await startScratch({ processes: [] });
    await other.stop();
    expect(existsSync(other.folder)).toBe(false);
    await expect(new Client({ connectionString: other.databaseUrl }).connect()).rejects.toThrow();
  }, 60_000);
});
