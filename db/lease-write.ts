import type { Allocation } from '../domain/allocation';
import type { BillDraft, BillKind, OpenBill } from '../domain/bill';
import type { LocalDate } from '../domain/calendar';
import type { CommunityId, LeaseId, PaymentId } from '../domain/ids';
import type { LedgerTransaction } from '../domain/ledger';
import { type Fen, fen, sumFen } from '../domain/money';
import { OPEN_BILLS, PREPAYMENT } from './lease-read';
import { LEDGER_CTES, ledgerParameters } from './ledger-write';
import type { Tx } from './tx';

/** A line of the lease's timeline; `key` is its business key in the lease: the same event is told once. */
export type LeaseEvent = { readonly key: string; readonly kind: string; readonly data?: object; readonly at?: string };

/** A message to an inbox: the tenant's, or the staff of the lease's community. `key` is unique in the lease. */
export type NoticeDraft = {
  readonly key: string;
  readonly audience: 'tenant' | 'staff';
  readonly template: string;
  readonly title: string;
  readonly text: string;
};

export type AllocationReason = 'payment' | 'credit' | 'waiver' | 'reversal';

/** A share of money for a bill, by the bill's key; it may name a bill that the same write issues. */
export type AllocationDraft = Allocation & {
  readonly paymentId: PaymentId | null;
  readonly effectiveOn: LocalDate;
  readonly reason: AllocationReason;
};

/** Everything that one step writes about one lease, in one statement. Facts that are already stored are passed over by their keys. */
export type LeaseWrite = {
  readonly leaseId: LeaseId;
  readonly communityId: CommunityId;
  /** Business time, ISO instant. */
  readonly at: string;
  readonly drafts?: readonly BillDraft[];
  readonly allocations?: readonly AllocationDraft[];
  readonly ledger?: readonly LedgerTransaction[];
  readonly events?: readonly LeaseEvent[];
  readonly notices?: readonly NoticeDraft[];
  /** Exclusive end of the days that have been billed. */
  readonly billedUntil?: LocalDate;
  readonly appliedPaymentId?: PaymentId;
};

/** What the lease owes and holds after a write. */
export type Balance = { readonly open: readonly OpenBill[]; readonly prepaymentFen: Fen };

export type Written = Balance & {
  /** Keys of the bills that this write issued, not those that were there before. */
  readonly issuedKeys: readonly string[];
};

// $1 operator, $2 lease, $3 community, $4 at; every part brings its own parameters
const PARTS = {
  bills: (bills: string, lines: string) => `
    issued AS (
      INSERT INTO bill (operator_id, lease_id, community_id, key, kind, period_from, period_until, issue_on, due_on, total_fen, issued_at)
      SELECT $1, $2, $3, key, kind, "periodFrom", "periodUntil", "issueOn", "dueOn", "totalFen", $4
        FROM jsonb_to_recordset(${bills}::jsonb) AS d(key text, kind text, "periodFrom" date, "periodUntil" date, "issueOn" date,
          "dueOn" date, "totalFen" bigint)
      ON CONFLICT (operator_id, lease_id, key) DO NOTHING
      RETURNING id, key, kind, issue_on, due_on, total_fen),
    lines AS (
      INSERT INTO bill_line (operator_id, bill_id, position, kind, from_day, until_day, amount_fen, tax_fen, explain)
      SELECT $1, issued.id, l.position, l.kind, l."from", l."until", l."amountFen", l."taxFen", l.explain
        FROM jsonb_to_recordset(${lines}::jsonb) AS l("billKey" text, position smallint, kind text, "from" date, "until" date,
          "amountFen" bigint, "taxFen" bigint, explain text)
        JOIN issued ON issued.key = l."billKey")`,
  allocations: (p: string, withBills: boolean) => `
    allocated AS (
      INSERT INTO bill_allocation (operator_id, bill_id, seq, lease_id, payment_id, amount_fen, effective_on, at, reason)
      SELECT $1, b.id, a.n + (SELECT coalesce(max(s.seq), 0) FROM bill_allocation s WHERE s.bill_id = b.id),
          $2, a."paymentId", a."amountFen", a."effectiveOn", $4, a.reason
        FROM jsonb_to_recordset(${p}::jsonb) AS a(n integer, key text, "paymentId" uuid, "amountFen" bigint, "effectiveOn" date,
          reason text)
        JOIN (SELECT id, key FROM bill WHERE lease_id = $2 ${withBills ? 'UNION ALL SELECT id, key FROM issued' : ''}) b
          ON b.key = a.key)`,
  events: (p: string) => `
    told AS (
      INSERT INTO lease_event (operator_id, lease_id, dedupe_key, at, kind, data)
      SELECT $1, $2, key, coalesce(at, $4), kind, coalesce(data, '{}')
        FROM jsonb_to_recordset(${p}::jsonb) AS e(key text, at timestamptz, kind text, data jsonb)
      ON CONFLICT DO NOTHING)`,
  notices: (p: string) => `
    served AS (
      INSERT INTO notice (operator_id, lease_id, community_id, audience, tenant_id, dedupe_key, template, title, text, served_at)
      SELECT $1, $2, $3, n.audience, CASE WHEN n.audience = 'tenant' THEN l.tenant_id END, n.key, n.template, n.title, n.text, $4
        FROM jsonb_to_recordset(${p}::jsonb) AS n(key text, audience text, template text, title text, text text)
        JOIN lease l ON l.id = $2
      ON CONFLICT DO NOTHING)`,
  billedUntil: (p: string) => `
    moved AS (UPDATE lease SET billed_until = ${p}::date WHERE id = $2 AND billed_until IS DISTINCT FROM ${p}::date)`,
  payment: (p: string) => `
    paid AS (UPDATE payment SET status = 'applied', applied_at = $4 WHERE id = ${p}::uuid AND status = 'stored')`,
} as const;

