import { condition, continueAsNew, defineSignal, setHandler, sleep } from '@temporalio/workflow';

const DAY_MS = 86_400_000;

/** Something that happens to the workflow from outside while its time flies. */
export const noted = defineSignal<[string]>('noted');

/** What the months workflow hands from run to run: instants as ISO strings, and the notes it was sent. */
export interface Months {
  readonly left: number;
  readonly monthsPerRun: number;
  readonly wokenAt: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Sleeps thirty days at a time and writes down when it woke; continues as new after every few. It is here to show that the server
 * carries such a workflow through time to the right minute.
 */
export async function months(input: Months): Promise<Months> {
  const wokenAt = [...input.wokenAt];
  const notes = [...input.notes];
  setHandler(noted, (note) => {
    notes.push(note);
  });
  let left = input.left;
  for (let month = 0; month < input.monthsPerRun && left > 0; month += 1, left -= 1) {
    await sleep(30 * DAY_MS, { summary: 'a month' });
    wokenAt.push(new Date(Date.now()).toISOString());
  }
  if (left > 0) {
    await continueAsNew<typeof months>({ left, monthsPerRun: input.monthsPerRun, wokenAt, notes });
  }
  return { left, monthsPerRun: input.monthsPerRun, wokenAt, notes };
}

/** Waits for a note, ten years at most: `true` when it came. */
export async function awaitNote(): Promise<boolean> {
  let came = false;
  setHandler(noted, () => {
    came = true;
  });
  return condition(() => came, 3650 * DAY_MS);
}

/** One timer; answers when it woke, as an ISO instant. */
export async function oneTimer(ms: number): Promise<string> {
  await sleep(ms);
  return new Date(Date.now()).toISOString();
}
