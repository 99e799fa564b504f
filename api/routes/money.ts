import { ROUTES } from '../../contract/http/routes';
import { storePayment } from '../../db/payments';
import * as bills from '../../db/queries/bills';
import type { PaymentId } from '../../domain/ids';
import type { OrderChannel } from '../../domain/ledger-accounts';
import { note } from '../audit';
import type { Bytes, Call } from '../call';
import { orderBy } from '../cursor';
import { accessLease, leaseNow } from '../lease-access';
import { byId, flag, paged } from '../paged';
import { takeNotice } from '../payment-notices';
import { found, Refusal } from '../refusal';
import { on } from '../router';

const byPaid = orderBy<{ readonly paidAt: string; readonly channel: string; readonly providerNumber: string }>(
  ['instant', 'text', 'text'],
  ({ paidAt, channel, providerNumber }) => [paidAt, channel, providerNumber],
);

const CHANNELS = { cash: 'cash', bankTransfer: 'bank' } as const;

async function heard(
  channel: OrderChannel,
  { services, req, at }: Pick<Call, 'services' | 'req' | 'at'>,
): Promise<Bytes> {
  const { status, contentType, body } = await takeNotice(services, channel, { req, at });
  return { bytes: Buffer.from(body), fileName: 'answer', status, type: contentType };
}

export const moneyRoutes = [
  on(ROUTES.listBills, ({ query, scope, tx }) =>
    tx((open) => {
      const filter = { ...query, open: flag(query.open), overdue: flag(query.overdue) };
      return paged(query, (page) => bills.listBills(open, { scope }, filter, page), byId);
    }),
  ),

  on(ROUTES.showBill, async ({ params: { id }, scope, tx }) =>
    found(await tx((open) => bills.findBill(open, id, { scope }))),
  ),

  on(ROUTES.listPayments, ({ query, scope, tx }) =>
    tx((open) => paged(query, (page) => bills.listPayments(open, { scope }, query, page), byId)),
  ),

  on(ROUTES.listQuarantinedPayments, ({ query, scope, tx }) =>
    tx((open) => paged(query, (page) => bills.listQuarantined(open, scope, page), byPaid)),
  ),

  on(ROUTES.recordPayment, async ({ params, actor, body, scope, tx, businessId, at }) => {
    const id: PaymentId = businessId('payment');
    return tx(async (open) => {
      const now = leaseNow(await accessLease(open, params.id, { scope }), at);
      const paidAt = body.paidAt === undefined ? now : new Date(body.paidAt);
      if (paidAt > now) throw new Refusal('PaymentInFuture');
      const { amountFen, reference } = body;
      const facts = {
        id,
        leaseId: params.id,
        channel: CHANNELS[body.channel],
        amountFen,
        paidAt: paidAt.toISOString(),
      };
      const { paymentId, duplicate } = await storePayment(open, { ...facts, providerNumber: reference });
      if (!duplicate) {
        const subject = { kind: 'payment', id: paymentId };
        await note(open, actor, { action: 'payment.record', subject, after: { ...facts, reference } });
      }
      return { paymentId, status: 'stored', duplicate };
    });
  }),

  on(ROUTES.cashierCallback, (call) => heard('simulator', call)),
  on(ROUTES.alipayCallback, (call) => heard('alipay', call)),
  on(ROUTES.wechatPayCallback, (call) => heard('wechat', call)),
];
