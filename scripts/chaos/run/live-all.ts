import type { Random } from '../../seed/random';
import { type Lived, liveLease } from './live';
import type { Stage } from './stage';

export type LiveOptions = { readonly leases: number; readonly atOnce: number; readonly say: (line: string) => void };

/** Lets that many leases live, so many of them at the same time. @throws what the first lease that could not be lived threw */
export async function liveAll(stage: Stage, random: Random, { leases, atOnce, say }: LiveOptions): Promise<Lived[]> {
  const lives: Lived[] = [];
  let next = 0;
  const oneAfterTheOther = async (): Promise<void> => {
    for (let n = next++; n < leases; n = next++) {
      lives.push(await liveLease(stage, random.fork(`lease ${n}`), n));
      if (lives.length % 10 === 0 || lives.length === leases)
        say(`${lives.length} of ${leases} leases have lived their year`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, leases) }, oneAfterTheOther));
  return lives.sort((a, b) => a.n - b.n);
}
