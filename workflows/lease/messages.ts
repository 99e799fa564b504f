import type { UpdateDefinition } from '@temporalio/common';
import { ApplicationFailure, currentUpdateInfo, setHandler } from '@temporalio/workflow';
import * as message from '../../contract/temporal/lease';
import type { LeaseState } from '../../contract/temporal/lease-state';
import { type LocalDate, shanghaiDate } from '../../domain/calendar';
import { applyChange } from '../../domain/change';
import type { LeaseStatus } from '../../domain/lease';
import { nextOnAgenda } from './agenda';
import * as command from './commands';
import { enforce } from './enforce';
import type { Inbox } from './inbox';
import type { Story, Telling } from './story';

const TENANCY: readonly LeaseStatus[] = ['effective', 'ending'];
const BEFORE_EFFECT: readonly LeaseStatus[] = ['signed', 'awaitingFirstPayment', 'awaitingApproval', 'awaitingSeal'];

/**
 * Connects every message with the command that carries it out. A validator refuses before the update is accepted, so that a refusal
 * leaves nothing in the history; what it checked is checked again by the command, since other jobs may run in between.
 */
export function listen(telling: Telling, inbox: Inbox, runStartedAt: number): void {
  const on = <Input extends { readonly by: string }>(
    definition: UpdateDefinition<LeaseState, [Input]>,
    check: (state: LeaseState, input: Input) => void,
    run: (story: Story, input: message.Commanded<Input>) => Promise<void>,
    admit = check,
  ): void =>
    setHandler(
      definition,
      (input: Input) => {
        const command = currentUpdateInfo(); // asked here: the job runs outside of its handler
        return inbox.ask(async () => {
          const story = loaded(telling);
          check(story.state, input);
          await run(story, command ? { ...input, command } : input);
          return story.state;
        });
      },
      { validator: (input: Input) => telling.story && admit(telling.story.state, input) },
    );

  setHandler(message.paymentReceived, ({ paymentId }) =>
    inbox.tell(() => command.takePayment(loaded(telling), paymentId)),
  );
  setHandler(message.enforcementFactsChanged, () => inbox.tell(() => enforce(loaded(telling))));
  setHandler(message.getLease, () => {
    if (!telling.story) return null;
    const { state } = telling.story;
    const next = nextOnAgenda(state, runStartedAt);
    return { state, next: next && { task: next.task, at: new Date(next.at).toISOString() } };
  });

  on(message.approveLease, inStatus('awaitingApproval'), command.approve);
  on(message.rejectLease, inStatus('awaitingApproval'), command.reject);
  on(message.cancelLease, beforeItBegins, command.cancel);
  on(message.confirmChange, changeAllowed, command.confirmTerms);
  // The command checks the day by itself too, but not where it replays a termination of the time before that rule.
  on(message.requestTermination, endAllowed, command.terminate, (state, input) => {
    endAllowed(state, input);
    command.checkEndIsNew(state, input);
  });
  on(message.evictLease, (state, { moveOutOn }) => endAllowed(state, { endsOn: moveOutOn }), command.evict);
  on(message.requestCheckout, moveOutAllowed, command.announceCheckout);
  on(message.recordInspection, notYetInspected, command.inspect);
  on(message.confirmEnforcement, questionIsOpen, command.confirmLockOut);
  on(message.releaseEnforcement, holdsFromNow, command.letIn);
  on(message.grantExemption, holdsFromNow, command.exempt);
  on(message.promiseInstalment, holdsFromNow, command.promise);
  on(message.waiveLateFee, lateFeeIsOpen, command.waive);
}

/** Jobs run only after the record was read. */
function loaded({ story }: Telling): Story {
  if (!story) throw ApplicationFailure.nonRetryable('the lease is not loaded', 'NotLoaded');
  return story;
}

const refuse = (code: string, text: string): never => {
  throw ApplicationFailure.nonRetryable(text, code);
};

const inStatus =
  (...allowed: readonly LeaseStatus[]) =>
  ({ status }: Pick<LeaseState, 'status'>): void => {
    if (!allowed.includes(status)) refuse('IllegalTransition', `not possible while the lease is ${status}`);
  };

function beforeItBegins({ status, terms }: LeaseState): void {
  const begun = status === 'effective' && terms.startsOn <= shanghaiDate(Date.now());
  if (begun) refuse('LeaseHasBegun', 'the lease has begun: end it early instead of cancelling it');
  inStatus(...BEFORE_EFFECT, 'effective')({ status });
}

function changeAllowed(state: LeaseState, { change }: message.ConfirmChange): void {
  inStatus(...TENANCY)(state);
  if (change.kind === 'transfer' && state.enforcement === 'restricted') {
    refuse('RoomRestricted', 'settle the arrears before moving to another room');
  }
  const decision = applyChange(state.terms, change);
  if (!decision.ok) refuse(decision.code, `the change does not fit the lease: ${decision.code}`);
}

function endAllowed(state: LeaseState, { endsOn }: Pick<message.RequestTermination, 'endsOn'>): void {
  inStatus(...TENANCY)(state);
  if (endsOn > state.terms.endsOn) refuse('EndAfterLease', 'that day is after the end of the lease');
  if (endsOn < shanghaiDate(Date.now())) refuse('DayInThePast', 'that day has passed');
}

function moveOutAllowed(state: LeaseState, { moveOutOn }: message.RequestCheckout): void {
  inStatus(...TENANCY)(state);
  if (moveOutOn > state.terms.endsOn) refuse('EndAfterLease', 'that day is after the end of the lease');
  if (moveOutOn < shanghaiDate(Date.now())) refuse('DayInThePast', 'that day has passed');
  // Leaving before the end has a price, which the tenant has to see first.
  if (moveOutOn < state.terms.endsOn) refuse('UseTermination', 'that day is before the end of the lease: end it early');
}

/** A protection whose last day has passed would protect nobody, and read like one that did. */
function holdsFromNow(state: LeaseState, { until }: { readonly until: LocalDate | null }): void {
  inStatus(...TENANCY)(state);
  if (until !== null && until < shanghaiDate(Date.now())) refuse('DayInThePast', 'that day has passed');
}

/** One inspection, one list of damages: of two inspectors at once the second is told. */
function notYetInspected(state: LeaseState): void {
  inStatus('checkingOut')(state);
  if (state.checkout?.inspected || state.refund) refuse('AlreadyInspected', 'the room has been inspected already');
}

function questionIsOpen({ enforcement }: LeaseState): void {
  if (enforcement !== 'awaitingConfirmation') refuse('NothingToConfirm', 'no lock-out waits for a confirmation');
}

function lateFeeIsOpen({ open }: LeaseState, { billKey }: message.WaiveLateFee): void {
  const bill = open.find(({ key }) => key === billKey);
  if (bill?.kind !== 'lateFee') refuse('NoSuchLateFee', 'no open late fee has that key');
}
