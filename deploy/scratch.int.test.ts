import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { type Scratch, startScratch } from './scratch';

/** The same parts that `npm start` runs, so this is also the proof that it survives their crashes without losing what was stored. */
describe('a platform of its own in a scratch folder', () => {
  let scratch: Scratch;

  beforeAll(async () => {
    scratch = await startScratch({ processes: ['ingest', 'simulator'] });
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

  it('brings Temporal back on the same address', async () => {
    await scratch.kill('temporal');
    await scratch.restart('temporal');
    expect(scratch.temporalAddress).toMatch(/^127\.0\.0\.1:\d+$/);
    const { Connection } = await import('@temporalio/client');
    const connection = await Connection.connect({ address: scratch.temporalAddress });
    const { namespaceInfo } = await connection.workflowService.describeNamespace({ namespace: 'default' });
    await connection.close();
    expect(namespaceInfo?.name).toBe('default');
  }, 60_000);

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
