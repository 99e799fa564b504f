import { formatYuan } from '../domain/format';
import type { LeaseId, PaymentId } from '../domain/ids';
import type { OrderChannel } from '../domain/ledger-accounts';
import type { Fen } from '../domain/money';
import { lockOrder, moveOrder, providerNumberOf, type StoredOrder } from './orders';
import { storePayment } from './payments';
import { findLeaseKey } from './queries/leases';
import type { Tx } from './tx';
import { openWorkOrder } from './work-orders';

/** A payment that a provider vouches for, by notice or when asked. */
export type ToldPayment = {
  readonly channel: OrderChannel;
  readonly providerNumber: string;
  readonly outTradeNo: string;
  readonly amountFen: Fen;
  /** ISO instant, by the provider's word. */
  readonly paidAt: string;
};

type Question = { readonly topic: string; readonly text: string };

/** Whom a payment concerns that a person has to look into; without a lease it is the whole operator's. */
async function askPerson(tx: Tx, told: ToldPayment, leaseId: LeaseId | undefined, about: Question) {
  const lease = leaseId && (await findLeaseKey(tx, leaseId, { scope: null }));
  const { channel, providerNumber, paidAt } = told;
  await openWorkOrder(tx, {
    ...{ key: `${about.topic}/${channel}/${providerNumber}`, kind: 'payment', at: paidAt },
    ...{ communityId: lease?.communityId ?? null, leaseId: lease?.id ?? null, roomId: lease?.roomId ?? null },
    title: `${about.text}（流水号 ${providerNumber}，${formatYuan(told.amountFen)}）`,
  });
}

/** Money that fits no order of ours: kept apart for a person to look at, never booked by itself. */
async function setAside(tx: Tx, told: ToldPayment, order: StoredOrder | undefined): Promise<void> {
  const why = order ? 'amountDiffers' : 'unknownOrder';
  await tx.query(
    `INSERT INTO payment_quarantine (operator_id, channel, provider_number, order_number, amount_fen, paid_at, why)
      VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    [tx.operatorId, told.channel, told.providerNumber, told.outTradeNo, told.amountFen, told.paidAt, why],
  );
  const text = order ? '到账金额与订单不符，请核实' : '收到无法对应订单的款项，请核实';
  await askPerson(tx, told, order?.leaseId, { topic: 'quarantine', text });
}

const PAID_AGAIN: Question = { topic: 'paid-again', text: '同一订单重复付款，已计入租约余额，请核实是否退回' };
const PAID_LATE: Question = { topic: 'paid-late', text: '已关闭的支付单收到付款，已计入租约，请核实是否退回' };

/** A second payment of one order needs an id of its own; the provider knows no order by it, so that only a person can send it back. */
async function newPaymentId(tx: Tx): Promise<PaymentId> {
  const [row] = await tx.query<{ id: PaymentId }>('SELECT uuidv7() AS id');
  if (!row) throw new Error('the database gave no id');
  return row.id;
}

/**
 * Stores what was paid for an order. An order that has been paid before under another number, or was closed or expired: the money is real
 * all the same, pays what the lease owes and becomes its credit; a person is told.
 */
async function book(tx: Tx, told: ToldPayment, order: StoredOrder): Promise<void> {
  const { channel, providerNumber, amountFen } = told;
  const { leaseId } = order;
  const paidAs = await providerNumberOf(tx, order.id);
  const again = paidAs !== undefined && paidAs !== providerNumber;
  const id = again ? await newPaymentId(tx) : order.id;
  const paidAt = order.businessAt ?? told.paidAt;
  await storePayment(tx, { id, leaseId, channel, providerNumber, amountFen, paidAt });
  const late = order.status === 'closed' || order.status === 'expired';
  await moveOrder(tx, order.id, { to: 'paid' });
  if (again || late) await askPerson(tx, told, leaseId, again ? PAID_AGAIN : PAID_LATE);
}

/**
 * A provider's word that an order was paid: stored once by the provider's number with the message to the lease, or set aside when channel,
 * number or amount fit no order of ours. Telling it again changes nothing.
 * @throws DbRefusal PaymentMismatch when the number was reported before with another amount or lease.
 */
export async function takePayment(tx: Tx, told: ToldPayment): Promise<'booked' | 'setAside'> {
  const order = await lockOrder(tx, told);
  if (!order || order.amountFen !== told.amountFen) {
    await setAside(tx, told, order);
    return 'setAside';
  }
  await book(tx, told, order);
  return 'booked';
}
