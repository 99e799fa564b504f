import { createPublicKey } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { newKeys } from '../test-world';
import type { KeysBySerial } from './certificates';
import { createPlatformKeys } from './platform-keys';

const KEY = createPublicKey(newKeys().publicKey);
const HOUR = 3_600_000;

let nowMs: number;
let downloads: number;
let offered: KeysBySerial | undefined;

const valid = (...serials: string[]): KeysBySerial =>
  new Map(serials.map((serial) => [serial, { key: KEY, expiresMs: 100 * HOUR }]));
const keysOf = (configured?: { id: string; pem: string }) =>
  createPlatformKeys({
    clock: () => nowMs,
    download: async () => {
      downloads += 1;
      return offered;
    },
    ...(configured ? { configured } : {}),
  });

beforeEach(() => {
  nowMs = 0;
  downloads = 0;
  offered = valid('A');
});

describe('the provider’s keys', () => {
  it('are downloaded once for all who ask at the same moment, and kept', async () => {
    const keys = keysOf();
    expect(await Promise.all(['A', 'A', 'A'].map(keys.fetch))).toEqual([KEY, KEY, KEY]);
    expect(keys.find('A')).toBe(KEY);
    expect(downloads).toBe(1);
  });

  it('are asked for again when a new serial appears', async () => {
    const keys = keysOf();
    await keys.fetch('A');
    offered = valid('A', 'B');
    expect(await keys.fetch('B')).toBe(KEY);
    expect(downloads).toBe(2);
  });

  it('are not asked for with each forged serial', async () => {
    const keys = keysOf();
    await keys.fetch('A');
    for (let i = 0; i < 100; i++) expect(await keys.fetch(`forged-${i}`)).toBeUndefined();
    expect(downloads).toBe(2);
    nowMs += 30_000;
    offered = valid('A', 'B');
    expect(await keys.fetch('B')).toBe(KEY);
  });

  it('are asked for again a second after a download failed', async () => {
    const keys = keysOf();
    offered = undefined;
    expect(await keys.load()).toBe(false);
    expect(await keys.fetch('A')).toBeUndefined();
    expect(downloads).toBe(1);
    nowMs += 1_000;
    offered = valid('A');
    expect(await keys.fetch('A')).toBe(KEY);
  });

  it('are asked for in the background by who cannot wait', async () => {
    const keys = keysOf();
    expect(keys.find('A')).toBeUndefined();
    await new Promise((done) => setImmediate(done));
    expect(keys.find('A')).toBe(KEY);
  });

  it('are renewed twice a day, and go with their certificates', async () => {
    const keys = keysOf();
    await keys.fetch('A');
    nowMs = 12 * HOUR + 1;
    offered = valid('B');
    expect(keys.find('A')).toBe(KEY);
    await new Promise((done) => setImmediate(done));
    expect(downloads).toBe(2);
    expect(keys.find('A')).toBeUndefined();
    expect(keys.find('B')).toBe(KEY);
    nowMs = 100 * HOUR;
    expect(keys.find('B')).toBeUndefined();
  });

  it('include the one that was configured, without any download', async () => {
    const { publicKey } = newKeys();
    const keys = keysOf({ id: 'PUB_KEY_ID_1', pem: publicKey });
    expect((await keys.fetch('PUB_KEY_ID_1'))?.export({ type: 'spki', format: 'pem' })).toBe(publicKey);
    expect(downloads).toBe(0);
  });
});
