import { type BankLine, paidAtOf } from './bank-line';
import { daysBetween, type LocalDate } from './calendar';
import type { LeaseId } from './ids';
import { type Fen, fen, sumFen } from './money';
import { paymentCode, paymentCodesIn } from './payment-code';

/** What matching needs to know of a lease. */
export type PayerLease = {
  readonly leaseId: LeaseId;
  /** Tenant, co-tenants, and payers whose earlier transfers belonged to this lease. */
  readonly names: readonly string[];
  /** What its open bills still want, the one that fell due first in front; without what is paid and on its way. */
  readonly openFen: readonly Fen[];
  /** First day on which it can be paid: it was signed or had begun. */
  readonly since: LocalDate;
  /** ISO instant at which the lease lives, later than the present if it was carried forward. */
  readonly now: string;
  readonly ended: boolean;
  /** Bank transfers that staff recorded by hand. */
  readonly recorded: readonly { readonly amountFen: Fen; readonly on: LocalDate }[];
};

export type MatchRule = 'code' | 'nameAndBill' | 'nameAndSum';

export const UNMATCHED_REASONS = [
  'nothingFits',
  'ambiguous',
  'reversal',
  'inFuture',
  'beforeLease',
  'leaseEnded',
  'maybeRecorded',
] as const;
/** Why a line waits for a person. */
export type UnmatchedReason = (typeof UNMATCHED_REASONS)[number];

export const FITS = ['code', 'name', 'bill', 'sum'] as const;
/** What speaks for a lease: its payment code, a payer's name, the amount of one open bill, the sum of all. */
export type Fit = (typeof FITS)[number];

export type Proposal = { readonly leaseId: LeaseId; readonly fits: readonly Fit[] };

export type MatchOutcome =
  | { readonly kind: 'matched'; readonly leaseId: LeaseId; readonly rule: MatchRule; readonly paidAt: string }
  | { readonly kind: 'unmatched'; readonly why: UnmatchedReason; readonly proposals: readonly Proposal[] };

export type Credit = Pick<BankLine, 'amountFen' | 'bookedOn' | 'bookedAt' | 'payerName' | 'remark' | 'reversal'>;

/** Names as banks write them: width, case, spaces and the dots of foreign names do not count. */
export const sameName = (name: string): string =>
  name
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s·•・.]/gu, '');

/** Payment companies and clearing accounts pay for everybody: their name says nothing of who paid. */
const INTERMEDIARY = /支付宝|财付通|微信支付|银联|网联|备付金|清算/;

/** A person types a transfer in some days before or after the bank books it. */
const RECORDED_WITHIN_DAYS = 7;
const MOST_PROPOSALS = 5;
const WEIGHTS: Readonly<Record<Fit, number>> = { code: 8, name: 4, sum: 1, bill: 1 };

function fitsOf(credit: Credit, codes: readonly string[], lease: PayerLease): readonly Fit[] {
  const name = sameName(credit.payerName);
  const named = name !== '' && !INTERMEDIARY.test(name) && lease.names.some((known) => sameName(known) === name);
  const does: Record<Fit, boolean> = {
    code: codes.includes(paymentCode(lease.leaseId)),
    name: named,
    bill: lease.openFen.includes(credit.amountFen),
    sum: lease.openFen.length > 0 && sumFen(lease.openFen) === credit.amountFen,
  };
  return FITS.filter((fit) => does[fit]);
}

const has = ({ fits }: Proposal, ...wanted: readonly Fit[]): boolean => wanted.every((fit) => fits.includes(fit));

const weight = ({ fits }: Proposal): number => fits.reduce((sum, fit) => sum + WEIGHTS[fit], 0);

/** What stands against booking the line on the one lease that it fits. */
function obstacle(credit: Credit, lease: PayerLease, paidAt: string): UnmatchedReason | undefined {
  if (paidAt > lease.now) return 'inFuture';
  if (credit.bookedOn < lease.since) return 'beforeLease';
  if (lease.ended) return 'leaseEnded';
  const again = lease.recorded.some(
    ({ amountFen, on }) =>
      amountFen === credit.amountFen && Math.abs(daysBetween(on, credit.bookedOn)) <= RECORDED_WITHIN_DAYS,
  );
  return again ? 'maybeRecorded' : undefined;
}

