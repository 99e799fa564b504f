const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

/** `2026-11-25 10:00`, as a clock on a wall in China shows it. */
export const formatInstant = (epochMs: number): string =>
  new Date(epochMs + SHANGHAI_OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ');
