import type { Knex } from 'knex';
import type { LeaseRecords, LeaseServices } from '../contract/temporal/lease-activities';
import { appendEvents } from '../db/events';
import { post } from '../db/ledger';
import { serveNotices } from '../db/notices';
import { moveRefund } from '../db/refunds';
import { type Tx, withOperator } from '../db/tx';
import { shanghaiDate } from '../domain/calendar';
import type { LeaseId, PaymentId, RefundId } from '../domain/ids';
import { type PaymentChannel, postRefund } from '../domain/ledger';
import { type Fen, fen } from '../domain/money';
import type { PaymentGateway } from '../service-adapters/payment-gateway';
import { inLease } from './records/in-lease';
import { tenantNotice } from './records/notice';

type Source = { readonly id: PaymentId; readonly channel: PaymentChannel; readonly amountFen: Fen };
type Share = { readonly paymentId: PaymentId; readonly amountFen: Fen };

/**
 * Money back the way it came: shares of the payments at the cashier, newest first, each once by its own number. What did not come through
 * a provider (cash, bank) is paid by a person, who says so by closing the refund's work order.
 */
export function refundSteps(
  db: Knex,
  gateway: PaymentGateway,
): Pick<LeaseServices, 'payRefund'> & Pick<LeaseRecords, 'finishRefund'> {
  return {
    async payRefund({ ref, at, refundId, amountFen }) {
      const { operatorId, leaseId } = ref;
      const { shares, restFen, paidByHand } = await withOperator(db, operatorId, (tx) =>
        plan(tx, leaseId, refundId, amountFen),
      );
      for (const [n, share] of shares.entries()) {
        const answer = await gateway.refund({
          outRefundNo: `${refundId}-${n}`,
          outTradeNo: share.paymentId,
          amountFen: share.amountFen,
          reason: `租约 ${ref.number} 退款`,
          businessAt: at,
        });
        if (!answer.ok) return { outcome: 'failed', why: `收银台拒绝退款:${answer.code}` };
      }
      if (restFen > 0 && !paidByHand) return { outcome: 'failed', why: '线下收款需人工退款,付清后关闭本工单' };
      return { outcome: 'done', why: '' };
    },
    finishRefund: ({ ref, at, refundId, outcome, why }) =>
      inLease(db, ref, async (tx) => {
        const { leaseId, communityId } = ref;
        if (outcome === 'failed') {
          await moveRefund(tx, refundId, { to: 'failed', at, failure: why });
          return appendEvents(tx, leaseId, at, [
            { key: `refund-failed/${refundId}/${at}`, kind: 'refundFailed', data: { why } },
          ]);
        }
        const amountFen = await settle(tx, refundId, at);
        if (amountFen === null) return;
        const channel = await mainChannel(tx, leaseId);
        await post(tx, communityId, [
          postRefund({ leaseId, at }, { refundId, channel, amountFen, from: 'refundPayable' }),
        ]);
        await appendEvents(tx, leaseId, at, [
          { key: `refunded/${refundId}`, kind: 'refunded', data: { amountFen, channel } },
        ]);
        const words = { room: ref.roomNo, amount: amountFen, day: shanghaiDate(Date.parse(at)) };
        await serveNotices(tx, ref, at, [tenantNotice(`refunded/${refundId}`, 'refunded', words)]);
      }),
  };
}

async function plan(tx: Tx, leaseId: LeaseId, refundId: RefundId, amountFen: Fen) {
  const sources = await tx.query<Source>(
    `SELECT id, channel, amount_fen AS "amountFen" FROM payment WHERE lease_id = $1 AND channel = 'simulator' ORDER BY paid_at DESC, id DESC`,
    [leaseId],
  );
  const shares: Share[] = [];
  let rest: number = amountFen;
  for (const { id, amountFen: paid } of sources) {
    const share = Math.min(rest, paid);
    if (share > 0) shares.push({ paymentId: id, amountFen: fen(share) });
    rest -= share;
  }
  const [order] = await tx.query<{ status: string }>(`SELECT status FROM work_order WHERE key = $1`, [
    `refund/${refundId}`,
  ]);
  return { shares, restFen: fen(rest), paidByHand: order?.status === 'closed' };
}

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

async function mainChannel(tx: Tx, leaseId: LeaseId): Promise<PaymentChannel> {
  const [latest] = await tx.query<{ channel: PaymentChannel }>(
    `SELECT channel FROM payment WHERE lease_id = $1 ORDER BY channel = 'simulator' DESC, paid_at DESC LIMIT 1`,
    [leaseId],
  );
  return latest?.channel ?? 'bank';
}
