import type { LeaseState } from '../../contract/temporal/lease-state';
import { nextIssueOn } from '../../domain/bill-generation';
import { addDays, addMonths, shanghaiDate, shanghaiInstant } from '../../domain/calendar';
import { nextReminderAt } from '../../domain/dunning';
import { nextOverdueAt } from '../../domain/enforcement';
import type { TermSegment } from '../../domain/terms';

/** Everything that a lease does because its hour has come. */
export type Task =
  | 'issueFirstBill'
  | 'expire'
  | 'seal'
  | 'handOver'
  | 'issueBills'
  | 'remind'
  | 'enforce'
  | 'followRoom'
  | 'noticeEnding'
  | 'beginCheckout'
  | 'settle'
  | 'payOut'
  | 'turnYear';

export type AgendaItem = { readonly task: Task; readonly at: number };

const HOUR_MS = 3_600_000;

/**
 * What comes next and when, as a function of the state alone; null when only a message can move the lease on. Of two items at the same
 * instant the one named first below goes first: bills before reminders, reminders before enforcement, all of them before the end.
 */
export function nextOnAgenda(state: LeaseState, runStartedAt: number, laterRoomsOnly = false): AgendaItem | null {
  const items = agenda(state, runStartedAt, laterRoomsOnly);
  return items.reduce<AgendaItem | null>((first, item) => (first && first.at <= item.at ? first : item), null);
}

function agenda(state: LeaseState, runStartedAt: number, laterRoomsOnly: boolean): AgendaItem[] {
  if (state.refund) return [{ task: 'payOut', at: state.refund.tryAt }];
  switch (state.status) {
    case 'signed':
      return [{ task: 'issueFirstBill', at: state.signedAt }];
    case 'awaitingFirstPayment':
      return [{ task: 'expire', at: state.signedAt + state.policy.firstBillHours * HOUR_MS }];
    case 'awaitingSeal':
      return [{ task: 'seal', at: state.signedAt }];
    case 'effective':
    case 'ending':
      return tenancy(state, runStartedAt, laterRoomsOnly);
    case 'checkingOut':
      return closing(state);
    default:
      return [];
  }
}

function tenancy(state: LeaseState, runStartedAt: number, laterRoomsOnly: boolean): AgendaItem[] {
  const { terms, policy, open, checkout } = state;
  const items: AgendaItem[] = [];
  const add = (task: Task, at: number | null): void => {
    if (at !== null) items.push({ task, at });
  };
  const place = nextRoom(state, laterRoomsOnly);
  add('followRoom', place ? shanghaiInstant(place.from, 0) : null);
  if (!state.handedOver) add('handOver', shanghaiInstant(terms.startsOn, 0));
  const issueOn = state.billedUntil && nextIssueOn(terms, state.billedUntil);
  add('issueBills', issueOn && shanghaiInstant(issueOn, policy.dunning.hour));
  add('remind', nextReminderAt(open, policy.dunning, state.remindedThrough));
  add('enforce', enforcementAt(state));
  if (state.status === 'effective' && !state.endingNoticed) {
    add('noticeEnding', shanghaiInstant(addDays(terms.endsOn, -policy.endingNoticeDays), policy.dunning.hour));
  }
  add('beginCheckout', shanghaiInstant(checkout?.moveOutOn ?? terms.endsOn, policy.checkout.lockHour));
  add('turnYear', anniversaryAfter(state, runStartedAt));
  return items;
}

function closing({ checkout, policy }: LeaseState): AgendaItem[] {
  if (checkout?.inspected) return [{ task: 'settle', at: Date.parse(checkout.inspected.at) }];
  return checkout?.inspectBy
    ? [{ task: 'settle', at: shanghaiInstant(checkout.inspectBy, policy.checkout.lockHour) }]
    : [];
}

function enforcementAt(state: LeaseState): number | null {
  const overdue = nextOverdueAt(state.open, state.policy.enforcement, state.enforcementCheckedThrough);
  const wait = state.enforcementWaitUntil;
  if (overdue === null || wait === null) return overdue ?? wait;
  return Math.min(overdue, wait);
}

/**
 * The stretch of the terms in which the lease lives in another room than now; undefined when it stays where it is. It may have begun: a
 * transfer from the very day on which the lease came into its room is followed at once. (`laterOnly`: as runs did that began before that.)
 */
export const nextRoom = ({ terms, room }: LeaseState, laterOnly = false): TermSegment | undefined =>
  terms.segments.find(({ from, roomId }, i) => {
    const over = terms.segments[i + 1];
    const counts = laterOnly ? from > room.since : !over || over.from > room.since;
    return counts && roomId !== room.id;
  });

/** The lease should be in another room already. */
export const isInWrongRoom = (state: LeaseState): boolean =>
  (nextRoom(state)?.from ?? state.terms.endsOn) <= state.room.since;

/**
 * 02:00 of the next anniversary of the lease after this run began: the history starts anew there, which bounds it and gives every patch
 * of this workflow an expiry date.
 */
function anniversaryAfter({ terms }: LeaseState, runStartedAt: number): number {
  const startedOn = shanghaiDate(runStartedAt);
  const years = Math.max(1, Number(startedOn.slice(0, 4)) - Number(terms.startsOn.slice(0, 4)));
  const at = (year: number): number => shanghaiInstant(addMonths(terms.startsOn, 12 * year), 2);
  return at(years) > runStartedAt ? at(years) : at(years + 1);
}
