import { ApplicationFailure } from '@temporalio/workflow';
import type {
  CancelLease,
  ConfirmChange,
  EvictLease,
  GrantExemption,
  PromiseInstalment,
  RecordInspection,
  RejectLease,
  ReleaseEnforcement,
  RequestCheckout,
  RequestTermination,
  WaiveLateFee,
} from '../../contract/temporal/lease';
import type { Checkout, LeaseState } from '../../contract/temporal/lease-state';
import type { LocalDate } from '../../domain/calendar';
import type { LeaseChange } from '../../domain/change';
import { applyChange } from '../../domain/change';
import type { PaymentId } from '../../domain/ids';
import { type EndReason, isFinal } from '../../domain/lease';
import type { LeaseTerms } from '../../domain/terms';
import { records } from '../activity-profiles';
import { returnCredit } from './checkout';
import { enforce, enforceIfNeeded } from './enforce';
import { change, move, type Story, setBalance, step } from './story';
import { unwind } from './tasks';

/** Money came in: allocate it, release the room if that settles the arrears, and pass the first bill on to approval. */
export async function takePayment(story: Story, paymentId: PaymentId): Promise<void> {
  const { policy } = story.state;
  setBalance(story, await records.applyPayment({ ...step(story), paymentId, policy }));
  const firstBillPaid = !story.state.open.some(({ kind, openFen }) => kind === 'first' && openFen > 0);
  if (story.state.status === 'awaitingFirstPayment' && firstBillPaid) {
    await move(story, 'awaitingApproval', 'system', 'first bill paid');
  }
  if (isFinal(story.state.status)) return returnCredit(story);
  await enforceIfNeeded(story);
}

export const approve = (story: Story, { by }: { by: string }) => move(story, 'awaitingSeal', by, 'approved');
export const reject = (story: Story, { by, reason }: RejectLease) => unwind(story, 'rejected', by, reason);
export const cancel = (story: Story, { by, reason }: CancelLease) => unwind(story, 'cancelled', by, reason);

/** New terms from a day on. Days already billed are corrected by one adjustment bill, the same that the dry-run showed. */
export async function confirmTerms(story: Story, { by, changeId, change: wanted }: ConfirmChange): Promise<void> {
  const terms = changed(story.state, wanted);
  await save(story, { by, changeId, kind: wanted.kind, terms, leaving: null, note: '' });
  if (wanted.kind === 'renewal') {
    change(story, { endingNoticed: false, checkout: null });
    if (story.state.status === 'ending') await move(story, 'effective', by, 'renewed');
  }
  await enforceIfNeeded(story);
}

/** Leaving before the end: unused days are credited, the penalty of the lease's own policy is billed, checkout waits for the day. */
export async function terminate(story: Story, input: RequestTermination): Promise<void> {
  await endEarly(story, { ...input, endReason: 'earlyByTenant', penalised: true });
}

/** Staff put the tenant out. The reason is on record; no penalty is added to what is owed. */
export async function evict(story: Story, { moveOutOn, ...input }: EvictLease): Promise<void> {
  await endEarly(story, { ...input, endsOn: moveOutOn, endReason: 'eviction', penalised: false });
}

type EarlyEnd = RequestTermination & { readonly endReason: EndReason; readonly penalised: boolean };

async function endEarly(story: Story, { by, changeId, endsOn, reason, endReason, penalised }: EarlyEnd): Promise<void> {
  const { terms: old, policy } = story.state;
  const terms = endsOn < old.endsOn ? changed(story.state, { kind: 'earlyEnd', endsOn }) : old;
  const leaving = penalised ? { terms: old, policy, noticedOn: step(story).today } : null;
  await save(story, { by, changeId, kind: 'earlyEnd', terms, leaving, note: reason });
  await plan(story, by, endReason, endsOn);
}

/** The tenant says when they leave at the lease's end. */
export async function announceCheckout(story: Story, { by, moveOutOn }: RequestCheckout): Promise<void> {
  if (!story.state.checkout) await plan(story, by, 'expiry', moveOutOn);
}

async function plan(story: Story, by: string, reason: EndReason, moveOutOn: LocalDate): Promise<void> {
  const checkout: Checkout = { reason, moveOutOn, lockedAt: null, inspectBy: null, inspected: null };
  if (story.state.status === 'ending') {
    await records.moveLease({ ...step(story), from: 'ending', to: 'ending', by, reason, checkout });
    return change(story, { checkout });
  }
  await move(story, 'ending', by, reason, { checkout });
}

export async function inspect(story: Story, { by, damages }: RecordInspection): Promise<void> {
  const { checkout } = story.state;
  if (!checkout) throw ApplicationFailure.nonRetryable('no checkout', 'NotCheckingOut');
  const inspected: Checkout = { ...checkout, inspected: { by, at: step(story).at, damages } };
  await records.recordInspection({ ...step(story), by, damages, checkout: inspected });
  change(story, { checkout: inspected });
}

export async function confirmLockOut(story: Story, { by }: { by: string }): Promise<void> {
  change(story, { confirmedBy: by });
  await enforce(story);
}

export async function letIn(story: Story, input: ReleaseEnforcement): Promise<void> {
  await records.recordHumanRelease({ ...step(story), ...input });
  await enforce(story);
}

export async function exempt(story: Story, input: GrantExemption): Promise<void> {
  await records.recordExemption({ ...step(story), ...input });
  await enforce(story);
}

export async function promise(story: Story, input: PromiseInstalment): Promise<void> {
  await records.recordPromise({ ...step(story), ...input });
  await enforce(story);
}

export async function waive(story: Story, input: WaiveLateFee): Promise<void> {
  setBalance(story, await records.waiveLateFee({ ...step(story), ...input }));
  await enforceIfNeeded(story);
}

type Saved = {
  readonly by: string;
  readonly changeId: ConfirmChange['changeId'];
  readonly kind: LeaseChange['kind'];
  readonly terms: LeaseTerms;
  readonly leaving: Parameters<typeof records.saveChange>[0]['leaving'];
  readonly note: string;
};

async function save(story: Story, saved: Saved): Promise<void> {
  const { billedUntil } = story.state;
  setBalance(story, await records.saveChange({ ...step(story), ...saved, billedUntil }));
  change(story, { terms: saved.terms });
}

/** The terms after a change that the validator let through; a refusal here would be a race and is told to the sender all the same. */
function changed({ terms }: LeaseState, wanted: LeaseChange): LeaseTerms {
  const decision = applyChange(terms, wanted);
  if (!decision.ok) throw ApplicationFailure.nonRetryable(decision.code, decision.code);
  return decision.terms;
}
