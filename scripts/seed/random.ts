/** Random choices that a seed repeats: the same seed, the same run. */
export type Random = {
  /** In [0, 1). */
  next(): number;
  /** Whole number from `from` to `to`, both inclusive. */
  between(from: number, to: number): number;
  pick<T>(choices: readonly T[]): T;
  /** A source of its own for one thing, so that what one lease draws does not shift what the next one gets. */
  fork(name: string): Random;
};

/** Mulberry32: 32 bits of state, even enough for choosing behaviour. */
export function seededRandom(seed: string): Random {
  let state = hash(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    between,
    pick: (choices) => {
      const chosen = choices[between(0, choices.length - 1)];
      if (chosen === undefined) throw new RangeError('nothing to choose from');
      return chosen;
    },
    fork: (name) => seededRandom(`${seed}/${name}`),
  };
}

/** FNV-1a. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (const char of text) h = Math.imul(h ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return h;
}
