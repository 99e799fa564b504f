import type { Request } from 'express';
import type { CashierOrder } from '../contract/cashier';
import { storePayment } from '../db/payments';
import {
  findOrder,
  insertOrder,
  lockOrder,
  markOrderPaid,
  openOf,
  providerNumberOf,
  quarantine,
  type StoredOrder,
} from '../db/queries/bills';
import { findLeaseKey } from '../db/queries/leases';
import { type Tx, withOperator } from '../db/tx';
import { openWorkOrder } from '../db/work-orders';
import { formatYuan } from '../domain/format';
import { type BillId, type LeaseId, type OperatorId, type PaymentId, parseId } from '../domain/ids';
import { NOTIFICATION_ACCEPTED, type VerifiedPayment, verifyNotification } from '../service-adapters/cashier/callback';
import type { GatewayAnswer } from '../service-adapters/payment-gateway';
import { idFrom } from './idempotency';
import { Refusal } from './refusal';
import type { Services } from './services';

/** Our number of an order at the cashier names the order; `attach` brings the operator back to us. */
const CHANNEL = 'simulator';
const MOST_BYTES = 64 * 1024;

async function unlessDown<T>(services: Services, work: Promise<GatewayAnswer<T>>): Promise<T> {
  const answer = await work.catch((err) => {
    services.log.error({ err }, 'the cashier did not answer');
    throw new Refusal('CashierUnavailable', { retryAfter: 5 });
  });
  if (!answer.ok) throw new Refusal('CashierUnavailable', { detail: `The cashier refused: ${answer.code}.` });
  return answer.value;
}

type Wanted = {
  readonly id: PaymentId;
  readonly leaseId: LeaseId;
  readonly leaseNumber: string;
  readonly billIds: readonly BillId[];
  readonly operatorId: OperatorId;
  /** Business time of a lease that was carried forward; null: the present. */
  readonly businessAt: string | null;
};

/** Stores an order for what the bills still want and opens it at the cashier. The same id again is the same order. @throws Refusal */
export async function openOrder(services: Services, wanted: Wanted) {
  const { id, leaseId, billIds, operatorId, businessAt } = wanted;
  const order = await withOperator(services.knex, operatorId, async (tx): Promise<StoredOrder> => {
    const known = await findOrder(tx, id);
    if (known) return known;
    const amountFen = await openOf(tx, leaseId, billIds);
    if (amountFen <= 0) throw new Refusal('NothingToPay');
    await insertOrder(tx, { id, leaseId, billIds, amountFen });
    return { id, leaseId, amountFen, status: 'open' };
  });
  const opened = await unlessDown<CashierOrder>(
    services,
    services.cashier.gateway.createOrder({
      outTradeNo: id,
      amountFen: order.amountFen,
      subject: `租约 ${wanted.leaseNumber} 账单`,
      notifyUrl: `${services.publicUrl}/callbacks/cashier`,
      returnUrl: `${services.publicUrl}/`,
      attach: operatorId,
      ...(businessAt === null ? {} : { businessAt }),
    }),
  );
  return presentOrder(services, order, opened.cashierUrl);
}

export const presentOrder = (services: Services, order: StoredOrder, redirectUrl: string) => ({
  orderId: order.id,
  amountFen: order.amountFen,
  redirectUrl,
  status: order.status,
  simulated: services.cashier.gateway.simulated,
});

async function readText(req: Request): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new Refusal('BodyTooLarge');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Whom a payment concerns that a person has to look into; without a lease it is the whole operator's. */
async function askPerson(tx: Tx, payment: VerifiedPayment, leaseId: LeaseId | undefined, about: Question) {
  const lease = leaseId && (await findLeaseKey(tx, leaseId, { scope: null }));
  const { providerNumber, paidAt } = payment;
  await openWorkOrder(tx, {
    ...{ key: `${about.topic}/${CHANNEL}/${providerNumber}`, kind: 'payment', at: paidAt },
    ...{ communityId: lease?.communityId ?? null, leaseId: lease?.id ?? null, roomId: lease?.roomId ?? null },
    title: `${about.text}（流水号 ${providerNumber}，${formatYuan(payment.amountFen)}）`,
  });
}

type Question = { readonly topic: string; readonly text: string };

/** Money that fits no order of ours: kept apart, with a work order for whoever looks into it. */
async function setAside(tx: Tx, payment: VerifiedPayment, order: StoredOrder | undefined): Promise<void> {
  const { providerNumber, amountFen, paidAt, outTradeNo } = payment;
  const why = order ? 'amountDiffers' : 'unknownOrder';
  await quarantine(tx, { channel: CHANNEL, providerNumber, orderNumber: outTradeNo, amountFen, paidAt, why });
  const text = order ? '到账金额与订单不符，请核实' : '收到无法对应订单的款项，请核实';
  await askPerson(tx, payment, order?.leaseId, { topic: 'quarantine', text });
}

/**
 * Stores what was paid for an order. When the order has been paid before under another number, the money is real all the same and becomes
 * the lease's credit; the cashier knows no order by its id, so that only a person can send it back where it came from.
 */
async function book(tx: Tx, payment: VerifiedPayment, order: StoredOrder): Promise<void> {
  const { providerNumber, amountFen, paidAt } = payment;
  const paidAs = await providerNumberOf(tx, order.id);
  const again = paidAs !== undefined && paidAs !== providerNumber;
  const id: PaymentId = again
    ? idFrom(['payment', tx.operatorId, CHANNEL, providerNumber], new Date(paidAt))
    : order.id;
  const { leaseId } = order;
  await storePayment(tx, { id, leaseId, channel: CHANNEL, providerNumber, amountFen, paidAt });
  await markOrderPaid(tx, order.id);
  if (!again) return;
  await askPerson(tx, payment, leaseId, {
    topic: 'paid-again',
    text: '同一订单重复付款，已计入租约余额，请核实是否退回',
  });
}

const asId = <Kind extends string>(text: string | null): ReturnType<typeof parseId<Kind>> | undefined => {
  try {
    return text === null ? undefined : parseId<Kind>(text);
  } catch {
    return undefined;
  }
};

/**
 * A payment that the cashier reports: believed only under its signature, stored once by its number with the message to the lease, and set
 * aside when it does not fit the order. @returns what the cashier wants to hear, so that it stops reporting. @throws Refusal
 */
export async function takeNotification(services: Services, req: Request, at: Date): Promise<string> {
  const received = { body: await readText(req), headers: req.headers, nowMs: at.getTime() };
  const verified = verifyNotification(received, services.cashier.providerPublicPem);
  if (!verified.ok) throw new Refusal('BadSignature', { detail: `The notification was refused: ${verified.code}.` });
  const { payment } = verified;
  const operatorId = asId<'operator'>(payment.attach);
  if (!operatorId) throw new Refusal('NotFound', { detail: 'The notification names no operator of ours.' });
  await withOperator(services.knex, operatorId, async (tx) => {
    const id = asId<'payment'>(payment.outTradeNo);
    const order = id && (await lockOrder(tx, id));
    if (!order || order.amountFen !== payment.amountFen) return setAside(tx, payment, order);
    await book(tx, payment, order);
  });
  return NOTIFICATION_ACCEPTED;
}
