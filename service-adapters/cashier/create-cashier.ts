import type { CashierOrder, CashierRefund, CashierRefusal } from '../../contract/cashier';
import { fen } from '../../domain/money';
import type {
  Acknowledgement,
  Answer,
  NoticeAnswer,
  OpenedOrder,
  OrderState,
  PaymentProvider,
  Received,
  RefundState,
} from '../payment-provider';
import { NOTIFICATION_ACCEPTED, type NotificationRefusal, verifyNotification } from './callback';
import { type CashierAnswer, type CashierClientOptions, createCashierClient } from './client';

/** The cashier's word in the terms of any provider. A line that is down leaves open what happened, and so does a request it calls unsigned. */
async function ask<T, U>(asking: Promise<CashierAnswer<T>>, read: (value: T) => U): Promise<Answer<U>> {
  try {
    const answer = await asking;
    if (answer.ok) return { kind: 'ok', value: read(answer.value) };
    return answer.code === 'InvalidSignature' ? { kind: 'unknown', why: answer.code } : refused(answer.code);
  } catch (error) {
    return { kind: 'unknown', why: String(error) };
  }
}

const refused = (code: CashierRefusal): Answer<never> => ({ kind: 'refused', code, message: `收银台拒绝：${code}` });

const STATUSES = { pending: 'waiting', paid: 'paid', refunded: 'paid', closed: 'closed' } as const;

const orderState = ({ outTradeNo, amountFen, status, providerNumber, paidAt, attach }: CashierOrder): OrderState => ({
  ...{ outTradeNo, amountFen: fen(amountFen), status: STATUSES[status], providerNumber, paidAt, attach },
});

const refundState = (refund: CashierRefund): RefundState => ({
  outRefundNo: refund.outRefundNo,
  status: 'done',
  amountFen: fen(refund.amountFen),
  providerNumber: refund.providerRefundNumber,
  doneAt: refund.refundedAt,
});

const NOTICE_REFUSALS = {
  MissingSignature: 'BadSignature',
  BadSignature: 'BadSignature',
  StaleTimestamp: 'Stale',
  MalformedBody: 'Unreadable',
} as const satisfies Record<NotificationRefusal, Extract<NoticeAnswer, { ok: false }>['code']>;

function readNotice(received: Received, providerPublicPem: string): NoticeAnswer {
  const verified = verifyNotification(received, providerPublicPem);
  if (!verified.ok) return { ok: false, code: NOTICE_REFUSALS[verified.code], why: verified.code };
  const order = { ...verified.payment, status: 'paid' } as const;
  return { ok: true, notice: { kind: 'payment', noticeId: order.providerNumber, order } };
}

const acknowledge = (taken: boolean): Acknowledgement => ({
  status: 200,
  contentType: 'text/plain; charset=utf-8',
  body: taken ? NOTIFICATION_ACCEPTED : 'fail',
});

/** The demo's own cashier as a payment provider: a page with two buttons, and refunds that are done at once. No money moves. */
export function createCashier(options: CashierClientOptions): PaymentProvider {
  const client = createCashierClient(options);
  return {
    channel: 'simulator',
    simulated: true,
    open: async ({ outTradeNo, amountFen, subject, notifyUrl, returnUrl, attach, expiresAt, way }) => {
      if (way.kind !== 'page') return refused('InvalidRequest');
      const order = { outTradeNo, amountFen, subject, notifyUrl, returnUrl, attach, expiresAt };
      return ask(client.createOrder(order), ({ cashierUrl }): OpenedOrder => ({ kind: 'page', url: cashierUrl }));
    },
    query: (outTradeNo) => ask(client.queryOrder(outTradeNo), orderState),
    close: (outTradeNo) => ask(client.closeOrder(outTradeNo), () => null),
    refund: ({ outRefundNo, outTradeNo, amountFen, reason }) =>
      ask(client.refund({ outRefundNo, outTradeNo, amountFen, reason }), refundState),
    queryRefund: ({ outRefundNo }) => ask(client.queryRefund(outRefundNo), refundState),
    readNotice: (received) => readNotice(received, options.providerPublicPem),
    acknowledge,
  };
}