/** Writes a step and returns the balance after it. Call it under the lease's lock. */
export async function writeLease(tx: Tx, write: LeaseWrite): Promise<Written> {
  const { sql, values } = compose(tx, write);
  const [row] = await tx.query<WrittenRow>(sql, values);
  if (!row) throw new Error(`lease ${write.leaseId}: the write returned nothing`);
  const settled = new Map<string, number>();
  for (const { key, amountFen } of write.allocations ?? []) settled.set(key, (settled.get(key) ?? 0) + amountFen);
  const open = [...row.open, ...row.issued]
    .map((bill) => ({ ...bill, openFen: fen(bill.openFen - (settled.get(bill.key) ?? 0)) }))
    .filter((bill) => bill.openFen > 0);
  return { open, prepaymentFen: fen(row.prepayment_fen), issuedKeys: row.issued.map(({ key }) => key) };
}

type WrittenRow = { open: OpenBill[]; issued: OpenBill[]; prepayment_fen: number };

function compose(tx: Tx, write: LeaseWrite): { sql: string; values: readonly unknown[] } {
  const values: unknown[] = [tx.operatorId, write.leaseId, write.communityId, write.at];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const json = (value: unknown): string => bind(JSON.stringify(value));
  const drafts = write.drafts ?? [];
  const ctes: string[] = [];
  if (drafts.length > 0) ctes.push(PARTS.bills(json(drafts.map(billRow)), json(drafts.flatMap(lineRows))));
  if (write.allocations?.length) {
    ctes.push(PARTS.allocations(json(allocationRows(write.allocations)), drafts.length > 0));
  }
  const ledger = ledgerParameters(tx.operatorId, write.communityId, write.ledger ?? []);
  if (ledger) ctes.push(LEDGER_CTES(json(ledger.transactions), json(ledger.entries)));
  if (write.events?.length) ctes.push(PARTS.events(json(write.events)));
  if (write.notices?.length) ctes.push(PARTS.notices(json(write.notices)));
  if (write.billedUntil) ctes.push(PARTS.billedUntil(bind(write.billedUntil)));
  if (write.appliedPaymentId) ctes.push(PARTS.payment(bind(write.appliedPaymentId)));
  // `given` names every parameter once, whichever parts are there
  const sql = `WITH given AS (
      SELECT $1::uuid AS operator_id, $2::uuid AS lease_id, $3::uuid AS community_id, $4::timestamptz AS at)${ctes.map((cte) => `,${cte}`).join('')}
    SELECT ${OPEN_BILLS} AS open, ${drafts.length > 0 ? ISSUED : `'[]'::json`} AS issued,
      ${PREPAYMENT} ${ledger ? '+ (SELECT coalesce(-sum("amountFen"), 0) FROM entry WHERE account = \'prepayment\')' : ''} AS prepayment_fen`;
  return { sql, values };
}

const ISSUED = `(SELECT coalesce(json_agg(json_build_object('key', key, 'kind', kind, 'issueOn', issue_on, 'dueOn', due_on,
      'totalFen', total_fen, 'openFen', greatest(total_fen, 0))), '[]') FROM issued)`;

const billRow = (draft: BillDraft) => ({
  key: draft.key,
  kind: draft.kind satisfies BillKind,
  periodFrom: draft.periodFrom,
  periodUntil: draft.periodUntil,
  issueOn: draft.issueOn,
  dueOn: draft.dueOn,
  totalFen: sumFen(draft.lines.map(({ amountFen }) => amountFen)),
});

const lineRows = (draft: BillDraft) =>
  draft.lines.map((line, position) => ({ ...line, billKey: draft.key, position: position + 1 }));

/** Numbers the shares of each bill, since one write may settle a bill from two sources. */
function allocationRows(allocations: readonly AllocationDraft[]) {
  const counts = new Map<string, number>();
  return allocations.map((allocation) => {
    const n = (counts.get(allocation.key) ?? 0) + 1;
    counts.set(allocation.key, n);
    return { ...allocation, n };
  });
}
