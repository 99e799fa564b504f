import type { Payout } from '../../contract/temporal/lease-activities';
import { addDays, shanghaiDate, shanghaiInstant } from '../../domain/calendar';
import type { EndReason } from '../../domain/lease';
import { records } from '../activity-profiles';
import { setRoom } from './enforce';
import { tryRefund } from './refund-attempt';
import { change, move, type Story, setBalance, step } from './story';

/** 16:00 of the move-out day: the room is locked and powered off, and the days for the inspection begin to run (退房). */
export async function beginCheckout(story: Story, reason: EndReason): Promise<void> {
  const { policy, checkout } = story.state;
  const today = shanghaiDate(Date.now());
  const roomId = story.state.room.id;
  const confirmed = await setRoom(story, roomId, 'restrict', 'checkout');
  await records.recordEnforcement({
    ...step(story),
    state: 'restricted',
    roomId,
    why: 'checkout',
    billKeys: [],
    confirmed,
  });
  const begun = {
    reason,
    moveOutOn: checkout?.moveOutOn ?? today,
    lockedAt: step(story).at,
    inspectBy: await records.inspectionDeadline({
      ...step(story),
      workingDays: policy.checkout.inspectionWorkingDays,
    }),
    inspected: checkout?.inspected ?? null,
  };
  await move(story, 'checkingOut', 'system', reason, { checkout: begun });
  change(story, { enforcement: 'restricted', enforcedRoomId: roomId });
}

/** Deposit and credit against what is open and what is broken; what is left goes back to the tenant (清算). */
export async function settle(story: Story): Promise<void> {
  const damages = story.state.checkout?.inspected?.damages ?? [];
  const payout = await records.settleLease({ ...step(story), damages, policy: story.state.policy });
  setPayout(story, payout);
  if (payout.owedFen > 0) await workOrder(story, 'collection', story.state.leaseId, '退房清算后仍有欠款,请财务跟进');
  if (!payout.pay) await close(story);
}

/** Money that came in after the account was settled: it goes back too, before the lease is left alone. */
export async function returnCredit(story: Story): Promise<void> {
  if (story.state.refund || story.state.prepaymentFen <= 0) return;
  setPayout(story, await records.refundCredit(step(story)));
}

export function setPayout(story: Story, payout: Payout): void {
  setBalance(story, payout);
  const { pay } = payout;
  change(story, { refund: pay && { id: pay.refundId, amountFen: pay.amountFen, tryAt: Date.now() } });
}

/** Sends the pending refund. A failed one is a person's task, and is tried again each morning meanwhile. */
export async function payOut(story: Story): Promise<void> {
  const { refund, status, policy } = story.state;
  if (!refund) return;
  if (!(await tryRefund(step(story), refund))) {
    const tryAt = shanghaiInstant(addDays(shanghaiDate(Date.now()), 1), policy.dunning.hour);
    return change(story, { refund: { ...refund, tryAt } });
  }
  change(story, { refund: null });
  await returnCredit(story);
  if (status === 'checkingOut' && !story.state.refund) await close(story);
}

const close = (story: Story): Promise<void> => move(story, 'closed', 'system', 'settled');

const workOrder = (story: Story, kind: 'collection' | 'refund', key: string, title: string): Promise<void> =>
  records.openWorkOrder({ ...step(story), key: `${kind}/${key}`, kind, title, roomId: null });
