import { describe, expect, it } from '@jest/globals';
import { createLatestBatch, type LatestBatchOptions } from './latest-batch';

const soon = () => new Promise((wake) => setTimeout(wake, 30));

function aBatch(overrides: Partial<LatestBatchOptions<string>> = {}) {
  const stored: (readonly string[])[] = [];
  const batch = createLatestBatch<string>({
    maxItems: 3,
    maxDelayMs: 5,
    maxWaiting: 100,
    retryDelayMs: 5,
    flush: async (items) => {
      stored.push(items);
    },
    ...overrides,
  });
  return { batch, stored };
}

describe('reports on their way to the database', () => {
  it('are stored together after a short while, the newest of each device only', async () => {
    const { batch, stored } = aBatch();
    void batch.add('door 101', 'locked');
    void batch.add('door 102', 'locked');
    void batch.add('door 101', 'unlocked');
    expect(stored).toEqual([]);
    await soon();
    expect(stored).toEqual([['unlocked', 'locked']]);
  });

  it('are stored at once when the batch is full', async () => {
    const { batch, stored } = aBatch({ maxDelayMs: 60_000 });
    for (const door of ['101', '102', '103']) void batch.add(door, door);
    await soon();
    expect(stored).toEqual([['101', '102', '103']]);
    await batch.close();
  });

  it('are kept while the database is away, and what came meanwhile is not overwritten by the older one', async () => {
    let away = true;
    const errors: string[] = [];
    const kept: (readonly string[])[] = [];
    const { batch } = aBatch({
      flush: async (items) => {
        await soon();
        if (away) throw new Error('connection refused');
        kept.push(items);
      },
      onError: (error) => errors.push(error.message),
    });
    void batch.add('door 101', 'locked');
    await new Promise((wake) => setTimeout(wake, 10));
    void batch.add('door 101', 'unlocked');
    await soon();
    away = false;
    await soon();
    await soon();
    await soon();
    expect(errors[0]).toBe('connection refused');
    expect(kept).toEqual([['unlocked']]);
  });

  it('hold their sender back while too many wait, and let go when they are stored', async () => {
    let release = () => {};
    const { batch } = aBatch({
      maxItems: 1,
      maxWaiting: 2,
      flush: () => new Promise<void>((resolve) => (release = resolve)),
    });
    expect(batch.add('a', '1')).toBeUndefined();
    expect(batch.add('b', '2')).toBeUndefined();
    let held = true;
    const room = batch.add('c', '3')?.then(() => {
      held = false;
    });
    await soon();
    expect(held).toBe(true);
    release();
    await room;
    expect(held).toBe(false);
  });

  it('are stored before the process ends', async () => {
    const { batch, stored } = aBatch({ maxDelayMs: 60_000 });
    void batch.add('door 101', 'locked');
    await batch.close();
    expect(stored).toEqual([['locked']]);
  });
});
