import type { Allocation } from '../domain/allocation';
import type { BillDraft, OpenBill } from '../domain/bill';
import { type LocalDate, shanghaiDate } from '../domain/calendar';
import type { CommunityId, LeaseId, PaymentId } from '../domain/ids';
import type { BalanceReduction } from '../domain/late-fee';
import { type PaymentChannel, postPayment } from '../domain/ledger';
import type { Fen } from '../domain/money';
import { balance, postBills } from './bills';
import { PREPAYMENT } from './lease-read';
import { type Balance, type LeaseEvent, type NoticeDraft, writeLease } from './lease-write';
import { DbRefusal } from './refusal';
import type { Tx } from './tx';

export type Payment = {
  readonly id: PaymentId;
  readonly leaseId: LeaseId;
  readonly channel: PaymentChannel;
  /** The provider's own number of the payment. */
  readonly providerNumber: string;
  readonly amountFen: Fen;
  /** ISO instant at which the money moved, by the provider's word. */
  readonly paidAt: string;
};

/**
 * Stores money that a provider reports, with the outbox row that tells the lease. A report that comes twice is stored once and answers
 * with the first one's id. @throws DbRefusal PaymentMismatch when the number was reported before with another amount or lease.
 */
export async function storePayment(
  tx: Tx,
  payment: Payment,
): Promise<{ readonly paymentId: PaymentId; readonly duplicate: boolean }> {
  const inserted = await tx.query(
    `WITH stored AS (
        INSERT INTO payment (operator_id, id, lease_id, channel, provider_number, amount_fen, paid_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (operator_id, channel, provider_number) DO NOTHING RETURNING id, lease_id)
      INSERT INTO outbox (operator_id, key, topic, payload)
      SELECT $1, 'payment/' || id, 'payment.stored', jsonb_build_object('leaseId', lease_id, 'paymentId', id) FROM stored RETURNING id`,
    [
      tx.operatorId,
      payment.id,
      payment.leaseId,
      payment.channel,
      payment.providerNumber,
      payment.amountFen,
      payment.paidAt,
    ],
  );
  if (inserted.length > 0) return { paymentId: payment.id, duplicate: false };
  const [first] = await tx.query<{ id: PaymentId; same: boolean }>(
    `SELECT id, lease_id = $3 AND amount_fen = $4 AS same FROM payment WHERE channel = $1 AND provider_number = $2`,
    [payment.channel, payment.providerNumber, payment.leaseId, payment.amountFen],
  );
  if (!first?.same) {
    throw new DbRefusal(
      'PaymentMismatch',
      `${payment.channel} ${payment.providerNumber} was reported otherwise before`,
    );
  }
  return { paymentId: first.id, duplicate: true };
}

/** An open bill with what a late fee follows from. */
export type BillHistory = OpenBill & {
  readonly reductions: readonly BalanceReduction[];
  /** Late fees billed on it so far. */
  readonly assessedFen: Fen;
};

export type PaymentFacts = {
  readonly payment: Payment & { readonly paidOn: LocalDate };
  readonly open: readonly BillHistory[];
  readonly prepaymentFen: Fen;
};

/** What the domain makes of a payment. Allocations may name the late-fee bills that it adds. */
export type PaymentDecision = {
  readonly lateFees: readonly BillDraft[];
  readonly allocations: readonly Allocation[];
  readonly leftoverFen: Fen;
  readonly events: readonly LeaseEvent[];
  readonly notices: readonly NoticeDraft[];
};

type FactsRow = Omit<Payment, 'id'> & { status: string; open: BillHistory[]; prepaymentFen: Fen };

const BILL_HISTORY = `(SELECT coalesce(json_agg(json_build_object('key', b.key, 'kind', b.kind, 'issueOn', b.issue_on,
      'dueOn', b.due_on, 'totalFen', b.total_fen, 'openFen', b.open_fen, 'reductions', a.reductions,
      'assessedFen', f.assessed) ORDER BY b.due_on, b.key), '[]')
    FROM bill b
    CROSS JOIN LATERAL (SELECT coalesce(json_agg(json_build_object('on', effective_on, 'amountFen', amount_fen) ORDER BY seq), '[]')
      AS reductions FROM bill_allocation WHERE bill_allocation.bill_id = b.id) a
    CROSS JOIN LATERAL (SELECT coalesce(sum(total_fen), 0) AS assessed FROM bill fee
      WHERE fee.lease_id = $2 AND fee.kind = 'lateFee' AND fee.voided_at IS NULL
        AND starts_with(fee.key, 'late-fee/' || b.key || '/')) f
    WHERE b.operator_id = $1 AND b.lease_id = $2 AND b.open_fen > 0)`;

/** Open bills with the allocations and late fees that they have had: what assessing late fees needs. */
export async function billHistories(tx: Tx, leaseId: LeaseId): Promise<readonly BillHistory[]> {
  const [row] = await tx.query<{ open: BillHistory[] }>(`SELECT ${BILL_HISTORY} AS open`, [tx.operatorId, leaseId]);
  return row?.open ?? [];
}

/**
 * Gives a stored payment to the lease: `decide` says what it pays, and one statement writes late fees, allocations, ledger, events and
 * notices. A payment that was applied before changes nothing. Call under the lease's lock. @throws DbRefusal PaymentNotFound
 */
export async function applyPayment(
  tx: Tx,
  input: {
    readonly leaseId: LeaseId;
    readonly communityId: CommunityId;
    readonly paymentId: PaymentId;
    readonly at: string;
    readonly decide: (facts: PaymentFacts) => PaymentDecision;
  },
): Promise<Balance> {
  const { leaseId, communityId, paymentId, at } = input;
  const [row] = await tx.query<FactsRow>(
    `SELECT p.lease_id AS "leaseId", p.channel, p.provider_number AS "providerNumber", p.amount_fen AS "amountFen",
        p.paid_at AS "paidAt", p.status, ${BILL_HISTORY} AS open, ${PREPAYMENT} AS "prepaymentFen"
      FROM payment p WHERE p.operator_id = $1 AND p.lease_id = $2 AND p.id = $3`,
    [tx.operatorId, leaseId, paymentId],
  );
  if (!row) throw new DbRefusal('PaymentNotFound', `no payment ${paymentId} of the lease`);
  const { status, open, prepaymentFen, ...stored } = row;
  if (status === 'applied') return balance(tx, leaseId);
  const paidOn = shanghaiDate(Date.parse(stored.paidAt));
  const payment = { ...stored, id: paymentId, paidOn };
  const { lateFees, allocations, leftoverFen, events, notices } = input.decide({ payment, open, prepaymentFen });
  const posting = { leaseId, at };
  const { channel, amountFen } = stored;
  const { issuedKeys: _, ...after } = await writeLease(tx, {
    leaseId,
    communityId,
    at,
    drafts: lateFees,
    allocations: allocations.map((share) => ({ ...share, paymentId, effectiveOn: paidOn, reason: 'payment' })),
    ledger: [
      ...postBills(posting, lateFees),
      postPayment(posting, { paymentId, channel, amountFen, allocations, leftoverFen }),
    ],
    events,
    notices,
    appliedPaymentId: paymentId,
  });
  return after;
}

/** Payments of the lease that were stored and have not reached it yet, oldest first. */
export const unappliedPayments = (tx: Tx, leaseId: LeaseId): Promise<{ id: PaymentId }[]> =>
  tx.query(`SELECT id FROM payment WHERE lease_id = $1 AND status = 'stored' ORDER BY paid_at, id`, [leaseId]);
