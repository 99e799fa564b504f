import type { LeaseId, PaymentId, RefundId } from '../domain/ids';
import type { PaymentChannel, RefundPart } from '../domain/ledger';
import { ORDER_CHANNELS, type OrderChannel } from '../domain/ledger-accounts';
import { type Fen, fen, sumFen } from '../domain/money';
import { findLeaseKey } from './queries/leases';
import { DbRefusal } from './refusal';
import type { Tx } from './tx';
import { openWorkOrder } from './work-orders';

type StoredShare = {
  readonly paymentId: PaymentId;
  readonly amountFen: Fen;
  /** The provider was asked and may have taken it. */
  readonly asked?: boolean;
  /** The provider has said that the money is back. */
  readonly sent?: boolean;
};

/** The part of a refund that goes back to one payment, as its provider is asked for it. */
export type RefundShare = StoredShare & {
  readonly channel: OrderChannel;
  readonly outTradeNo: string;
  /** Ours, of this share: the same on every try. */
  readonly outRefundNo: string;
  /** What was paid, of which this is a part. */
  readonly orderFen: Fen;
};

export type RefundPlan = {
  readonly shares: readonly RefundShare[];
  /** What no provider can take back; a person pays it. */
  readonly restFen: Fen;
  /** Finance closed the refund's work order: what the provider refused or never had was paid by a person. */
  readonly byHand: boolean;
};

/**
 * The shares of a refund are decided at its first try and kept, whatever is paid or refunded in between.
 * @throws DbRefusal RefundNotFound
 */
export async function planRefund(
  tx: Tx,
  refund: { readonly leaseId: LeaseId; readonly refundId: RefundId; readonly channels: readonly OrderChannel[] },
): Promise<RefundPlan> {
  const { refundId } = refund;
  const [row] = await tx.query<{ amountFen: Fen; shares: StoredShare[] | null }>(
    'SELECT amount_fen AS "amountFen", shares FROM refund WHERE id = $1 FOR UPDATE',
    [refundId],
  );
  if (!row) throw new DbRefusal('RefundNotFound', `no refund ${refundId}`);
  if (row.shares === null) await decideShares(tx, refund, row.amountFen);
  const shares = await sharesOf(tx, refundId);
  const [order] = await tx.query<{ status: string }>('SELECT status FROM work_order WHERE key = $1', [
    `refund/${refundId}`,
  ]);
  const restFen = fen(row.amountFen - sumFen(shares.map(({ amountFen }) => amountFen)));
  return { shares, restFen, byHand: order?.status === 'closed' };
}

/** A payment that no order of ours asked for has no number that its provider knows; the provider says so when it is asked. */
const sharesOf = (tx: Tx, refundId: RefundId): Promise<RefundShare[]> =>
  tx.query(
    `SELECT p.id AS "paymentId", (s.share->>'amountFen')::bigint AS "amountFen", coalesce((s.share->>'asked')::boolean, false) AS asked,
        coalesce((s.share->>'sent')::boolean, false) AS sent, p.channel, coalesce(o.out_trade_no, p.id::text) AS "outTradeNo",
        r.id::text || '-' || (s.n - 1) AS "outRefundNo", p.amount_fen AS "orderFen"
      FROM refund r CROSS JOIN LATERAL jsonb_array_elements(r.shares) WITH ORDINALITY AS s(share, n)
      JOIN payment p ON p.operator_id = r.operator_id AND p.id = (s.share->>'paymentId')::uuid
      LEFT JOIN cashier_order o ON o.operator_id = p.operator_id AND o.id = p.id
      WHERE r.id = $1 ORDER BY s.n`,
    [refundId],
  );

/** Newest payment first, each up to what earlier refunds have left of it. */
async function decideShares(
  tx: Tx,
  { leaseId, refundId, channels }: Parameters<typeof planRefund>[1],
  amountFen: Fen,
): Promise<void> {
  const sources = await tx.query<{ readonly id: PaymentId; readonly leftFen: Fen }>(
    `SELECT p.id, p.amount_fen - coalesce((SELECT sum((s->>'amountFen')::bigint) FROM refund r, jsonb_array_elements(r.shares) s
          WHERE r.lease_id = $1 AND s->>'paymentId' = p.id::text), 0) AS "leftFen"
      FROM payment p WHERE p.lease_id = $1 AND p.channel = ANY($2::text[]) ORDER BY p.paid_at DESC, p.id DESC`,
    [leaseId, channels],
  );
  const shares: StoredShare[] = [];
  let rest: number = amountFen;
  for (const { id, leftFen } of sources) {
    const share = Math.min(rest, leftFen);
    if (share > 0) shares.push({ paymentId: id, amountFen: fen(share) });
    rest -= Math.max(0, share);
  }
  await tx.query('UPDATE refund SET shares = $2 WHERE id = $1', [refundId, JSON.stringify(shares)]);
}

