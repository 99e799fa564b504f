import { allocatePayment } from '../domain/allocation';
import type { BillDraft, BilledLine, BillKind, BillLine, OpenBill } from '../domain/bill';
import { type LocalDate, shanghaiDate } from '../domain/calendar';
import type { BillId, LeaseId } from '../domain/ids';
import { type LedgerTransaction, type Posting, postBill, postCreditUse, postVoidBill } from '../domain/ledger';
import { type Fen, fen } from '../domain/money';
import type { AllocationPolicy } from '../domain/policy';
import { balance } from './lease-read';
import { type AllocationDraft, type Balance, type LeaseWrite, writeLease } from './lease-write';
import { DbRefusal } from './refusal';
import type { Tx } from './tx';

export { balance } from './lease-read';

const OLDEST_FIRST: AllocationPolicy = { order: 'oldestDueFirst', arrearsBeforeLateFees: true };

/** The ledger's side of bills. */
export const postBills = (posting: Posting, drafts: readonly BillDraft[]): LedgerTransaction[] =>
  drafts.flatMap((draft) => postBill(posting, draft) ?? []);

/**
 * Issues bills with their lines, ledger postings, events and notices, then lets the lease's credit pay what is open. Bills that exist
 * already (by key) are left alone, so a second call changes nothing. Call under the lease's lock.
 */
export async function issueBills(
  tx: Tx,
  write: LeaseWrite & { readonly drafts: readonly BillDraft[]; readonly allocation?: AllocationPolicy },
): Promise<Balance> {
  const posting = { leaseId: write.leaseId, at: write.at };
  const { issuedKeys, ...after } = await writeLease(tx, {
    ...write,
    ledger: [...(write.ledger ?? []), ...postBills(posting, write.drafts)],
  });
  const [first] = issuedKeys;
  return first === undefined ? after : useCredit(tx, write, after, `issue/${first}`);
}

/** Pays open bills from the lease's credit, oldest first. `cause` makes the postings' keys. */
export async function useCredit(
  tx: Tx,
  write: Pick<LeaseWrite, 'leaseId' | 'communityId' | 'at'> & { readonly allocation?: AllocationPolicy },
  before: Balance,
  cause: string,
): Promise<Balance> {
  if (before.prepaymentFen <= 0 || before.open.length === 0) return before;
  const { leaseId, communityId, at } = write;
  const { allocations } = allocatePayment(before.prepaymentFen, before.open, write.allocation ?? OLDEST_FIRST);
  const { issuedKeys: _, ...after } = await writeLease(tx, {
    leaseId,
    communityId,
    at,
    allocations: allocations.map((share) => ({ ...share, ...fromCredit(at) })),
    ledger: allocations.map(({ key, amountFen }) => postCreditUse({ leaseId, at }, { billKey: key, amountFen, cause })),
  });
  return after;
}

const fromCredit = (at: string) =>
  ({ paymentId: null, reason: 'credit', effectiveOn: shanghaiDate(Date.parse(at)) }) satisfies Partial<AllocationDraft>;

/** Bills of the lease that still want money, oldest due first. */
export const openBills = async (tx: Tx, leaseId: LeaseId): Promise<readonly OpenBill[]> =>
  (await balance(tx, leaseId)).open;

/** A bill as it was issued; `voided` ones are told apart because generation must not count their days as billed. */
export type StoredBill = BillDraft & {
  readonly id: BillId;
  readonly totalFen: Fen;
  readonly openFen: Fen;
  readonly settledFen: Fen;
  readonly voided: boolean;
};

type StoredBillRow = {
  id: BillId;
  key: string;
  kind: BillKind;
  period_from: LocalDate;
  period_until: LocalDate;
  issue_on: LocalDate;
  due_on: LocalDate;
  total_fen: Fen;
  open_fen: Fen;
  settled_fen: Fen;
  voided: boolean;
  lines: BillLine[];
};

/** All bills of the lease with their lines, in the order they were issued: what generation and settlement work from. */
export async function billedLines(tx: Tx, leaseId: LeaseId): Promise<readonly StoredBill[]> {
  const rows = await tx.query<StoredBillRow>(
    `SELECT b.id, b.key, b.kind, b.period_from, b.period_until, b.issue_on, b.due_on, b.total_fen, b.open_fen, b.settled_fen,
        b.voided_at IS NOT NULL AS voided, l.lines
      FROM bill b CROSS JOIN LATERAL (
        SELECT coalesce(json_agg(json_build_object('kind', kind, 'from', from_day, 'until', until_day, 'amountFen', amount_fen,
          'taxFen', tax_fen, 'explain', explain) ORDER BY position), '[]') AS lines
        FROM bill_line WHERE bill_line.bill_id = b.id) l
      WHERE b.lease_id = $1 ORDER BY b.issue_on, b.id`,
    [leaseId],
  );
  return rows.map((row) => ({
    id: row.id,
    key: row.key,
    kind: row.kind,
    periodFrom: row.period_from,
    periodUntil: row.period_until,
    issueOn: row.issue_on,
    dueOn: row.due_on,
    lines: row.lines,
    totalFen: row.total_fen,
    openFen: row.open_fen,
    settledFen: row.settled_fen,
    voided: row.voided,
  }));
}

/**
 * What a change of terms is compared with: every line of the bills that stand. A lease that was taken over running has days that were
 * billed elsewhere; a line of nothing, up to the first day that was left to us, says that they are not ours to correct. Where that day
 * was not noted, nothing that was billed by now is.
 */
export async function billedSoFar(tx: Tx, leaseId: LeaseId): Promise<readonly BilledLine[]> {
  const [taken] = await tx.query<{ from: LocalDate; until: LocalDate }>(
    `SELECT l.starts_on AS "from", greatest(coalesce((e.data->>'billedFrom')::date, l.billed_until), l.starts_on) AS until
      FROM lease_event e JOIN lease l ON l.operator_id = e.operator_id AND l.id = e.lease_id
      WHERE e.lease_id = $1 AND e.dedupe_key = 'imported'`,
    [leaseId],
  );
  const lines = (await billedLines(tx, leaseId)).filter(({ voided }) => !voided).flatMap((bill) => bill.lines);
  return taken ? [{ kind: 'opening', amountFen: fen(0), ...taken }, ...lines] : lines;
}

/**
 * Takes a bill back: its posting is reversed, what was paid on it becomes credit, for `useCredit` where other bills are open. A second
 * call changes nothing.
 * @throws DbRefusal BillNotFound
 */
export async function voidBill(
  tx: Tx,
  input: Pick<LeaseWrite, 'leaseId' | 'communityId' | 'at' | 'events' | 'notices'> & {
    readonly key: string;
    readonly reason: string;
  },
): Promise<Balance> {
  const { key, reason, ...write } = input;
  const bill = (await billedLines(tx, write.leaseId)).find((stored) => stored.key === key);
  if (!bill) throw new DbRefusal('BillNotFound', `no bill ${key} in the lease`);
  if (bill.voided) return balance(tx, write.leaseId);
  const reversal = postVoidBill({ leaseId: write.leaseId, at: write.at }, bill, fen(bill.settledFen));
  const taken = { key, amountFen: fen(-bill.settledFen), ...fromCredit(write.at), reason: 'reversal' as const };
  await writeLease(tx, {
    ...write,
    allocations: bill.settledFen > 0 ? [taken] : [],
    ledger: reversal ? [reversal] : [],
  });
  await tx.query('UPDATE bill SET voided_at = $2, void_reason = $3 WHERE id = $1', [bill.id, write.at, reason]);
  return balance(tx, write.leaseId);
}

export type { Balance };
