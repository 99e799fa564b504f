/** What is to happen later, unless the simulator stops first; keeps no process alive. */
export class Timers {
  readonly #timers = new Set<NodeJS.Timeout>();

  later = (ms: number, what: () => void): void => {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      what();
    }, ms);
    this.#timers.add(timer.unref());
  };

  clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }
}
