import {
  CancellationScope,
  continueAsNew,
  isCancellation,
  patched,
  setCurrentDetails,
  workflowInfo,
} from '@temporalio/workflow';
import type { LeaseOutcome, LeaseWorkflowInput } from '../contract/temporal/lease-state';
import { shanghaiDate } from '../domain/calendar';
import { isFinal } from '../domain/lease';
import { records } from './activity-profiles';
import { type AgendaItem, nextOnAgenda, type Task } from './lease/agenda';
import { takePayment } from './lease/commands';
import { describeLease } from './lease/details';
import { createInbox, type Inbox, refusalIn } from './lease/inbox';
import { letGo, reportStuck } from './lease/let-go';
import { listen } from './lease/messages';
import { laterRoomsOnly } from './lease/place';
import { type Story, showPlace, type Telling } from './lease/story';
import { TASKS } from './lease/tasks';

/**
 * One lease, from party B's signature until the deposit is settled. It does what its agenda says when the hour has come, and what
 * messages ask for in between, one thing at a time. It starts from the record, and starts anew from its state on each anniversary.
 */
export async function leaseWorkflow(input: LeaseWorkflowInput): Promise<LeaseOutcome> {
  const runStartedAt = Date.now();
  const telling: Telling = { story: null };
  const inbox = createInbox((refusal) => reportStuck(telling.story, 'message', refusal));
  listen(telling, inbox, runStartedAt);
  const story = await begin(input, inbox, runStartedAt);
  telling.story = story;
  try {
    return await live(story, inbox, input, runStartedAt);
  } catch (error) {
    if (isCancellation(error)) await CancellationScope.nonCancellable(() => letGo(story));
    throw error;
  }
}

/** The state that the run before handed over, or the record's, with money that was stored while nobody ran the lease. */
async function begin({ operatorId, leaseId, resume }: LeaseWorkflowInput, inbox: Inbox, now: number): Promise<Story> {
  if (resume) return { state: resume };
  const { state, payments } = await records.loadLease({ operatorId, leaseId, now });
  const story: Story = { state };
  showPlace(story);
  for (const paymentId of payments) inbox.tell(() => takePayment(story, paymentId));
  return story;
}

async function live(
  story: Story,
  inbox: Inbox,
  input: LeaseWorkflowInput,
  runStartedAt: number,
): Promise<LeaseOutcome> {
  for (;;) {
    await inbox.drain();
    if (inbox.recordDiffers()) await believeRecord(inbox, input);
    const next = nextOnAgenda(story.state, runStartedAt, laterRoomsOnly(story.state));
    setCurrentDetails(describeLease(story.state, next, shanghaiDate(Date.now())));
    if (!next && isFinal(story.state.status)) {
      await inbox.finish();
      // What arrived at the last moment may be money, which has to go back.
      if (!nextOnAgenda(story.state, runStartedAt)) break;
      continue;
    }
    if (!next || next.at > Date.now()) await inbox.wait(next?.at ?? null, summaryOf(next));
    else if (next.task === 'turnYear') await turnYear(story, inbox, input);
    else await carryOut(story, inbox, next.task, input);
    if (workflowInfo().continueAsNewSuggested) await turnYear(story, inbox, input);
  }
  return { leaseId: story.state.leaseId, status: story.state.status };
}

async function turnYear(story: Story, inbox: Inbox, { operatorId, leaseId }: LeaseWorkflowInput): Promise<void> {
  await inbox.finish();
  await continueAsNew<typeof leaseWorkflow>({ operatorId, leaseId, resume: story.state });
}

/** What the record refuses cannot be cured by trying at once: a person is told, and it is tried again after the next message or in an hour. */
async function carryOut(
  story: Story,
  inbox: Inbox,
  task: Exclude<Task, 'turnYear'>,
  input: LeaseWorkflowInput,
): Promise<void> {
  try {
    await TASKS[task](story);
  } catch (error) {
    if (isCancellation(error)) throw error;
    const refusal = refusalIn(error);
    if (refusal.type === 'LeaseStatusChanged') await believeRecord(inbox, input);
    await reportStuck(story, task, refusal);
    await inbox.wait(Date.now() + HOUR_MS, `until ${task} is tried again`);
  }
}

/**
 * The record stands elsewhere than this run believes: somebody reset the workflow to an earlier point. What was written and paid stays
 * written and paid, so the run begins again from the record; once an hour at most, should even that not bring the two together.
 */
async function believeRecord(inbox: Inbox, { operatorId, leaseId, reloadedAt = 0 }: LeaseWorkflowInput): Promise<void> {
  const now = Date.now();
  if (now - reloadedAt < HOUR_MS || !patched('2026-11-record-wins')) return;
  await inbox.finish();
  await continueAsNew<typeof leaseWorkflow>({ operatorId, leaseId, reloadedAt: now });
}

const HOUR_MS = 3_600_000;

const summaryOf = (next: AgendaItem | null): string => (next ? `until ${next.task}` : 'until a message');
