import { type Request, Router } from 'express';
import { rawText } from '../../simulator/signed-requests';
import type { BillDesk } from './bill-desk';
import type { Calls } from './calls';
import type { Faults } from './faults';
import type { MerchantAnswers } from './merchant-answers';
import type { Platform } from './platform';
import { PRODUCTS } from './requests';

export type MerchantRoutesOptions = {
  readonly answers: MerchantAnswers;
  readonly calls: Calls;
  readonly bills: BillDesk;
  readonly faults: Faults;
  readonly platform: Platform;
};

const param = (req: Request, name: string): string => {
  const value = req.params[name];
  return typeof value === 'string' ? value : '';
};
const body = (req: Request): string => rawText(req.body);

const TRANSACTIONS = '/v3/pay/transactions';
const ORDER = `${TRANSACTIONS}/out-trade-no/:no`;
const REFUNDS = '/v3/refund/domestic/refunds';

/** What the merchant's server calls: the provider's own paths. */
export function merchantRoutes({ answers, calls, bills, faults, platform }: MerchantRoutesOptions): Router {
  const { answer, answerFile } = answers;
  const router = Router();
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
    return faults.take('bill', () => true) ? file?.replace('SUCCESS', 'SUCCESs') : file;
  });
  router.get('/v3/bill/tradebill', bill).get('/v3/billdownload/file', billFile);
  const certificates = answer('certificates', () => platform.certificates());
  router.get('/v3/certificates', certificates);
  return router;
}
