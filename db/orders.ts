import type { Knex } from 'knex';
import { ORDER_LIVES_MS, type OrderStatus, outTradeNoOf, waysTo } from '../domain/cashier-order';
import type { BillId, LeaseId, OperatorId, PaymentId } from '../domain/ids';
import type { OrderChannel } from '../domain/ledger-accounts';
import type { Fen } from '../domain/money';
import type { Tx } from './tx';

/** What a tenant was sent to a payment provider with. Its id becomes the payment's. */
export type StoredOrder = {
  readonly id: PaymentId;
  readonly leaseId: LeaseId;
  readonly amountFen: Fen;
  readonly status: OrderStatus;
  readonly channel: OrderChannel;
  readonly outTradeNo: string;
  /** ISO instants, as is `businessAt`: when its payment counts as made for a lease that was carried forward. */
  readonly expiresAt: string;
  readonly businessAt: string | null;
  readonly pageUrl: string | null;
};

const COLUMNS = `id, lease_id AS "leaseId", amount_fen AS "amountFen", status, channel, out_trade_no AS "outTradeNo",
  expires_at AS "expiresAt", business_at AS "businessAt", page_url AS "pageUrl"`;

export type NewStoredOrder = {
  readonly id: PaymentId;
  readonly leaseId: LeaseId;
  readonly billIds: readonly BillId[];
  readonly amountFen: Fen;
  readonly channel: OrderChannel;
  readonly businessAt: string | null;
  /** The present, ms: an order lives for half an hour from then. */
  readonly nowMs: number;
};

/** Stores an order that no provider has heard of yet; answers the one that has the id, new or old. */
export async function insertOrder(tx: Tx, order: NewStoredOrder): Promise<StoredOrder> {
  const expiresAt = new Date(order.nowMs + ORDER_LIVES_MS).toISOString();
  const { id, leaseId, billIds, amountFen, channel, businessAt } = order;
  await tx.query(
    `INSERT INTO cashier_order (operator_id, id, lease_id, bill_ids, amount_fen, channel, out_trade_no, expires_at, business_at)
      VALUES ($1, $2, $3, $4::uuid[], $5, $6, $7, $8, $9) ON CONFLICT (operator_id, id) DO NOTHING`,
    [tx.operatorId, id, leaseId, billIds, amountFen, channel, outTradeNoOf(id), expiresAt, businessAt],
  );
  const stored = await findOrder(tx, id);
  if (!stored) throw new Error(`order ${id} is neither new nor stored`);
  return stored;
}

export async function findOrder(tx: Tx, id: PaymentId): Promise<StoredOrder | undefined> {
  const [row] = await tx.query<StoredOrder>(`SELECT ${COLUMNS} FROM cashier_order WHERE id = $1`, [id]);
  return row;
}

/** The order that a provider names, held until the transaction ends, so that two reports about it are stored one after the other. */
export async function lockOrder(
  tx: Tx,
  named: { readonly channel: OrderChannel; readonly outTradeNo: string },
): Promise<StoredOrder | undefined> {
  const [row] = await tx.query<StoredOrder>(
    `SELECT ${COLUMNS} FROM cashier_order WHERE out_trade_no = $1 AND channel = $2 FOR UPDATE`,
    [named.outTradeNo, named.channel],
  );
  return row;
}

/** Orders of the lease that somebody could still pay and that ask for one of these bills, without `id` itself. */
export const rivalsOf = (
  tx: Tx,
  order: { readonly id: PaymentId; readonly leaseId: LeaseId; readonly billIds: readonly BillId[] },
): Promise<StoredOrder[]> =>
  tx.query(
    `SELECT ${COLUMNS} FROM cashier_order WHERE lease_id = $1 AND id <> $2 AND bill_ids && $3::uuid[]
      AND status IN ('created', 'waiting', 'unknown') ORDER BY created_at, id`,
    [order.leaseId, order.id, order.billIds],
  );

/** Moves an order on where its states allow it; false when it is there already or has gone another way. */
export async function moveOrder(
  tx: Tx,
  id: PaymentId,
  move: { readonly to: OrderStatus; readonly pageUrl?: string },
): Promise<boolean> {
  const moved = await tx.query(
    `UPDATE cashier_order SET status = $2, page_url = coalesce($3, page_url) WHERE id = $1 AND status = ANY($4) RETURNING id`,
    [id, move.to, move.pageUrl ?? null, waysTo(move.to)],
  );
  return moved.length > 0;
}

/** The provider's number of the payment that is stored under the id. */
export async function providerNumberOf(tx: Tx, id: PaymentId): Promise<string | undefined> {
  const [row] = await tx.query<{ providerNumber: string }>(
    'SELECT provider_number AS "providerNumber" FROM payment WHERE id = $1',
    [id],
  );
  return row?.providerNumber;
}

/** Whose order it is that a provider names; before the operator is known. `app` is a pool of the app's role. */
export async function operatorOfOrder(app: Knex, outTradeNo: string): Promise<OperatorId | undefined> {
  const { rows } = await app.raw<{ rows: { operatorId: OperatorId | null }[] }>(
    'SELECT operator_of_order(?) AS "operatorId"',
    [outTradeNo],
  );
  return rows[0]?.operatorId ?? undefined;
}

export type SilentOrder = { readonly operatorId: OperatorId; readonly orderId: PaymentId };

/**
 * Claims up to `limit` orders of all operators that have had no word for `silentSeconds`: each again after `againSeconds` at the earliest,
 * also when who claimed it died. `relay` is a pool of the relay role.
 */
export async function claimSilentOrders(
  relay: Knex,
  limits: { readonly silentSeconds: number; readonly againSeconds: number; readonly limit: number },
): Promise<readonly SilentOrder[]> {
  const { rows } = await relay.raw<{ rows: SilentOrder[] }>(
    `SELECT operator_id AS "operatorId", id AS "orderId"
      FROM claim_silent_orders(make_interval(secs => ?), make_interval(secs => ?), ?)`,
    [limits.silentSeconds, limits.againSeconds, limits.limit],
  );
  return rows;
}
