import express, { type Response, Router } from 'express';
import {
  type CashierError,
  type CashierOrder,
  type CashierRefusal,
  CreateOrder,
  RequestRefund,
} from '../../../contract/cashier';
import type { Signer } from '../../signing';
import { PAGE_HEADERS } from '../../simulator/html';
import { onlySigned, parseJson, rawText } from '../../simulator/signed-requests';
import { type Book, isOver, isRefusal, type StoredOrder } from './book';
import type { Notifier } from './notifier';
import { cashierPage, unknownOrderPage } from './pages';

export type CashierRoutesOptions = {
  readonly book: Book;
  readonly notifier: Notifier;
  readonly sign: Signer;
  readonly merchantPublicPem: string;
  /** Where payers reach the pages, without a slash at its end. */
  readonly publicUrl: string;
};

const REFUSAL_STATUS: Record<CashierRefusal, number> = {
  InvalidRequest: 400,
  InvalidSignature: 401,
  OrderNotFound: 404,
  OrderConflict: 409,
  OrderNotPaid: 409,
  OrderPaid: 409,
  RefundNotFound: 404,
  RefundConflict: 409,
  RefundExceedsPayment: 409,
};

function describe(options: CashierRoutesOptions, order: StoredOrder): CashierOrder {
  const { outTradeNo, amountFen, attach } = order.request;
  const refundedFen = options.book.refundedFen(outTradeNo);
  const paid = refundedFen === amountFen ? 'refunded' : 'paid';
  const unpaid = isOver(order, new Date().toISOString()) ? 'closed' : 'pending';
  return {
    outTradeNo,
    amountFen,
    status: order.paidAt === null ? unpaid : paid,
    cashierUrl: `${options.publicUrl}/cashier/${order.token}`,
    providerNumber: order.providerNumber,
    paidAt: order.paidAt,
    refundedFen,
    attach: attach ?? null,
  };
}

const answers = (sign: Signer) => {
  const send = (res: Response, status: number, value: object) => {
    const body = JSON.stringify(value);
    res
      .status(status)
      .set(sign('message', body, Date.now()))
      .type('application/json')
      .send(body);
  };
  const refuse = (res: Response, code: CashierRefusal, message: string = code) =>
    send(res, REFUSAL_STATUS[code], { code, message } satisfies CashierError);
  return { send, refuse };
};

/** What the merchant's servers call: signed requests, signed answers. */
function merchantRoutes(options: CashierRoutesOptions): Router {
  const { book } = options;
  const { send, refuse } = answers(options.sign);
  const router = Router();
  router.use(
    ['/orders', '/refunds', '/book'],
    express.raw({ type: () => true, limit: '64kb' }),
    onlySigned(options.merchantPublicPem, (res, why) => refuse(res, 'InvalidSignature', why)),
  );
  router.post('/orders', (req, res) => {
    const request = CreateOrder.safeParse(parseJson(rawText(req.body)));
    if (!request.success) return refuse(res, 'InvalidRequest', request.error.message);
    const order = book.order(request.data);
    return isRefusal(order) ? refuse(res, order) : send(res, 200, describe(options, order));
  });
  router.get('/orders/:outTradeNo', (req, res) => {
    const order = book.find(String(req.params.outTradeNo));
    return order === undefined ? refuse(res, 'OrderNotFound') : send(res, 200, describe(options, order));
  });
  router.post('/orders/:outTradeNo/closure', (req, res) => {
    const order = book.close(String(req.params.outTradeNo));
    return isRefusal(order) ? refuse(res, order) : send(res, 200, describe(options, order));
  });
  router.get('/refunds/:outRefundNo', (req, res) => {
    const refund = book.findRefund(String(req.params.outRefundNo));
    return isRefusal(refund) ? refuse(res, refund) : send(res, 200, refund);
  });
  router.post('/refunds', (req, res) => {
    const request = RequestRefund.safeParse(parseJson(rawText(req.body)));
    if (!request.success) return refuse(res, 'InvalidRequest', request.error.message);
    const refund = book.refund(request.data, new Date().toISOString());
    return isRefusal(refund) ? refuse(res, refund) : send(res, 200, refund);
  });
  router.get('/book', (_req, res) =>
    send(
      res,
      200,
      book.download((order) => describe(options, order)),
    ),
  );
  return router;
}

/** What the payer's browser sees. */
function payerRoutes({ book, notifier }: CashierRoutesOptions): Router {
  const router = Router();
  router.get('/cashier/:token', (req, res) => {
    const order = book.findByToken(req.params.token);
    res.status(order === undefined ? 404 : 200).set(PAGE_HEADERS);
    res.send(order === undefined ? unknownOrderPage() : cashierPage(order, new Date().toISOString()));
  });
  router.post('/cashier/:token/payment', express.urlencoded({ extended: false }), (req, res) => {
    const order = book.findByToken(req.params.token);
    if (order === undefined) return res.status(404).set(PAGE_HEADERS).send(unknownOrderPage());
    if (req.body?.result !== 'success') book.failAttempt(order);
    else {
      const paid = book.pay(order, new Date().toISOString());
      if (paid.paidAt !== null) notifier.notify(paid);
    }
    return res.redirect(303, `/cashier/${order.token}`);
  });
  return router;
}

export const cashierRoutes = (options: CashierRoutesOptions): Router =>
  Router().use(merchantRoutes(options), payerRoutes(options));
