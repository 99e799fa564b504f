import { ApplicationFailure, patched } from '@temporalio/workflow';
import type {
  CancelLease,
  Commanded,
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
import type { Step } from '../../contract/temporal/lease-activities';
import type { Checkout, LeaseState } from '../../contract/temporal/lease-state';
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

export const approve = (story: Story, { by, ...command }: Commanded<{ by: string }>) =>
  move(story, 'awaitingSeal', by, 'approved', command);
export const reject = (story: Story, input: Commanded<RejectLease>) => unwind(story, 'rejected', input);
export const cancel = (story: Story, input: Commanded<CancelLease>) => unwind(story, 'cancelled', input);

/** New terms from a day on. Days already billed are corrected by one adjustment bill, the same that the dry-run showed. */
export async function confirmTerms(story: Story, input: Commanded<ConfirmChange>): Promise<void> {
  const { change: wanted, ...asked } = input;
  const terms = changed(story.state, wanted);
  const coTenants = wanted.kind === 'coTenants' ? { coTenantIds: wanted.coTenantIds } : {};
  await save(story, { ...asked, ...coTenants, kind: wanted.kind, terms, leaving: null, note: '' });
  if (wanted.kind === 'renewal') {
    change(story, { endingNoticed: false, checkout: null });
    if (story.state.status === 'ending') await move(story, 'effective', input.by, 'renewed');
  }
  await enforceIfNeeded(story);
}

/**
 * A lease that is to end on that day already ends no earlier by asking again: who asks second, the tenant after an eviction say, would
 * only rewrite the reason on record.
 * @throws EndNotEarlier
 */
export function checkEndIsNew({ checkout, terms }: LeaseState, { endsOn }: Pick<RequestTermination, 'endsOn'>): void {
  if (!checkout || endsOn !== terms.endsOn) return;
  throw ApplicationFailure.nonRetryable('the lease is to end on that day already', 'EndNotEarlier');
}

/** Leaving before the end: unused days are credited, the penalty of the lease's own policy is billed, checkout waits for the day. */
export async function terminate(story: Story, input: Commanded<RequestTermination>): Promise<void> {
  // Of two who ask at once the validator let both through. Remove after 2028-01-01: every lease has passed an anniversary by then.
  if (patched('2026-11-end-is-new')) checkEndIsNew(story.state, input);
  await endEarly(story, { ...input, endReason: 'earlyByTenant', penalised: true });
}

/** Staff put the tenant out. The reason is on record; no penalty is added to what is owed. */
export async function evict(story: Story, { moveOutOn, ...input }: Commanded<EvictLease>): Promise<void> {
  await endEarly(story, { ...input, endsOn: moveOutOn, endReason: 'eviction', penalised: false });
}

type EarlyEnd = Commanded<RequestTermination> & { readonly endReason: EndReason; readonly penalised: boolean };

async function endEarly(story: Story, { endsOn, reason, endReason, penalised, ...asked }: EarlyEnd): Promise<void> {
  const { terms: old, policy } = story.state;
  const terms = endsOn < old.endsOn ? changed(story.state, { kind: 'earlyEnd', endsOn }) : old;
  const leaving = penalised ? { terms: old, policy, noticedOn: step(story).today } : null;
  await save(story, { ...asked, kind: 'earlyEnd', terms, leaving, note: reason });
  await plan(story, { by: asked.by, reason: endReason, moveOutOn: endsOn });
}

/** The tenant says when they leave at the lease's end. */
export async function announceCheckout(story: Story, input: Commanded<RequestCheckout>): Promise<void> {
  if (!story.state.checkout) await plan(story, { ...input, reason: 'expiry' });
}

type Plan = Commanded<RequestCheckout> & { readonly reason: EndReason };

async function plan(story: Story, { by, reason, moveOutOn, ...command }: Plan): Promise<void> {
  const checkout: Checkout = { reason, moveOutOn, lockedAt: null, inspectBy: null, inspected: null };
  if (story.state.status === 'ending') {
    await records.moveLease({ ...step(story), from: 'ending', to: 'ending', by, reason, checkout, ...command });
    return change(story, { checkout });
  }
  await move(story, 'ending', by, reason, { checkout, ...command });
}

export async function inspect(story: Story, input: Commanded<RecordInspection>): Promise<void> {
  const { by, damages } = input;
  const { checkout } = story.state;
  if (!checkout) throw ApplicationFailure.nonRetryable('no checkout', 'NotCheckingOut');
  const inspected: Checkout = { ...checkout, inspected: { by, at: step(story).at, damages } };
  await records.recordInspection({ ...step(story), ...input, checkout: inspected });
  change(story, { checkout: inspected });
}

export async function confirmLockOut(story: Story, input: Commanded<{ by: string }>): Promise<void> {
  // Writes the confirmation down before it is acted on. Remove after 2028-01-01: every lease has passed an anniversary by then.
  if (patched('2026-11-confirmation-on-record')) await records.recordConfirmation({ ...step(story), ...input });
  change(story, { confirmedBy: input.by });
  await enforce(story);
}

export async function letIn(story: Story, input: Commanded<ReleaseEnforcement>): Promise<void> {
  await records.recordHumanRelease({ ...step(story), ...input });
  await enforce(story);
}

export async function exempt(story: Story, input: Commanded<GrantExemption>): Promise<void> {
  await records.recordExemption({ ...step(story), ...input });
  await enforce(story);
}

export async function promise(story: Story, input: Commanded<PromiseInstalment>): Promise<void> {
  await records.recordPromise({ ...step(story), ...input });
  await enforce(story);
}

export async function waive(story: Story, input: Commanded<WaiveLateFee>): Promise<void> {
  setBalance(story, await records.waiveLateFee({ ...step(story), ...input }));
  await enforceIfNeeded(story);
}

type Saved = Omit<Parameters<typeof records.saveChange>[0], keyof Step | 'billedUntil'>;

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
