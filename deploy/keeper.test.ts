import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { OwnProcess } from './embedded/tethered';
import { Keeper, nextPause, type PartSpec } from './keeper';

/** A part that lives until the test ends it. */
function aPart(name: string, stage: number, journal: string[]) {
  const ends: ((how: number | string) => void)[] = [];
  const spec: PartSpec = {
    name,
    stage,
    start: async (): Promise<OwnProcess> => {
      journal.push(`start ${name}`);
      let end: (how: number | string) => void = () => undefined;
      const ended = new Promise<number | string>((resolve) => {
        end = resolve;
      });
      ends.push(end);
      return {
        pid: 1,
        ended,
        stop: async () => {
          journal.push(`stop ${name}`);
          end(0);
        },
      };
    },
  };
  return { spec, crash: (how: number | string) => ends.at(-1)?.(how) };
}

describe('keeping the parts of the platform running', () => {
  let journal: string[];
  const keeperOf = (restart: boolean) => new Keeper({ say: (line) => journal.push(line), restart });

  beforeEach(() => {
    jest.useFakeTimers();
    journal = [];
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('starts a crashed part again after half a second and says so', async () => {
    const part = aPart('worker', 0, journal);
    await keeperOf(true).start(part.spec);
    part.crash('SIGKILL');
    await jest.advanceTimersByTimeAsync(499);
    expect(journal).toEqual(['start worker', 'worker ended (SIGKILL) and is started again in 0.5 s']);
    await jest.advanceTimersByTimeAsync(1);
    expect(journal.slice(2)).toEqual(['start worker', 'worker runs again']);
  });

  it('waits twice as long after each crash, and never longer than half a minute', async () => {
    const part = aPart('api', 0, journal);
    await keeperOf(true).start(part.spec);
    for (let crash = 0; crash < 8; crash += 1) {
      part.crash(1);
      await jest.advanceTimersByTimeAsync(30_000);
    }
    const pauses = journal
      .filter((line) => line.includes('ended'))
      .map((line) => Number(/in ([\d.]+) s/.exec(line)?.[1]));
    expect(pauses).toEqual([0.5, 1, 2, 4, 8, 16, 30, 30]);
  });

  it('forgets earlier crashes of a part that has been well for a minute', () => {
    expect(nextPause(30_000, 60_000)).toBe(500);
    expect(nextPause(8000, 59_999)).toBe(16_000);
  });

  it('leaves a part down that crashed where the caller decides', async () => {
    const part = aPart('worker', 0, journal);
    await keeperOf(false).start(part.spec);
    part.crash(1);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(journal).toEqual(['start worker']);
  });

  it('stops what stands on the servers before the servers', async () => {
    const keeper = keeperOf(true);
    await keeper.start(aPart('postgres', 0, journal).spec);
    await keeper.start(aPart('temporal', 1, journal).spec);
    await keeper.start(aPart('worker', 2, journal).spec);
    await keeper.stop();
    expect(journal.slice(3)).toEqual(['stop worker', 'stop temporal', 'stop postgres']);
  });

  it('does not bring a part back that crashes while everything is being stopped', async () => {
    const keeper = keeperOf(true);
    const part = aPart('worker', 0, journal);
    await keeper.start(part.spec);
    part.crash(1);
    await jest.advanceTimersByTimeAsync(100);
    await keeper.stop();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(journal.filter((line) => line === 'start worker')).toHaveLength(1);
  });
});
