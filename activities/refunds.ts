import { ApplicationFailure } from '@temporalio/activity';
import type { Knex } from 'knex';
import type { LeaseRecords, LeaseServices } from '../contract/temporal/lease-activities';
import { appendEvents } from '../db/events';
import { post } from '../db/ledger';
import { serveNotices } from '../db/notices';
import { moveRefund, refundsOf } from '../db/refunds';
import { type Tx, withOperator } from '../db/tx';
import { shanghaiDate } from '../domain/calendar';
import { formatYuan } from '../domain/format';
import type { LeaseId, PaymentId, RefundId } from '../domain/ids';
import { type PaymentChannel, postRefund, type RefundPart } from '../domain/ledger';
import { type Fen, fen, sumFen } from '../domain/money';
import type { PaymentGateway } from '../service-adapters/payment-gateway';
import { auditStep } from './records/command-audit';
import { inLease } from './records/in-lease';
import { tenantNotice } from './records/notice';

type Source = { readonly id: PaymentId; readonly leftFen: Fen };
/** `sent`: the provider has taken it. */
type Share = { readonly paymentId: PaymentId; readonly amountFen: Fen; readonly sent?: boolean };

/**
 * Money back the way it came: shares of the payments at the cashier, newest first, each once by its own number. What did not come through
 * a provider (cash, bank) is paid by a person, who says so by closing the refund's work order.
 */
export function refundSteps(
  db: Knex,
  gateway: PaymentGateway,
): Pick<LeaseServices, 'payRefund'> & Pick<LeaseRecords, 'finishRefund'> {
  return {
    async payRefund({ ref, refundId, amountFen }) {
      const { operatorId, leaseId } = ref;
      const { shares, restFen, requestedAt, byHand } = await withOperator(db, operatorId, (tx) =>
        plan(tx, leaseId, refundId),
      );
      for (const [n, share] of shares.entries()) {
        // Once finance has paid by hand, nothing that was not sent before may be sent any more.
        if (share.sent || byHand) continue;
        const answer = await gateway.refund({
          outRefundNo: `${refundId}-${n}`,
          outTradeNo: share.paymentId,
          amountFen: share.amountFen,
          reason: `租约 ${ref.number} 退款`,
          // Not the time of this try: a repeated request has to be the same request.
          businessAt: requestedAt,
        });
        if (!answer.ok)
          return {
            outcome: 'failed',
            why: `收银台拒绝退款:${answer.code},需人工退 ${formatYuan(unsent(shares, amountFen, n))}`,
          };
        await withOperator(db, operatorId, (tx) => markSent(tx, refundId, n));
      }
      if (restFen > 0 && !byHand)
        return { outcome: 'failed', why: `线下收款 ${formatYuan(restFen)} 需人工退款,付清后关闭本工单` };
      return { outcome: 'done', why: '' };
    },
    finishRefund: ({ ref, at, refundId, outcome, why }) =>
      inLease(db, ref, async (tx) => {
        const { leaseId, communityId } = ref;
        if (outcome === 'failed') {
          const status = (await refundsOf(tx, leaseId)).find(({ id }) => id === refundId)?.status;
          if (await moveRefund(tx, refundId, { to: 'failed', at, failure: why })) {
            const after = { refundId, status: 'failed' };
            await auditStep(tx, leaseId, { action: 'lease.failRefund', before: { refundId, status }, after, why });
          }
          return appendEvents(tx, leaseId, at, [
            { key: `refund-failed/${refundId}/${at}`, kind: 'refundFailed', data: { why } },
          ]);
        }
        const amountFen = await settle(tx, refundId, at);
        if (amountFen === null) return;
        const parts = await partsOf(tx, leaseId, refundId, amountFen);
        await auditStep(tx, leaseId, {
          action: 'lease.payRefund',
          before: { refundId, refundPayableFen: amountFen },
          after: { refundId, refundPayableFen: 0, parts },
          why: 'refund',
        });
        await post(tx, communityId, [postRefund({ leaseId, at }, { refundId, parts, from: 'refundPayable' })]);
        await appendEvents(tx, leaseId, at, [
          { key: `refunded/${refundId}`, kind: 'refunded', data: { amountFen, parts } },
        ]);
        const words = { room: ref.roomNo, amount: amountFen, day: shanghaiDate(Date.parse(at)) };
        await serveNotices(tx, ref, at, [tenantNotice(`refunded/${refundId}`, 'refunded', words)]);
      }),
  };
}

