import type { Request } from 'express';
import { lockOrder, moveOrder, operatorOfOrder } from '../db/orders';
import { takePayment } from '../db/provider-payments';
import { takeRefundNotice } from '../db/refund-shares';
import { withOperator } from '../db/tx';
import { type OperatorId, parseId } from '../domain/ids';
import type { OrderChannel } from '../domain/ledger-accounts';
import type { Acknowledgement, Notice } from '../service-adapters/payment-provider';
import { Refusal } from './refusal';
import type { Services } from './services';

const MOST_BYTES = 64 * 1024;

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

const asOperator = (text: string | null): OperatorId | undefined => {
  try {
    return text === null ? undefined : parseId<'operator'>(text);
  } catch {
    return undefined;
  }
};

type Told = Extract<Notice, { kind: 'payment' | 'refund' }>;

/** Ours is what the order says; the provider echoes the operator for an order that is none of ours, so that it can be set aside there. */
async function operatorOf({ knex }: Services, notice: Told): Promise<OperatorId> {
  const outTradeNo = notice.kind === 'payment' ? notice.order.outTradeNo : notice.outTradeNo;
  const owner = await operatorOfOrder(knex, outTradeNo);
  const named = notice.kind === 'payment' ? asOperator(notice.order.attach) : undefined;
  const operatorId = owner ?? named;
  if (!operatorId)
    throw new Refusal('NotFound', { detail: 'The notification names no order and no operator of ours.' });
  return operatorId;
}

async function take(services: Services, channel: OrderChannel, notice: Told): Promise<void> {
  const operatorId = await operatorOf(services, notice);
  await withOperator(services.knex, operatorId, async (tx) => {
    if (notice.kind === 'refund') return takeRefundNotice(tx, { channel, ...notice });
    const { status, outTradeNo, providerNumber, amountFen, paidAt } = notice.order;
    if (status === 'paid' && providerNumber !== null && paidAt !== null)
      return void (await takePayment(tx, { channel, providerNumber, outTradeNo, amountFen, paidAt }));
    const order = status === 'closed' ? await lockOrder(tx, { channel, outTradeNo }) : undefined;
    if (order) await moveOrder(tx, order.id, { to: 'expired' });
  });
}

/**
 * What a provider reports: believed only under its signature, stored once by its number with the message to the lease, and set aside when it
 * does not fit the order. @returns what the provider wants to hear, so that it stops reporting. @throws Refusal
 */
export async function takeNotice(
  services: Services,
  channel: OrderChannel,
  { req, at }: { readonly req: Request; readonly at: Date },
): Promise<Acknowledgement> {
  const provider = services.providers.get(channel);
  if (!provider) throw new Refusal('BadSignature', { detail: 'Payments of this provider are not taken here.' });
  const read = provider.readNotice({ body: await readText(req), headers: req.headers, nowMs: at.getTime() });
  if (!read.ok) throw new Refusal('BadSignature', { detail: `The notification was refused: ${read.code}.` });
  const { notice } = read;
  if (notice.kind === 'other') services.log.info({ channel, what: notice.what }, 'a notification of no consequence');
  else await take(services, channel, notice);
  return provider.acknowledge(true);
}
