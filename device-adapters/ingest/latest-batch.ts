export type LatestBatchOptions<T> = {
  /** Flushes at once at this many items, */
  readonly maxItems: number;
  /** and this long after the first item otherwise. */
  readonly maxDelayMs: number;
  /** From this many items on, `add` asks its caller to wait. */
  readonly maxWaiting: number;
  readonly retryDelayMs: number;
  /** Stores one batch; when it throws, the items are kept and tried again. */
  readonly flush: (items: readonly T[]) => Promise<void>;
  readonly onError?: (error: Error) => void;
};

export type LatestBatch<T> = {
  /** Takes an item in, replacing one of the same key that still waits. The promise is there when the caller must hold back. */
  add(key: string, item: T): Promise<void> | undefined;
  /** Flushes what waits, once, and stops. */
  close(): Promise<void>;
};

/** Collects items by key, newest wins, and stores them in batches: one flush at a time, nothing dropped while the store is away. */
export function createLatestBatch<T>(options: LatestBatchOptions<T>): LatestBatch<T> {
  let waiting = new Map<string, T>();
  const roomAgain: (() => void)[] = [];
  let running: Promise<boolean> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let resting = false; // after a failed flush, until it is tried again
  let closed = false;

  const wakeIn = (ms: number) => {
    timer ??= setTimeout(() => {
      timer = undefined;
      resting = false;
      run();
    }, ms);
  };
  const flushOnce = async (): Promise<boolean> => {
    const batch = waiting;
    waiting = new Map();
    try {
      await options.flush([...batch.values()]);
    } catch (error) {
      waiting = new Map([...batch, ...waiting]); // what came meanwhile is newer and stays
      options.onError?.(error as Error);
      return false;
    }
    for (const wake of roomAgain.splice(0)) wake();
    return true;
  };
  const run = () => {
    if (running !== undefined || waiting.size === 0) return;
    running = flushOnce();
    void running.then((stored) => {
      running = undefined;
      if (closed || waiting.size === 0) return;
      resting = !stored;
      wakeIn(stored ? options.maxDelayMs : options.retryDelayMs);
    });
  };
  return {
    add(key, item) {
      waiting.set(key, item);
      if (waiting.size >= options.maxItems && !resting) run();
      else wakeIn(options.maxDelayMs);
      if (waiting.size < options.maxWaiting) return undefined;
      return new Promise((resolve) => roomAgain.push(resolve));
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await running;
      if (waiting.size > 0) await flushOnce();
      for (const wake of roomAgain.splice(0)) wake();
    },
  };
}
