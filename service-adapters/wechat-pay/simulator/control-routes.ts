import { timingSafeEqual } from 'node:crypto';
import express, { type RequestHandler, Router } from 'express';
import type { Book } from './book';
import { refundOf, transactionOf } from './contents';
import { Fault, type Faults } from './faults';
import type { Platform } from './platform';

export type ControlRoutesOptions = {
  readonly token: string;
  readonly book: Book;
  readonly faults: Faults;
  readonly platform: Platform;
};

const onlyWith =
  (token: string): RequestHandler =>
  (req, res, next) => {
    const given = Buffer.from(req.get('authorization') ?? '');
    const wanted = Buffer.from(`Bearer ${token}`);
    if (given.length === wanted.length && timingSafeEqual(given, wanted)) next();
    else res.status(401).json({ code: 'Unauthorized' });
  };

/** For tests, demos and the chaos run, from another process: faults on request, rotation, and the whole book to compare with. */
export function controlRoutes({ token, book, faults, platform }: ControlRoutesOptions): Router {
  const control = Router();
  control.use(onlyWith(token), express.json({ limit: '16kb' }));
  control.get('/faults', (_req, res) => void res.json(faults.list()));
  control.post('/faults', (req, res) => {
    const fault = Fault.safeParse(req.body);
    if (!fault.success) return res.status(400).json({ code: 'InvalidFault', message: fault.error.message });
    faults.add(fault.data);
    return res.status(204).end();
  });
  control.delete('/faults', (_req, res) => {
    faults.clear();
    res.status(204).end();
  });
  control.post('/rotation', (_req, res) => void res.json({ serial_no: platform.rotate() }));
  control.get('/book', (_req, res) => {
    const refunds = book.refunds().flatMap((refund) => {
      const order = book.find(refund.outTradeNo);
      return order === undefined ? [] : [refundOf(refund, order)];
    });
    const notices = book.notices().map(({ id, eventType, outcome }) => ({ id, eventType, outcome }));
    res.json({ orders: book.orders().map(transactionOf), refunds, notices });
  });
  return Router().use('/wechat-pay/control', control);
}
