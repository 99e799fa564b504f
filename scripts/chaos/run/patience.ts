import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 500;
/** Longer than any outage that the run makes and the longest pause between two tries anywhere (five minutes); what takes longer is a finding. */
const PATIENCE_MS = 900_000;

/**
 * Asks again until `ask` has an answer: while parts of the platform are being killed, every question may fail, and none may be given up.
 * Null and undefined mean "not yet". @throws Error with what was wanted and the last failure
 */
export async function insist<T>(what: string, ask: () => Promise<T | null | undefined>): Promise<T> {
  let failure: unknown;
  let pause = FIRST_PAUSE_MS;
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    try {
      const answer = await ask();
      if (answer !== null && answer !== undefined) return answer;
      failure = undefined;
    } catch (error) {
      failure = error;
    }
    await sleep(pause);
  }
  throw new Error(`${what}: no answer in ${PATIENCE_MS / 1_000} s${failure ? `, at last ${String(failure)}` : ''}`);
}