/**
 * Whose payment a credit is. The payment code (付款码) wins, whatever the amount and the payer; without one, the payer must be known to
 * the lease and the amount be exactly one open bill or all of them together. Exactly one lease may fit: when two do, or something stands
 * against the one, a person decides, with the leases proposed that have most for them. An amount alone, or a name alone, is never enough.
 */
export function matchCredit(credit: Credit, leases: readonly PayerLease[]): MatchOutcome {
  const codes = paymentCodesIn(credit.remark);
  const proposals = leases
    .map((lease) => ({ leaseId: lease.leaseId, fits: fitsOf(credit, codes, lease) }))
    .filter(({ fits }) => fits.length > 0)
    .sort((a, b) => weight(b) - weight(a) || (a.leaseId < b.leaseId ? -1 : 1));
  const unmatched = (why: UnmatchedReason) =>
    ({ kind: 'unmatched', why, proposals: proposals.slice(0, MOST_PROPOSALS) }) as const;
  const coded = proposals.filter((proposal) => has(proposal, 'code'));
  const named = proposals.filter((proposal) => has(proposal, 'name', 'bill') || has(proposal, 'name', 'sum'));
  const fitting = coded.length > 0 ? coded : named;
  const [only, second] = fitting;
  const lease = leases.find(({ leaseId }) => leaseId === only?.leaseId);
  if (credit.reversal) return unmatched('reversal');
  if (!only || !lease) return unmatched('nothingFits');
  if (second) return unmatched('ambiguous');
  const paidAt = paidAtOf(credit, lease.now);
  const why = obstacle(credit, lease, paidAt);
  if (why) return unmatched(why);
  const rule = has(only, 'code') ? 'code' : has(only, 'bill') ? 'nameAndBill' : 'nameAndSum';
  return { kind: 'matched', leaseId: only.leaseId, rule, paidAt };
}

/** What is left open once `amountFen` more has been paid, oldest bill first. */
export function afterPaying(openFen: readonly Fen[], amountFen: Fen): Fen[] {
  let left: number = amountFen;
  return openFen.flatMap((open) => {
    const paid = Math.min(left, open);
    left -= paid;
    return paid === open ? [] : [fen(open - paid)];
  });
}

/**
 * Finds, of many leases, those that a credit could be matched to, and a few that want just its amount: looking at all of them for each line
 * would take minutes for a big operator.
 */
export function candidatesAmong(leases: readonly PayerLease[]): (credit: Credit) => readonly LeaseId[] {
  const byCode = grouped(leases, ({ leaseId }) => [paymentCode(leaseId)]);
  const byName = grouped(leases, ({ names }) => names.map(sameName));
  const byAmount = grouped(leases, ({ openFen }) => [...openFen, sumFen(openFen)]);
  return ({ remark, payerName, amountFen }) => [
    ...new Set([
      ...paymentCodesIn(remark).flatMap((code) => byCode.get(code) ?? []),
      ...(byName.get(sameName(payerName)) ?? []),
      ...(byAmount.get(amountFen) ?? []).slice(0, MOST_PROPOSALS),
    ]),
  ];
}

function grouped<Key>(
  leases: readonly PayerLease[],
  keysOf: (lease: PayerLease) => readonly Key[],
): Map<Key, LeaseId[]> {
  const groups = new Map<Key, LeaseId[]>();
  for (const lease of leases)
    for (const key of new Set(keysOf(lease))) {
      const group = groups.get(key);
      if (group) group.push(lease.leaseId);
      else groups.set(key, [lease.leaseId]);
    }
  return groups;
}

/** Matches lines in their order; what one line pays is no longer open for the next, so that a transfer made twice is booked once. */
export function matchCredits(credits: readonly Credit[], leases: readonly PayerLease[]): MatchOutcome[] {
  const candidates = candidatesAmong(leases);
  const known = new Map(leases.map((lease) => [lease.leaseId, lease]));
  return credits.map((credit) => {
    const outcome = matchCredit(
      credit,
      candidates(credit).flatMap((id) => known.get(id) ?? []),
    );
    const paid = outcome.kind === 'matched' ? known.get(outcome.leaseId) : undefined;
    if (paid) known.set(paid.leaseId, { ...paid, openFen: afterPaying(paid.openFen, credit.amountFen) });
    return outcome;
  });
}
