import type { Random } from '../../seed/random';
import type { Violation } from '../facts';
import { type Lived, liveLease } from './live';
import type { Stage } from './stage';

export type LiveOptions = { readonly leases: number; readonly atOnce: number; readonly say: (line: string) => void };

/** `stuck`: leases that the platform never carried to their end, whatever was tried; that is a finding like any other. */
export type Lives = { readonly lives: readonly Lived[]; readonly stuck: readonly Violation[] };

/** Lets that many leases live, so many of them at the same time. */
export async function liveAll(stage: Stage, random: Random, { leases, atOnce, say }: LiveOptions): Promise<Lives> {
  const lives: Lived[] = [];
  const stuck: Violation[] = [];
  let next = 0;
  const one = async (n: number): Promise<void> => {
    try {
      lives.push(await liveLease(stage, random.fork(`lease ${n}`), n));
    } catch (error) {
      stuck.push({
        leaseId: `lease ${n}`,
        rule: 'stuck',
        text: error instanceof Error ? error.message : String(error),
      });
    }
    const ended = lives.length + stuck.length;
    if (ended % 10 === 0 || ended === leases) say(`${ended} of ${leases} leases have lived their year`);
  };
  const oneAfterTheOther = async (): Promise<void> => {
    for (let n = next++; n < leases; n = next++) await one(n);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, leases) }, oneAfterTheOther));
  return { lives: lives.sort((a, b) => a.n - b.n), stuck };
}
