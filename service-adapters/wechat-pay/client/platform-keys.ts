import { createPublicKey, type KeyObject } from 'node:crypto';
import type { KeysBySerial } from './certificates';

export type PlatformKeys = {
  /** The key if it is here and valid. If it is not, it is asked for in the background, so that a message sent again finds it. */
  find(serial: string): KeyObject | undefined;
  /** The same, after asking. */
  fetch(serial: string): Promise<KeyObject | undefined>;
  /** Downloads what there is; false when the provider gave nothing that can be believed. */
  load(): Promise<boolean>;
};

export type PlatformKeysOptions = {
  readonly configured?: { readonly id: string; readonly pem: string };
  /** Never rejects; undefined when the provider gave no list that can be believed. */
  readonly download: () => Promise<KeysBySerial | undefined>;
  readonly clock: () => number;
};

/** The provider asks merchants to look for new certificates at least this often. */
const MAX_AGE_MS = 12 * 3_600_000;
/** A serial that the provider does not know must not make us ask with each forged notice. */
const PAUSE_AFTER_MISS_MS = 30_000;
const PAUSE_AFTER_FAILURE_MS = 1_000;

/** The provider's public keys by serial: those of its certificates, renewed as it rotates them, and the one that was configured. */
export function createPlatformKeys({ configured, download, clock }: PlatformKeysOptions): PlatformKeys {
  const fixed = configured && { id: configured.id, key: createPublicKey(configured.pem) };
  let known: { readonly keys: KeysBySerial; readonly atMs: number } | undefined;
  let pausedUntilMs = Number.NEGATIVE_INFINITY;
  let running: Promise<void> | undefined;

  const lookUp = (serial: string): KeyObject | undefined => {
    if (serial === fixed?.id) return fixed.key;
    const found = known?.keys.get(serial);
    return found !== undefined && found.expiresMs > clock() ? found.key : undefined;
  };
  const load = async () => {
    const keys = await download();
    if (keys === undefined) pausedUntilMs = clock() + PAUSE_AFTER_FAILURE_MS;
    else known = { keys, atMs: clock() };
    running = undefined;
  };
  const loadOnce = async () => {
    if (clock() < pausedUntilMs) return;
    running ??= load();
    await running;
  };
  const fetchMissing = async (serial: string) => {
    await loadOnce();
    const found = lookUp(serial);
    const isMiss = found === undefined && clock() >= pausedUntilMs;
    if (isMiss) pausedUntilMs = clock() + PAUSE_AFTER_MISS_MS;
    return found;
  };
  const find = (serial: string) => {
    const key = lookUp(serial);
    if (key === undefined) void fetchMissing(serial);
    else if (known !== undefined && clock() - known.atMs > MAX_AGE_MS) void loadOnce();
    return key;
  };
  return {
    find,
    fetch: async (serial) => find(serial) ?? (await fetchMissing(serial)),
    load: async () => {
      await loadOnce();
      return known !== undefined || fixed !== undefined;
    },
  };
}
