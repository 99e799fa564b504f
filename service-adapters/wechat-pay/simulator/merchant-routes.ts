import express, { type Request, Router } from 'express';
import { rawText } from '../../simulator/signed-requests';
import type { BillDesk } from './bill-desk';
import type { Calls } from './calls';
import { createMerchantAnswers, type MerchantAnswersOptions } from './merchant-answers';
import { PRODUCTS } from './requests';

export type MerchantRoutesOptions = MerchantAnswersOptions & { readonly calls: Calls; readonly bills: BillDesk };

const param = (req: Request, name: string): string => {
  const value = req.params[name];
  return typeof value === 'string' ? value : '';
};
const body = (req: Request): string => rawText(req.body);

const TRANSACTIONS = '/v3/pay/transactions';
const ORDER = `${TRANSACTIONS}/out-trade-no/:no`;
const REFUNDS = '/v3/refund/domestic/refunds';

/** What the merchant's server calls: the provider's own paths. */
export function merchantRoutes({ calls, bills, ...options }: MerchantRoutesOptions): Router {
  const { answer, answerFile } = createMerchantAnswers(options);
  const router = Router();
  router.use('/v3', express.raw({ type: () => true, limit: '64kb' }));
  for (const product of PRODUCTS) {
    const open = answer('open', (req) => calls.open(product, body(req)));
    router.post(`${TRANSACTIONS}/${product}`, open);
  }
  const query = answer('query', (req) => calls.query(param(req, 'no'), req.query.mchid));
  const queryByNumber = answer('query', (req) => calls.queryByNumber(param(req, 'id'), req.query.mchid));
  const close = answer('close', (req) => calls.close(param(req, 'no'), body(req)));
  router.get(ORDER, query).get(`${TRANSACTIONS}/id/:id`, queryByNumber).post(`${ORDER}/close`, close);
  const refund = answer('refund', (req) => calls.refund(body(req)));
  const queryRefund = answer('queryRefund', (req) => calls.queryRefund(param(req, 'no')));
  router.post(REFUNDS, refund).get(`${REFUNDS}/:no`, queryRefund);
  const bill = answer('bill', (req) => bills.ask(req.query));
  const billFile = answerFile((req) => {
    const file = bills.file(req.query.token);
    return options.faults.take('bill', () => true) ? file?.replace('SUCCESS', 'SUCCESs') : file;
  });
  router.get('/v3/bill/tradebill', bill).get('/v3/billdownload/file', billFile);
  const certificates = answer('certificates', () => options.platform.certificates());
  router.get('/v3/certificates', certificates);
  return router;
}