/** Remembers that a provider was asked for share `n`, or that it has said that the money is back. A refund that is done stays as it is. */
export async function markShare(tx: Tx, refundId: RefundId, n: number, what: 'asked' | 'sent'): Promise<void> {
  await tx.query(
    `UPDATE refund SET shares = jsonb_set(shares, ARRAY[$2, $3], 'true') WHERE id = $1 AND status <> 'done'`,
    [refundId, String(n), what],
  );
}

/** By which channels the money of a refund went back: through the providers, and what a person paid the way the tenant had. */
export async function partsOf(tx: Tx, leaseId: LeaseId, refundId: RefundId, amountFen: Fen): Promise<RefundPart[]> {
  const sent = (await sharesOf(tx, refundId)).filter((share) => share.sent);
  const [row] = await tx.query<{ channel: PaymentChannel }>(
    'SELECT channel FROM payment WHERE lease_id = $1 AND NOT channel = ANY($2::text[]) ORDER BY paid_at DESC, id LIMIT 1',
    [leaseId, ORDER_CHANNELS],
  );
  const parts: RefundPart[] = ORDER_CHANNELS.map((channel) => ({
    channel,
    amountFen: sumFen(sent.filter((share) => share.channel === channel).map((share) => share.amountFen)),
  }));
  const byProviders = sumFen(parts.map((part) => part.amountFen));
  parts.push({ channel: row?.channel ?? 'bank', amountFen: fen(amountFen - byProviders) });
  return parts.filter((part) => part.amountFen > 0);
}

/** A provider's word about a refund, verified. */
export type ToldRefund = {
  readonly channel: OrderChannel;
  readonly outTradeNo: string;
  readonly refund: { readonly outRefundNo: string; readonly status: string; readonly amountFen: Fen };
};

const NUMBER = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-(\d{1,3})$/;

/**
 * Notes that a share is back, so that whoever waits for it need not ask. Anything less final than that is asked for anyway. Money that a
 * provider sent back and that we never asked for, or not like that, is a person's question.
 */
export async function takeRefundNotice(tx: Tx, told: ToldRefund): Promise<void> {
  if (told.refund.status !== 'done') return;
  const [, id, n] = NUMBER.exec(told.refund.outRefundNo) ?? [];
  const shares = id === undefined ? [] : await lockedShares(tx, id as RefundId);
  const share = shares[Number(n)];
  const fits =
    share?.channel === told.channel &&
    share.outTradeNo === told.outTradeNo &&
    share.amountFen === told.refund.amountFen;
  if (fits) return markShare(tx, id as RefundId, Number(n), 'sent');
  await askAbout(tx, told);
}

async function lockedShares(tx: Tx, refundId: RefundId): Promise<readonly RefundShare[]> {
  await tx.query('SELECT FROM refund WHERE id = $1 FOR UPDATE', [refundId]);
  return sharesOf(tx, refundId);
}

async function askAbout(tx: Tx, { channel, outTradeNo, refund }: ToldRefund): Promise<void> {
  const [order] = await tx.query<{ leaseId: LeaseId; at: string }>(
    'SELECT lease_id AS "leaseId", now() AS at FROM cashier_order WHERE out_trade_no = $1',
    [outTradeNo],
  );
  if (!order) return;
  const lease = await findLeaseKey(tx, order.leaseId, { scope: null });
  await openWorkOrder(tx, {
    ...{ key: `unasked-refund/${channel}/${refund.outRefundNo}`, kind: 'refund', at: order.at },
    ...{ communityId: lease?.communityId ?? null, leaseId: order.leaseId, roomId: lease?.roomId ?? null },
    title: `支付渠道报告了与记录不符的退款，请核实（退款单号 ${refund.outRefundNo}）`,
  });
}