type Plan = {
  readonly shares: readonly Share[];
  /** What no provider can take back; a person pays it. */
  readonly restFen: Fen;
  readonly requestedAt: string;
  /** Finance closed the refund's work order: what the provider refused or never had was paid by a person. */
  readonly byHand: boolean;
};

/** The shares of a refund are decided at its first try and kept, whatever is paid or refunded in between. */
async function plan(tx: Tx, leaseId: LeaseId, refundId: RefundId): Promise<Plan> {
  const [refund] = await tx.query<{ amountFen: Fen; requestedAt: string; shares: Share[] | null }>(
    `SELECT amount_fen AS "amountFen", requested_at AS "requestedAt", shares FROM refund WHERE id = $1 FOR UPDATE`,
    [refundId],
  );
  if (!refund) throw ApplicationFailure.nonRetryable(`no refund ${refundId}`, 'RefundNotFound');
  const shares = refund.shares ?? (await decideShares(tx, leaseId, refundId, refund.amountFen));
  const [order] = await tx.query<{ status: string }>('SELECT status FROM work_order WHERE key = $1', [
    `refund/${refundId}`,
  ]);
  const { amountFen, requestedAt } = refund;
  const restFen = fen(amountFen - sumFen(shares.map((share) => share.amountFen)));
  return { shares, restFen, requestedAt, byHand: order?.status === 'closed' };
}

/** Newest payment first, each up to what earlier refunds have left of it. */
async function decideShares(tx: Tx, leaseId: LeaseId, refundId: RefundId, amountFen: Fen): Promise<readonly Share[]> {
  const sources = await tx.query<Source>(
    `SELECT p.id, p.amount_fen - coalesce((SELECT sum((s->>'amountFen')::bigint) FROM refund r, jsonb_array_elements(r.shares) s
          WHERE r.lease_id = $1 AND s->>'paymentId' = p.id::text), 0) AS "leftFen"
      FROM payment p WHERE p.lease_id = $1 AND p.channel = 'simulator' ORDER BY p.paid_at DESC, p.id DESC`,
    [leaseId],
  );
  const shares: Share[] = [];
  let rest: number = amountFen;
  for (const { id, leftFen } of sources) {
    const share = Math.min(rest, leftFen);
    if (share > 0) shares.push({ paymentId: id, amountFen: fen(share) });
    rest -= Math.max(0, share);
  }
  await tx.query('UPDATE refund SET shares = $2 WHERE id = $1', [refundId, JSON.stringify(shares)]);
  return shares;
}

const markSent = (tx: Tx, refundId: RefundId, n: number) =>
  tx.query(`UPDATE refund SET shares = jsonb_set(shares, ARRAY[$2, 'sent'], 'true') WHERE id = $1`, [
    refundId,
    String(n),
  ]);

/** What is left for a person when the provider refuses the share `n`: it, those after it, and what no provider had. */
const unsent = (shares: readonly Share[], amountFen: Fen, n: number): Fen =>
  fen(amountFen - sumFen(shares.filter((share, i) => share.sent || i < n).map((share) => share.amountFen)));

/** Marks the refund as done; null when it was before. A failed one is sent again first, as its states demand. */
async function settle(tx: Tx, refundId: RefundId, at: string): Promise<Fen | null> {
  const [refund] = await tx.query<{ status: string; amountFen: Fen }>(
    `SELECT status, amount_fen AS "amountFen" FROM refund WHERE id = $1`,
    [refundId],
  );
  if (!refund || refund.status === 'done') return null;
  if (refund.status === 'failed') await moveRefund(tx, refundId, { to: 'sent', at });
  await moveRefund(tx, refundId, { to: 'done', at });
  return refund.amountFen;
}

/** What went back through the cashier, and what a person paid the way the tenant had. */
async function partsOf(tx: Tx, leaseId: LeaseId, refundId: RefundId, amountFen: Fen): Promise<readonly RefundPart[]> {
  const [row] = await tx.query<{ shares: Share[] | null; channel: PaymentChannel | null }>(
    `SELECT shares, (SELECT channel FROM payment WHERE lease_id = $1 AND channel <> 'simulator' ORDER BY paid_at DESC, id LIMIT 1) AS channel
      FROM refund WHERE id = $2`,
    [leaseId, refundId],
  );
  const byCashier = sumFen((row?.shares ?? []).filter(({ sent }) => sent).map((share) => share.amountFen));
  const parts: RefundPart[] = [
    { channel: 'simulator', amountFen: byCashier },
    { channel: row?.channel ?? 'bank', amountFen: fen(amountFen - byCashier) },
  ];
  return parts.filter((part) => part.amountFen > 0);
}
