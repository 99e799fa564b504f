import express, { type Request, Router } from 'express';
import { PAGE_HEADERS } from '../../simulator/html';
import { rawText } from '../../simulator/signed-requests';
import type { Contracts } from './contracts';
import type { MerchantAnswers } from './merchant-answers';
import { messagePage } from './pages';
import type { PapayDesk } from './papay-desk';
import { contractPage } from './papay-pages';
import type { Teller } from './teller';

export type PapayRoutesOptions = {
  readonly answers: MerchantAnswers;
  readonly desk: PapayDesk;
  readonly contracts: Contracts;
  readonly teller: Teller;
};

const param = (req: Request, name: string): string => {
  const value = req.params[name];
  return typeof value === 'string' ? value : '';
};
const body = (req: Request): string => rawText(req.body);
const key = (req: Request) => [Number(param(req, 'plan')), param(req, 'code')] as const;

const CONTRACT = '/v3/papay/sign/contracts/plan-id/:plan/out-contract-code/:code';
const SCHEDULE = '/v3/papay/pay/schedules/contract-id/:id';

function merchantCalls({ answers, desk, teller }: PapayRoutesOptions): Router {
  const papay = (perform: Parameters<MerchantAnswers['answer']>[1]) => answers.answer('papay', perform);
  const router = Router();
  for (const scene of ['h5', 'jsapi']) {
    const path = `/v3/papay/scheduled-deduct-sign/contracts/pre-entrust-sign/${scene}`;
    router.post(
      path,
      papay((req) => desk.open(body(req))),
    );
  }
  router.get(
    CONTRACT,
    papay((req) => desk.query(...key(req))),
  );
  router.post(
    `${CONTRACT}/terminate`,
    papay((req) => desk.terminate(...key(req))),
  );
  router.post(
    `${SCHEDULE}/schedule`,
    papay((req) => desk.book(param(req, 'id'), body(req))),
  );
  router.get(
    SCHEDULE,
    papay((req) => desk.queryBooking(param(req, 'id'))),
  );
  router.post(
    '/v3/papay/contracts/:id/notify',
    papay((req) => desk.announce(param(req, 'id'), body(req))),
  );
  router.post(
    '/v3/papay/pay/transactions/apply',
    papay((req) => desk.deduct(body(req), teller)),
  );
  return router;
}

/** Contracts: the merchant's calls, and the page on which the payer signs and ends one. */
export function papayRoutes(options: PapayRoutesOptions): Router {
  const { contracts, desk } = options;
  const router = Router().use(merchantCalls(options));
  router.get('/wechat-pay/papay/:token', (req, res) => {
    const contract = contracts.findBy(req.params.token);
    res.status(contract === undefined ? 404 : 200).set(PAGE_HEADERS);
    res.send(
      contract === undefined
        ? messagePage('没有这份协议', '链接不完整，或协议属于另一次演示。')
        : contractPage(contract),
    );
  });
  router.post('/wechat-pay/papay/:token', express.urlencoded({ extended: false }), (req, res) => {
    const contract = contracts.findBy(req.params.token);
    if (contract !== undefined) desk.press(contract, String(req.body?.button));
    res.redirect(303, `/wechat-pay/papay/${encodeURIComponent(req.params.token)}`);
  });
  return router;
}
