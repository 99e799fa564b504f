import type { OwnProcess } from './embedded/tethered';

/** A part of the platform that can be started again and again. */
export interface PartSpec {
  readonly name: string;
  /** Resolves when the part is usable. */
  start(): Promise<OwnProcess>;
  /** Parts of a later stage are stopped before those of an earlier one. */
  readonly stage: number;
}

export interface KeeperOptions {
  readonly say: (line: string) => void;
  /** Whether a part that ends by itself is started again. */
  readonly restart: boolean;
  /** Longest time that one part is given to end. */
  readonly graceMs?: number;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** A part that lived this long starts over with the shortest pause. */
const HEALTHY_MS = 60_000;

interface Part {
  readonly spec: PartSpec;
  running: OwnProcess | undefined;
  wanted: boolean;
  pauseMs: number;
}

/** How long to wait before the next start of a part that lived for `livedMs` after a pause of `pauseMs`. */
export function nextPause(pauseMs: number, livedMs: number): number {
  return livedMs >= HEALTHY_MS ? FIRST_PAUSE_MS : Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
}

/** Keeps parts running: starts, restarts with growing pauses, kills and stops them. */
export class Keeper {
  readonly #parts = new Map<string, Part>();
  readonly #options: KeeperOptions;

  constructor(options: KeeperOptions) {
    this.#options = options;
  }

  names(): string[] {
    return [...this.#parts.keys()];
  }

  pidOf(name: string): number | undefined {
    return this.#parts.get(name)?.running?.pid;
  }

  /** Starts a part for the first time. @throws what its start throws; it is not tried again then */
  async start(spec: PartSpec): Promise<void> {
    const part: Part = { spec, running: undefined, wanted: true, pauseMs: FIRST_PAUSE_MS / 2 };
    this.#parts.set(spec.name, part);
    await this.#run(part);
  }

  /** Ends a part as a crash of the machine would; it stays down until `restart`. */
  async kill(name: string): Promise<void> {
    const part = this.#part(name);
    part.wanted = false;
    const { running } = part;
    if (!running) return;
    process.kill(running.pid, 'SIGKILL');
    await running.ended;
  }

  /** Starts a part that was killed, or ends and starts one that runs. */
  async restart(name: string): Promise<void> {
    const part = this.#part(name);
    part.wanted = false;
    await part.running?.stop(this.#options.graceMs);
    part.wanted = true;
    await this.#run(part);
  }

  /** Ends everything, later stages first. */
  async stop(): Promise<void> {
    for (const part of this.#parts.values()) part.wanted = false;
    const stages = [...new Set([...this.#parts.values()].map(({ spec }) => spec.stage))].sort((a, b) => b - a);
    for (const stage of stages) {
      const members = [...this.#parts.values()].filter(({ spec }) => spec.stage === stage);
      await Promise.all(members.map(({ running }) => running?.stop(this.#options.graceMs)));
    }
  }

  #part(name: string): Part {
    const part = this.#parts.get(name);
    if (!part) throw new Error(`no part "${name}"; there are: ${this.names().join(', ')}`);
    return part;
  }

  async #run(part: Part): Promise<void> {
    const startedAt = Date.now();
    const running = await part.spec.start();
    part.running = running;
    // Stopped while it was starting: nobody else will end it now.
    if (!part.wanted) await running.stop(this.#options.graceMs);
    void running.ended.then((how) => this.#onEnd(part, running, how, Date.now() - startedAt));
  }

  async #onEnd(part: Part, ended: OwnProcess, how: number | string, livedMs: number): Promise<void> {
    if (part.running !== ended) return;
    part.running = undefined;
    if (!part.wanted || !this.#options.restart) return;
    part.pauseMs = nextPause(part.pauseMs, livedMs);
    this.#options.say(`${part.spec.name} ended (${how}) and is started again in ${part.pauseMs / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, part.pauseMs));
    if (!part.wanted) return;
    try {
      await this.#run(part);
      if (part.wanted) this.#options.say(`${part.spec.name} runs again`);
    } catch (error) {
      this.#options.say(`${part.spec.name} did not start: ${error instanceof Error ? error.message : error}`);
      part.running = ended;
      await this.#onEnd(part, ended, 'failed start', 0);
    }
  }
}
