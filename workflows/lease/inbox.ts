import { ActivityFailure, ApplicationFailure, allHandlersFinished, condition } from '@temporalio/workflow';

type Job = () => Promise<void>;

/**
 * Messages are carried out one at a time, in order of arrival, by the lease's own story; so no two of them ever see or change the
 * state at once. `ask` answers the sender when its job is done, `tell` does not.
 */
export type Inbox = {
  ask<T>(job: () => Promise<T>): Promise<T>;
  tell(job: Job): void;
  drain(): Promise<void>;
  /** Waits for a message or the instant `until` (epoch ms); null waits for a message alone. */
  wait(until: number | null, summary: string): Promise<void>;
  /** Carries out what has arrived until every sender has its answer: nothing may be lost when a run ends. */
  finish(): Promise<void>;
  /** True once a message met a record whose status is not the one that this run believes. */
  recordDiffers(): boolean;
};

/** @param onRefused hears of what a `tell` was refused: its sender does not wait for an answer, so a person has to know. */
export function createInbox(onRefused: (refusal: ApplicationFailure) => Promise<void>): Inbox {
  const jobs: Job[] = [];
  let differs = false;
  const refused = (error: unknown): ApplicationFailure => {
    const refusal = refusalIn(error);
    differs ||= refusal.type === 'LeaseStatusChanged';
    return refusal;
  };
  const arrived = (): boolean => jobs.length > 0;
  const drain = async (): Promise<void> => {
    for (let job = jobs.shift(); job; job = jobs.shift()) await job();
  };
  return {
    ask: (job) =>
      new Promise((resolve, reject) => {
        jobs.push(() => job().then(resolve, (error: unknown) => reject(answerOf(refused(error)))));
      }),
    tell: (job) => void jobs.push(() => job().catch((error: unknown) => onRefused(refused(error)))),
    drain,
    async wait(until, summary) {
      if (until === null) await condition(arrived);
      else await condition(arrived, Math.max(1, until - Date.now()), { summary });
    },
    async finish() {
      while (arrived() || !allHandlersFinished()) {
        await drain();
        await condition(() => arrived() || allHandlersFinished());
      }
    },
    recordDiffers: () => differs,
  };
}

const answerOf = ({ message, type, details }: ApplicationFailure): ApplicationFailure =>
  ApplicationFailure.nonRetryable(message, type, ...(details ?? []));

/** What the record or a rule refused (room taken, bill unknown). @throws anything else, which is ours and stops the workflow task. */
export function refusalIn(error: unknown): ApplicationFailure {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (!(cause instanceof ApplicationFailure)) throw error;
  return cause;
}
