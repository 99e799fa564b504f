import type { z } from 'zod';
import { CALLBACK_PATHS } from '../contract/http/callback-paths';
import type { cashierOrder } from '../contract/http/money';
import { findOrder, insertOrder, moveOrder, rivalsOf, type StoredOrder } from '../db/orders';
import { takePayment } from '../db/provider-payments';
import { openOf } from '../db/queries/bills';
import { withLease, withOperator } from '../db/tx';
import type { BillId, LeaseId, OperatorId, PaymentId } from '../domain/ids';
import type { OrderChannel } from '../domain/ledger-accounts';
import { isNotThere, type NewOrder, type PaymentProvider } from '../service-adapters/payment-provider';
import { Refusal } from './refusal';
import type { Services } from './services';

type Wanted = {
  readonly id: PaymentId;
  readonly leaseId: LeaseId;
  readonly leaseNumber: string;
  readonly billIds: readonly BillId[];
  readonly operatorId: OperatorId;
  /** Where the tenant wants to pay; undefined: at the first that is offered. */
  readonly channel: OrderChannel | undefined;
  /** Business time of a lease that was carried forward; null: the present. */
  readonly businessAt: string | null;
  /** Address of the payer, which WeChat Pay asks for. */
  readonly payerIp: string;
  readonly at: Date;
};

/** @throws Refusal PaymentMethodNotOffered */
function chooseProvider({ providers }: Services, channel: OrderChannel | undefined): PaymentProvider {
  const [first] = providers.values();
  const provider = channel === undefined ? first : providers.get(channel);
  if (!provider) throw new Refusal('PaymentMethodNotOffered');
  return provider;
}

/**
 * Stores an order for what the bills still want and opens it at the provider; orders that asked for the same bills before are closed first.
 * The same id again is the same order. @throws Refusal
 */
export async function openOrder(services: Services, wanted: Wanted) {
  const provider = chooseProvider(services, wanted.channel);
  const { order, rivals } = await storeOrder(services, provider, wanted);
  if (order.pageUrl !== null) return presentOrder(services, order);
  try {
    for (const rival of rivals) await withdraw(services, wanted.operatorId, rival);
  } catch (error) {
    await withOperator(services.knex, wanted.operatorId, (tx) => moveOrder(tx, order.id, { to: 'closed' }));
    throw error;
  }
  return open(services, provider, { order, wanted });
}

/** Under the lease's lock: of two orders for the same bills at the same moment, the later one sees the earlier. @throws Refusal NothingToPay */
const storeOrder = (services: Services, { channel }: PaymentProvider, wanted: Wanted) =>
  withLease(services.knex, wanted, async (tx) => {
    const { id, leaseId, billIds, businessAt } = wanted;
    const known = await findOrder(tx, id);
    if (known) return { order: known, rivals: await rivalsOf(tx, wanted) };
    const amountFen = await openOf(tx, leaseId, billIds);
    if (amountFen <= 0) throw new Refusal('NothingToPay');
    const nowMs = wanted.at.getTime();
    const order = await insertOrder(tx, { id, leaseId, billIds, amountFen, channel, businessAt, nowMs });
    return { order, rivals: await rivalsOf(tx, wanted) };
  });

/** Sends the order to its provider. Without a believable answer it may stand there all the same, so that the watch asks about it. */
async function open(
  services: Services,
  provider: PaymentProvider,
  { order, wanted }: { readonly order: StoredOrder; readonly wanted: Wanted },
) {
  const answer = await provider.open(newOrder(services, order, wanted));
  const move = (to: 'waiting' | 'unknown', pageUrl?: string) =>
    withOperator(services.knex, wanted.operatorId, async (tx) => {
      await moveOrder(tx, order.id, { to, ...(pageUrl === undefined ? {} : { pageUrl }) });
      return (await findOrder(tx, order.id)) ?? order;
    });
  if (answer.kind === 'ok' && answer.value.kind === 'page')
    return presentOrder(services, await move('waiting', answer.value.url));
  services.log.error({ channel: order.channel, order: order.id, answer }, 'the payment provider opened no order');
  if (answer.kind === 'unknown') await move('unknown');
  const detail = answer.kind === 'refused' ? `The provider refused: ${answer.code}.` : undefined;
  throw new Refusal('CashierUnavailable', detail === undefined ? { retryAfter: 5 } : { detail });
}

const newOrder = ({ publicUrl }: Services, order: StoredOrder, wanted: Wanted): NewOrder => ({
  outTradeNo: order.outTradeNo,
  amountFen: order.amountFen,
  subject: `租约 ${wanted.leaseNumber} 账单`,
  notifyUrl: `${publicUrl}${CALLBACK_PATHS[order.channel]}`,
  returnUrl: `${publicUrl}/`,
  attach: wanted.operatorId,
  expiresAt: order.expiresAt,
  way: { kind: 'page' },
  payerIp: wanted.payerIp,
});

/**
 * Closes an order that a new one takes the place of. Where the provider cannot (it knows no such order yet, or gives no word), the new one is
 * opened all the same: money that still arrives for the old one is booked, and a person is told. @throws Refusal NothingToPay when the old
 * one turns out to have been paid
 */
async function withdraw(services: Services, operatorId: OperatorId, rival: StoredOrder): Promise<void> {
  const { outTradeNo, channel } = rival;
  const provider = services.providers.get(channel);
  const closed = (await provider?.close(outTradeNo)) ?? { kind: 'ok' };
  if (closed.kind === 'unknown') return; // the watch goes on asking
  if (closed.kind === 'refused' && !isNotThere(closed)) {
    const asked = await provider?.query(outTradeNo);
    if (asked?.kind !== 'ok') return;
    const { status, providerNumber, amountFen, paidAt } = asked.value;
    if (status === 'waiting') return;
    if (status === 'paid' && providerNumber !== null && paidAt !== null) {
      const told = { channel, providerNumber, outTradeNo, amountFen, paidAt };
      await withOperator(services.knex, operatorId, (tx) => takePayment(tx, told));
      throw new Refusal('NothingToPay', { detail: 'An earlier order for these bills has just been paid.' });
    }
  }
  await withOperator(services.knex, operatorId, (tx) => moveOrder(tx, rival.id, { to: 'closed' }));
}

export const presentOrder = (services: Services, order: StoredOrder): z.output<typeof cashierOrder> => ({
  orderId: order.id,
  amountFen: order.amountFen,
  redirectUrl: order.pageUrl ?? services.publicUrl,
  status: order.status,
  channel: order.channel,
  expiresAt: order.expiresAt,
  simulated: services.providers.get(order.channel)?.simulated ?? false,
});
