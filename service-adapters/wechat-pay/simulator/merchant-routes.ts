import express, { type Request, type Response, Router } from 'express';
import { rawText } from '../../simulator/signed-requests';
import type { Calls, Outcome } from './calls';
import type { CallName, Faults } from './faults';
import { type KnownMerchant, merchantSignatureCheck } from './merchant-signature';
import type { Platform } from './platform';
import { isRefusal, type Refusal, refusal, statusOf } from './refusals';
import { PRODUCTS } from './requests';

export type MerchantRoutesOptions = {
  readonly calls: Calls;
  readonly faults: Faults;
  readonly platform: Platform;
  readonly merchant: KnownMerchant;
  readonly now: () => number;
};

const textOf = (outcome: Outcome): string => {
  if (outcome === undefined) return '';
  return JSON.stringify(isRefusal(outcome) ? { code: outcome.refused, message: outcome.message } : outcome);
};
const codeOf = (outcome: Outcome): number => {
  if (outcome === undefined) return 204;
  return isRefusal(outcome) ? statusOf(outcome) : 200;
};

const param = (req: Request, name: string): string => {
  const value = req.params[name];
  return typeof value === 'string' ? value : '';
};

/** A line that is silent for longer than any client waits, then gone. */
const SILENCE_MS = 60_000;

function beSilent(res: Response): void {
  const timer = setTimeout(() => res.destroy(), SILENCE_MS).unref();
  res.on('close', () => clearTimeout(timer));
}

/** What the merchant's server calls: the provider's own paths. */
export function merchantRoutes({ calls, faults, platform, merchant, now }: MerchantRoutesOptions): Router {
  const check = merchantSignatureCheck(merchant);

  const send = (req: Request, res: Response, outcome: Outcome, how?: 'wrong-signature' | 'unsigned' | 'stale') => {
    const body = textOf(outcome);
    const serial = req.get('wechatpay-serial');
    if (how === 'wrong-signature') res.set(platform.signFalsely(body));
    else if (how !== 'unsigned') res.set(platform.sign(body, { serial, ...(how ? { atMs: now() - 600_000 } : {}) }));
    res.status(codeOf(outcome)).type('application/json').send(body);
  };
  /** Refusals of whoever signs wrongly carry no signature of the provider. */
  const refuseUnsigned = (res: Response, refused: Refusal) =>
    void res.status(statusOf(refused)).type('application/json').send(textOf(refused));

  const answer = (call: CallName, perform: (req: Request) => Outcome) => (req: Request, res: Response) => {
    const { method, originalUrl: path } = req;
    const why = check({ method, path, authorization: req.get('authorization'), body: rawText(req.body) }, now());
    if (why !== undefined) return refuseUnsigned(res, refusal('SIGN_ERROR', why));
    const fault = faults.take('answer', (one) => one.call === undefined || one.call === call);
    if (fault?.how === 'http-500') return refuseUnsigned(res, refusal('SYSTEM_ERROR'));
    if (fault?.how === 'rate-limited') return send(req, res, refusal('FREQUENCY_LIMITED'));
    if (fault?.how === 'time-out') return beSilent(res);
    const outcome = perform(req);
    return fault?.how === 'time-out-after-success' ? beSilent(res) : send(req, res, outcome, fault?.how);
  };

  const router = Router();
  router.use('/v3', express.raw({ type: () => true, limit: '64kb' }));
  for (const product of PRODUCTS) {
    router.post(
      `/v3/pay/transactions/${product}`,
      answer('open', (req) => calls.open(product, rawText(req.body))),
    );
  }
  const order = '/v3/pay/transactions/out-trade-no/:no';
  router.get(
    order,
    answer('query', (req) => calls.query(param(req, 'no'), req.query.mchid)),
  );
  router.post(
    `${order}/close`,
    answer('close', (req) => calls.close(param(req, 'no'), rawText(req.body))),
  );
  const byNumber = answer('query', (req) => calls.queryByNumber(param(req, 'id'), req.query.mchid));
  router.get('/v3/pay/transactions/id/:id', byNumber);
  const refunds = '/v3/refund/domestic/refunds';
  router.post(
    refunds,
    answer('refund', (req) => calls.refund(rawText(req.body))),
  );
  router.get(
    `${refunds}/:no`,
    answer('queryRefund', (req) => calls.queryRefund(param(req, 'no'))),
  );
  router.get(
    '/v3/certificates',
    answer('certificates', () => platform.certificates()),
  );
  return router;
}
