import { isCancellation } from '@temporalio/workflow';
import type { EnforcementRecord } from '../../contract/temporal/lease-activities';
import { PRIORITY } from '../../contract/temporal/start-policies';
import { arrears, decideEnforcement, type EnforcementDecision, type EnforcementWhy } from '../../domain/enforcement';
import type { RoomId } from '../../domain/ids';
import { records, rooms } from '../activity-profiles';
import { change, type Story, showArrears, step } from './story';

/** Gather, decide, apply. Called when a bill falls overdue, when money or a person changes the picture, and when a wait is over. */
export async function enforce(story: Story): Promise<void> {
  let { roomId, decision } = await decide(story);
  if (decision.kind === 'notify') {
    await records.serveArrearsNotice({ ...step(story), billKeys: keysOf(decision.bills) });
    // A lock-out that only lacked its notice goes on now that the notice is served.
    if (decision.why === 'noticeNotServed') ({ roomId, decision } = await decide(story));
  }
  switch (decision.kind) {
    case 'restrict':
      return restrict(story, roomId, decision.why, keysOf(decision.bills));
    case 'release':
      await release(story, decision.why);
      // Let in while arrears remain: what held the lock-out off (a promise, an exemption) may have an end to wait for.
      if (decision.why !== 'noArrears') await decide(story);
      return;
    case 'askPerson':
      return askPerson(story, roomId, decision.why, keysOf(decision.bills));
    default:
      return;
  }
}

async function decide(story: Story): Promise<{ roomId: RoomId; decision: EnforcementDecision }> {
  const now = Date.now();
  const { open, policy, enforcement, enforcedRoomId, confirmedBy } = story.state;
  const roomId = enforcedRoomId ?? story.state.room.id;
  const gathered = await records.gatherEnforcement({ ...step(story), roomId });
  const decision = decideEnforcement({ ...gathered, open, state: enforcement, confirmedBy }, policy.enforcement, now);
  change(story, {
    enforcementCheckedThrough: now,
    enforcementWaitUntil: decision.kind === 'wait' ? decision.until : null,
  });
  return { roomId, decision };
}

/** After money moved: looks only when there is something to enforce or to release, so that a month paid on time costs nothing here. */
export async function enforceIfNeeded(story: Story): Promise<void> {
  const { open, policy, enforcement } = story.state;
  if (enforcement !== 'none' || arrears(open, policy.enforcement, Date.now()).amountFen > 0) await enforce(story);
}

async function askPerson(story: Story, roomId: RoomId, why: EnforcementWhy, billKeys: string[]): Promise<void> {
  change(story, { enforcement: 'awaitingConfirmation' });
  const state = 'awaitingConfirmation' as const;
  await records.recordEnforcement({ ...step(story), state, roomId, why, billKeys, confirmed: true });
}

async function restrict(story: Story, roomId: RoomId, why: EnforcementWhy, billKeys: string[]): Promise<void> {
  const confirmed = await setRoom(story, roomId, 'restrict', why);
  const { confirmedBy: by } = story.state;
  change(story, { enforcement: 'restricted', enforcedRoomId: roomId, confirmedBy: null });
  await records.recordEnforcement({ ...step(story), state: 'restricted', roomId, why, billKeys, confirmed, by });
  showArrears(story);
}

/** Gives the room back. A door that does not confirm is a person's job at once: nobody stays locked out by a silent device. */
export async function release(story: Story, why: EnforcementRecord['why']): Promise<void> {
  const { enforcedRoomId } = story.state;
  const confirmed = enforcedRoomId === null || (await setRoom(story, enforcedRoomId, 'release', why));
  change(story, { enforcement: 'none', enforcedRoomId: null, confirmedBy: null });
  await records.recordEnforcement({
    ...step(story),
    state: 'none',
    roomId: enforcedRoomId,
    why,
    billKeys: [],
    confirmed,
  });
  showArrears(story);
}

/** Door and power together; true when both were seen in the wanted state, else a work order has been opened. */
export async function setRoom(
  story: Story,
  roomId: RoomId,
  wanted: 'restrict' | 'release',
  reason: string,
): Promise<boolean> {
  const now = step(story);
  const summary = wanted === 'restrict' ? 'lock the door, cut the power' : 'open the door, restore the power';
  const { commandRoom } = rooms(summary, wanted === 'release' ? PRIORITY.release : PRIORITY.enforcement);
  const send = async (part: 'door' | 'power', action: 'lock' | 'unlock' | 'cut' | 'restore'): Promise<boolean> => {
    const commandId = `${now.ref.leaseId}/${wanted}/${part}/${now.at}`;
    try {
      return (await commandRoom({ ...now, roomId, part, action, commandId, reason })).confirmed;
    } catch (error) {
      if (isCancellation(error)) throw error;
      return false; // Out of time or refused: the work order below says so to a person.
    }
  };
  const results = await Promise.all(
    wanted === 'restrict'
      ? [send('door', 'lock'), send('power', 'cut')]
      : [send('door', 'unlock'), send('power', 'restore')],
  );
  if (results.every(Boolean)) return true;
  await records.openWorkOrder({
    ...step(story),
    key: `${wanted}/${now.ref.leaseId}/${now.at}`,
    kind: 'enforcement',
    title: wanted === 'restrict' ? '锁门断电未确认,请到现场核实' : '开门供电未确认,请立即到现场恢复',
    roomId,
  });
  return false;
}

const keysOf = (bills: readonly { readonly key: string }[]): string[] => bills.map(({ key }) => key);
