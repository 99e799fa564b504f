import type { Request } from 'express';
import type { CashierOrder } from '../contract/cashier';
import { storePayment } from '../db/payments';
import { findOrder, insertOrder, markOrderPaid, openOf, quarantine, type StoredOrder } from '../db/queries/bills';
import { findLeaseKey } from '../db/queries/leases';
import { type Tx, withOperator } from '../db/tx';
import { openWorkOrder } from '../db/work-orders';
import { type BillId, type LeaseId, type OperatorId, type PaymentId, parseId } from '../domain/ids';
import { NOTIFICATION_ACCEPTED, type VerifiedPayment, verifyNotification } from '../service-adapters/cashier/callback';
import type { GatewayAnswer } from '../service-adapters/payment-gateway';
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

/** Money that fits no order of ours: kept apart, with a work order for whoever looks into it. */
async function setAside(tx: Tx, payment: VerifiedPayment, order: StoredOrder | undefined): Promise<void> {
  const { providerNumber, amountFen, paidAt, outTradeNo } = payment;
  const why = order ? 'amountDiffers' : 'unknownOrder';
  await quarantine(tx, { channel: CHANNEL, providerNumber, orderNumber: outTradeNo, amountFen, paidAt, why });
  const lease = order && (await findLeaseKey(tx, order.leaseId, { scope: null }));
  if (!lease) return;
  await openWorkOrder(tx, {
    ...{ key: `quarantine/${CHANNEL}/${providerNumber}`, kind: 'payment', at: paidAt },
    ...{ communityId: lease.communityId, leaseId: lease.id, roomId: lease.roomId },
    title: `到账金额与订单不符，请核实（流水号 ${providerNumber}）`,
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
    const order = id && (await findOrder(tx, id));
    if (!order || order.amountFen !== payment.amountFen) return setAside(tx, payment, order);
    const { providerNumber, amountFen, paidAt } = payment;
    await storePayment(tx, {
      id: order.id,
      leaseId: order.leaseId,
      channel: CHANNEL,
      providerNumber,
      amountFen,
      paidAt,
    });
    await markOrderPaid(tx, order.id);
  });
  return NOTIFICATION_ACCEPTED;
}
