import { chinaHour, plusDays } from '../expected/own-calendar';
import { type LeaseFacts, openOf, sum, type Violation } from '../facts';

/** Whether the policy wants this room shut now: given back, or lived in with arrears. */
export function shouldBeShut(facts: LeaseFacts): boolean {
  const { agreed, status, bills, clock } = facts;
  if (status === 'checkingOut' || status === 'closed') return true;
  if (status !== 'effective' && status !== 'ending') return false;
  const { mode, graceDays, minimumArrearsFen, countLateFees } = agreed.policy.enforcement;
  const overdue = bills
    .filter(({ kind }) => kind !== 'lateFee' || countLateFees)
    .filter(({ dueOn }) => chinaHour(plusDays(dueOn, graceDays + 1), 0) <= clock);
  const arrears = sum(overdue.map((bill) => openOf(facts, bill)));
  return mode === 'automatic' && arrears > 0 && arrears >= minimumArrearsFen;
}

/** Door and power are as the policy says; where a device did not obey, a person must have been sent. */
export function checkDoor(facts: LeaseFacts): Violation[] {
  const shut = shouldBeShut(facts);
  const { locked, powered } = facts.room;
  if ((locked === shut && powered === !shut) || facts.workOrders.includes('enforcement')) return [];
  const is = `${locked ? 'locked' : 'unlocked'}, power ${powered ? 'on' : 'off'}`;
  return [{ leaseId: facts.leaseId, rule: 'doors', text: `room is ${is}, the policy says ${shut ? 'shut' : 'open'}` }];
}
