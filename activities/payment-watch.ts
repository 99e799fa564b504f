import type { Knex } from 'knex';
import type { PaymentServices } from '../contract/temporal/payment';
import { findOrder, moveOrder, type StoredOrder } from '../db/orders';
import { takePayment } from '../db/provider-payments';
import { findLeaseKey } from '../db/queries/leases';
import { type Tx, withOperator } from '../db/tx';
import { openWorkOrder } from '../db/work-orders';
import { isOrderOver, type OrderStatus } from '../domain/cashier-order';
import { formatYuan } from '../domain/format';
import {
  type Answer,
  isNotThere,
  type OrderState,
  type PaymentProvider,
  type PaymentProviders,
} from '../service-adapters/payment-provider';

/** How much later than ours the provider's clock may say that an order is over. */
const GRACE_MS = 60_000;
/** Unknown for so long after its end, an order is a person's question too; it goes on being asked about. */
const PATIENCE_MS = 24 * 3_600_000;

type Finding =
  | { readonly to: 'paid'; readonly told: OrderState }
  | { readonly to: Exclude<OrderStatus, 'paid' | 'created'> };

/** What became of the order at `nowMs`, by the provider's word; past its time it is closed there. */
async function find(provider: PaymentProvider, order: StoredOrder, nowMs: number): Promise<Finding> {
  const asked = await provider.query(order.outTradeNo);
  const finding = readAnswer(asked);
  const over = nowMs >= Date.parse(order.expiresAt) + GRACE_MS;
  if (finding.to !== 'waiting' || !over) return finding;
  // A provider that knows no such order, because no payer ever opened it, takes no money for it after its time.
  if (isNotThere(asked)) return { to: 'expired' };
  const closed = await provider.close(order.outTradeNo);
  // Refused: paid at the last moment, most likely. The next question says so.
  return closed.kind === 'ok' || isNotThere(closed) ? { to: 'expired' } : { to: 'unknown' };
}

function readAnswer(asked: Answer<OrderState>): Finding {
  if (isNotThere(asked)) return { to: 'waiting' };
  if (asked.kind !== 'ok') return { to: 'unknown' };
  if (asked.value.status === 'paid') return { to: 'paid', told: asked.value };
  return { to: asked.value.status === 'closed' ? 'expired' : 'waiting' };
}

async function store(tx: Tx, order: StoredOrder, finding: Finding): Promise<OrderStatus> {
  const { channel, outTradeNo } = order;
  if (finding.to !== 'paid') await moveOrder(tx, order.id, { to: finding.to });
  else if (finding.told.providerNumber !== null && finding.told.paidAt !== null) {
    const { providerNumber, amountFen, paidAt } = finding.told;
    const taken = await takePayment(tx, { channel, providerNumber, outTradeNo, amountFen, paidAt });
    // A person has it now; nothing more will be heard of this order.
    if (taken === 'setAside') await moveOrder(tx, order.id, { to: 'closed' });
  }
  return (await findOrder(tx, order.id))?.status ?? order.status;
}

/** Told to a person once; the watch goes on. */
async function askPerson(tx: Tx, order: StoredOrder, at: string): Promise<void> {
  const lease = await findLeaseKey(tx, order.leaseId, { scope: null });
  await openWorkOrder(tx, {
    ...{ key: `unknown-order/${order.id}`, kind: 'payment', at, leaseId: order.leaseId },
    ...{ communityId: lease?.communityId ?? null, roomId: lease?.roomId ?? null },
    title: `支付渠道一天未说明订单结果，请到商户平台核实（订单号 ${order.outTradeNo}，${formatYuan(order.amountFen)}）`,
  });
}

/** Finds out what became of an order that nothing was heard of; see {@link PaymentServices}. */
export const paymentWatch = (db: Knex, payments: PaymentProviders): PaymentServices => ({
  async askOrder({ operatorId, orderId, at }) {
    const order = await withOperator(db, operatorId, (tx) => findOrder(tx, orderId));
    if (!order) return { status: 'closed', expiresAt: null };
    const { expiresAt } = order;
    if (isOrderOver(order.status)) return { status: order.status, expiresAt };
    const nowMs = Date.parse(at);
    const provider = payments.get(order.channel);
    const finding: Finding = provider ? await find(provider, order, nowMs) : { to: 'unknown' };
    const status = await withOperator(db, operatorId, async (tx) => {
      const after = await store(tx, order, finding);
      if (after === 'unknown' && nowMs > Date.parse(expiresAt) + PATIENCE_MS) await askPerson(tx, order, at);
      return after;
    });
    return { status, expiresAt };
  },
});
