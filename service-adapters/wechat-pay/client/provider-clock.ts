/**
 * The provider refuses requests whose time is five minutes off, and we its answers. A machine whose clock is wrong learns the difference from the
 * `Date` of the refusal, instead of taking no money until somebody looks.
 */
export type ProviderClock = {
  now(): number;
  /** True when the difference to `date` (an HTTP date) was worth correcting. */
  learn(date: string | null): boolean;
};

const TOLERATED_MS = 60_000;

export function createProviderClock(wallClock: () => number): ProviderClock {
  let aheadMs = 0;
  const now = () => wallClock() + aheadMs;
  return {
    now,
    learn: (date) => {
      const told = date === null ? Number.NaN : Date.parse(date);
      if (Number.isNaN(told) || Math.abs(told - now()) <= TOLERATED_MS) return false;
      aheadMs = told - wallClock();
      return true;
    },
  };
}
