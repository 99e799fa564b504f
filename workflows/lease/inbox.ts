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
};

export function createInbox(): Inbox {
  const jobs: Job[] = [];
  const arrived = (): boolean => jobs.length > 0;
  const drain = async (): Promise<void> => {
    for (let job = jobs.shift(); job; job = jobs.shift()) await job();
  };
  return {
    ask: (job) =>
      new Promise((resolve, reject) => {
        jobs.push(() => job().then(resolve, (error: unknown) => refuse(error, reject)));
      }),
    tell: (job) => void jobs.push(job),
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
  };
}

/** A refusal from the record (room taken, bill unknown) is the sender's answer; anything else is ours and stops the workflow task. */
function refuse(error: unknown, reject: (reason: unknown) => void): void {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (!(cause instanceof ApplicationFailure)) throw error;
  reject(ApplicationFailure.nonRetryable(cause.message, cause.type, ...(cause.details ?? [])));
}
