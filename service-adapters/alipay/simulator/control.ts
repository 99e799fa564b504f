import { createHash, timingSafeEqual } from 'node:crypto';
import express, { Router } from 'express';
import { settle } from './cashier';
import { Fault } from './faults';
import type { NoticeStore } from './notice-store';
import { finishRefund } from './refund-methods';
import type { State } from './state';

/** What the provider holds, for whoever compares its book with ours. Amounts in fen, times ISO. */
export type AlipayBook = {
  readonly trades: readonly {
    readonly outTradeNo: string;
    readonly tradeNo: string | null;
    readonly amountFen: number;
    readonly status: string;
    readonly paidAt: string | null;
    readonly refunds: readonly { readonly requestNo: string; readonly amountFen: number; readonly done: boolean }[];
  }[];
  readonly transfers: readonly {
    readonly outBizNo: string;
    readonly amountFen: number;
    readonly status: string;
  }[];
  readonly notices: readonly {
    readonly id: string;
    readonly outTradeNo: string;
    readonly tries: number;
    readonly state: string;
  }[];
};

export function bookOf(state: State, store: NoticeStore): AlipayBook {
  return {
    trades: state.book.all().map(({ request, tradeNo, status, paidAt, refunds }) => ({
      outTradeNo: request.outTradeNo,
      tradeNo,
      amountFen: request.amountFen,
      status,
      paidAt: paidAt === null ? null : new Date(paidAt).toISOString(),
      refunds: refunds.map(({ requestNo, amountFen, doneAt }) => ({ requestNo, amountFen, done: doneAt !== null })),
    })),
    transfers: state.transfers.all().map(({ request, status }) => ({
      outBizNo: request.outBizNo,
      amountFen: request.amountFen,
      status,
    })),
    notices: store.all().map(({ id, fields, tries, state: noticeState }) => ({
      id,
      outTradeNo: fields.out_trade_no ?? '',
      tries,
      state: noticeState,
    })),
  };
}

/** Ends everything that a bank was at. */
export function settleAll(state: State): void {
  for (const { request } of state.transfers.all()) state.transfers.end(request.outBizNo, state.now());
  for (const trade of state.book.all()) {
    if (trade.status === 'PAYING') settle(state, trade);
    for (const { requestNo, doneAt } of trade.refunds)
      if (doneAt === null) finishRefund(state, trade.request.outTradeNo, requestNo);
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Faults to order and the book to read, for whoever has the key (`Authorization: Bearer`). The real Alipay has nothing of the kind. */
export function controlRoutes(state: State, store: NoticeStore, controlKey: string): Router {
  const router = Router();
  router.use('/alipay/control', express.json({ limit: '64kb' }), (req, res, next) => {
    const given = req.get('authorization')?.replace(/^Bearer /, '') ?? '';
    if (timingSafeEqual(digest(given), digest(controlKey))) return next();
    return void res.status(401).json({ code: 'Unauthorized' });
  });
  router.get('/alipay/control/faults', (_req, res) => void res.json(state.faults.list()));
  router.post('/alipay/control/faults', (req, res) => {
    const fault = Fault.safeParse(req.body);
    if (!fault.success) return void res.status(400).json({ code: 'InvalidFault', message: fault.error.message });
    state.faults.arm(fault.data);
    return void res.status(204).end();
  });
  router.delete('/alipay/control/faults', (_req, res) => {
    state.faults.clear();
    res.status(204).end();
  });
  router.post('/alipay/control/settlement', (_req, res) => {
    settleAll(state);
    res.status(204).end();
  });
  router.get('/alipay/control/book', (_req, res) => void res.json(bookOf(state, store)));
  return router;
}
