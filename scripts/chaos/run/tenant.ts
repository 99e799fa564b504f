import type { PaymentNotification } from '../../../contract/cashier';
import { insertOrder } from '../../../db/orders';
import { withOperator } from '../../../db/tx';
import { outTradeNoOf } from '../../../domain/cashier-order';
import type { LeaseId } from '../../../domain/ids';
import { fen } from '../../../domain/money';
import { NOTIFICATION_ACCEPTED } from '../../../service-adapters/cashier/callback';
import { payAtCashier } from '../../../service-adapters/cashier/pay-at-cashier';
import { demoId } from '../../seed/demo-ids';
import type { Deed } from '../scenario';
import { insist } from './patience';
import type { Stage } from './stage';

export type Payment = Extract<Deed, { kind: 'pay' }>;

/** Our number of a scripted payment: the same on every try, so that a tenant who tries again does not pay twice. */
export const paymentIdOf = (leaseId: LeaseId, number: string) => demoId<'payment'>(`${leaseId}/${number}`);

/**
 * The tenant pays at the cashier's page; the cashier tells the platform, as often as the script says and until somebody listens; then the
 * money has to reach the lease.
 */
export async function payAsScripted(stage: Stage, leaseId: LeaseId, deed: Payment): Promise<void> {
  const { knex, world, gateway, scratch } = stage;
  const { operatorId } = world;
  const id = paymentIdOf(leaseId, deed.number);
  const amountFen = fen(deed.amountFen);
  const what = `payment ${deed.number}`;
  await insist(`${what}: an order`, async () => {
    const order = { id, leaseId, billIds: [], amountFen, channel: 'simulator', businessAt: null } as const;
    await withOperator(knex, operatorId, (tx) => insertOrder(tx, { ...order, nowMs: Date.now() }));
    return true;
  });
  const paidAt = new Date(deed.paidAt).toISOString();
  const outTradeNo = outTradeNoOf(id);
  const order = await insist(`${what}: the cashier`, async () => {
    const answer = await gateway.createOrder({
      ...{ outTradeNo, amountFen, subject: '租约账单', attach: operatorId, businessAt: paidAt },
      notifyUrl: `${scratch.apiUrl}/callbacks/cashier`,
    });
    return answer.ok ? answer.value : null;
  });
  await insist(`${what}: the cashier's page`, () => payAtCashier(order.cashierUrl, 'success').then(() => true));
  const paid = await insist(`${what}: the cashier's word`, async () => {
    const answer = await gateway.queryOrder(outTradeNo);
    return answer.ok && answer.value.providerNumber ? answer.value.providerNumber : null;
  });
  const notice = {
    event: 'paid',
    providerNumber: paid,
    outTradeNo,
    amountFen,
    paidAt,
    attach: operatorId,
  } as const;
  for (let n = 0; n < deed.notices; n += 1) await insist(`${what}: notice ${n + 1}`, () => notify(stage, notice));
  await insist(`${what}: the lease`, async () => (await isApplied(stage, id)) || null);
}

/** The provider's own message once more, whatever its first one met. */
async function notify({ scratch, signAsProvider }: Stage, notice: PaymentNotification): Promise<true | null> {
  const body = JSON.stringify(notice);
  const response = await fetch(`${scratch.apiUrl}/callbacks/cashier`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...signAsProvider('message', body, Date.now()) },
    body,
    signal: AbortSignal.timeout(5_000),
  });
  return response.ok && (await response.text()).trim() === NOTIFICATION_ACCEPTED ? true : null;
}

async function isApplied({ knex, world }: Stage, id: ReturnType<typeof paymentIdOf>): Promise<boolean> {
  const rows = await withOperator(knex, world.operatorId, (tx) =>
    tx.query(`SELECT 1 FROM payment WHERE id = $1 AND status = 'applied'`, [id]),
  );
  return rows.length > 0;
}
