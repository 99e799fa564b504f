import { setTimeout as sleep } from 'node:timers/promises';
import type { Scratch } from '../../../deploy/scratch';
import type { Random } from '../../seed/random';

/** What is killed, PostgreSQL less often: everything else falls with it and has to find its feet again. */
const VICTIMS = ['worker', 'worker', 'api', 'api', 'temporal', 'postgres'] as const;

/** Long enough that work lost with a worker times out and is done again; a platform that is always down shows nothing. */
const BETWEEN_KILLS_MS = [8_000, 30_000] as const;

export type Killer = {
  /** Ends the killing; every part runs again when it resolves. Answers how often each part was killed. */
  stop(): Promise<Readonly<Record<string, number>>>;
};

/** Kills (SIGKILL) and restarts parts of the platform at random moments until told to stop. */
export function startKiller(scratch: Scratch, random: Random, say: (line: string) => void): Killer {
  const kills: Record<string, number> = {};
  const ending = new AbortController();
  const pause = (ms: number): Promise<void> => sleep(ms, undefined, { signal: ending.signal }).catch(() => undefined); // told to stop
  const run = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      await pause(random.between(...BETWEEN_KILLS_MS));
      if (ending.signal.aborted) return;
      const victim = random.pick(VICTIMS);
      await scratch.kill(victim);
      kills[victim] = (kills[victim] ?? 0) + 1;
      const downMs = random.between(0, 2_500);
      say(`killed ${victim}, down for ${(downMs / 1_000).toFixed(1)} s`);
      await pause(downMs);
      await scratch.restart(victim);
    }
  };
  const running = run();
  // Awaited in stop(); a failure until then must not count as unhandled.
  running.catch(() => undefined);
  return {
    async stop() {
      ending.abort();
      await running;
      return kills;
    },
  };
}
