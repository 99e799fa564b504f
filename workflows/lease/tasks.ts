import type { Commanded } from '../../contract/temporal/lease';
import { billedUntilOf, firstBill, generateBills, notDueBefore } from '../../domain/bill-generation';
import { type LocalDate, shanghaiDate } from '../../domain/calendar';
import { remindersDue } from '../../domain/dunning';
import { documents, records } from '../activity-profiles';
import { nextRoom, type Task } from './agenda';
import { beginCheckout, payOut, setPayout, settle } from './checkout';
import { enforce, enforceIfNeeded, release, setRoom } from './enforce';
import { laterRoomsOnly } from './place';
import { change, move, moved, type Story, setBalance, showPlace, step } from './story';

/** What each item of the agenda does. `turnYear` is not here: continuing as new is the workflow's own. */
export const TASKS: Record<Exclude<Task, 'turnYear'>, (story: Story) => Promise<void>> = {
  issueFirstBill,
  expire,
  seal,
  handOver,
  issueBills,
  remind,
  enforce,
  followRoom,
  noticeEnding,
  beginCheckout: (story) => beginCheckout(story, story.state.checkout?.reason ?? 'expiry'),
  settle,
  payOut,
};

/** Party B has signed: its seal goes on the contract and the first bill, deposit included, goes out. */
async function issueFirstBill(story: Story): Promise<void> {
  await documents.sealContract({ ...step(story), party: 'B' });
  const draft = firstBill(story.state.terms, shanghaiDate(story.state.signedAt));
  const billedUntil = draft.periodUntil;
  setBalance(story, await records.issueBills({ ...step(story), drafts: [draft], billedUntil }));
  change(story, { billedUntil });
  await move(story, 'awaitingFirstPayment', 'system', 'first bill issued');
}

/** The first bill was not paid in time: the room is free again, and what was paid in part goes back. */
async function expire(story: Story): Promise<void> {
  await unwind(story, 'expired', { by: 'system', reason: 'first bill not paid in time' });
}

/** Ends a lease that never began. Its bills are void, its room is free; the agenda sends the money back before the workflow ends. */
export async function unwind(
  story: Story,
  to: 'expired' | 'rejected' | 'cancelled',
  cause: Commanded<{ readonly by: string; readonly reason: string }>,
): Promise<void> {
  const payout = await records.unwindLease({ ...step(story), from: story.state.status, to, ...cause });
  setPayout(story, payout);
  moved(story, to);
}

async function seal(story: Story): Promise<void> {
  await documents.sealContract({ ...step(story), party: 'A' });
  await move(story, 'effective', 'system', 'party A sealed the contract');
}

/** The tenancy begins: whatever the room was left in, its door opens and its power is on. */
async function handOver(story: Story): Promise<void> {
  const confirmed = await setRoom(story, story.state.room.id, 'release', 'moveIn');
  await records.recordHandOver({ ...step(story), roomId: story.state.room.id, confirmed });
  change(story, { handedOver: true });
}

async function issueBills(story: Story): Promise<void> {
  const { terms, billedUntil } = story.state;
  if (billedUntil === null) return;
  const today = shanghaiDate(Date.now());
  const drafts = generateBills(terms, billedUntil, today).map((draft) => notDueBefore(draft, today));
  const next: LocalDate = billedUntilOf(drafts, billedUntil);
  setBalance(story, await records.issueBills({ ...step(story), drafts, billedUntil: next }));
  change(story, { billedUntil: next });
  await enforceIfNeeded(story);
}

async function remind(story: Story): Promise<void> {
  const { open, policy, remindedThrough } = story.state;
  const now = Date.now();
  const reminders = remindersDue(open, policy.dunning, remindedThrough, now);
  if (reminders.length > 0) await records.remind({ ...step(story), reminders });
  change(story, { remindedThrough: now });
}

/**
 * The lease moves today: the old room is locked as a vacant one, the new one is opened, and takes over a lock-out that is still due. A room
 * that was never handed over is not the lease's to lock, and the new one is opened with the hand-over.
 */
async function followRoom(story: Story): Promise<void> {
  const next = nextRoom(story.state, laterRoomsOnly(story.state));
  if (!next) return;
  const left = story.state.room.id;
  if (story.state.enforcedRoomId !== null) await release(story, 'roomChanged');
  if (story.state.handedOver) {
    await setRoom(story, left, 'restrict', 'vacated');
    await setRoom(story, next.roomId, 'release', 'moveIn');
  }
  const { roomNo } = await records.moveRoom({ ...step(story), roomId: next.roomId });
  change(story, { room: { id: next.roomId, no: roomNo, since: next.from } });
  showPlace(story);
  await enforceIfNeeded(story);
}

async function noticeEnding(story: Story): Promise<void> {
  await records.noticeEnding({ ...step(story), endsOn: story.state.terms.endsOn });
  change(story, { endingNoticed: true });
  await move(story, 'ending', 'system', `ends on ${story.state.terms.endsOn}`);
}
