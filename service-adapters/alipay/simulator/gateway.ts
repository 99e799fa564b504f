import express, { type Request, type Response, Router } from 'express';
import { PAGE_HEADERS } from '../../simulator/html';
import { AGREEMENT_METHODS, signOnPage } from './agreement/methods';
import { type Body, outOfService } from './answer';
import { BILL_METHODS } from './bill/bill-routes';
import { isRefusal } from './book';
import type { AnswerFault } from './faults';
import { refusedPage } from './pages';
import { REFUND_METHODS } from './refund-methods';
import type { State } from './state';
import { type Call, cashierUrl, type Method, openTrade, TRADE_METHODS } from './trade-methods';
import { TRANSFER_METHODS } from './transfer/methods';
import { mergedFields, verifyRequest } from './verify-request';

/** Answers a payer's browser with an address to go to, or with a refusal. */
export type PageMethod = (state: State, call: Call) => { readonly goTo: string } | { readonly refused: string };

const payOnPage: PageMethod = (state, call) => {
  const trade = openTrade(state, call);
  return isRefusal(trade) ? { refused: trade } : { goTo: cashierUrl(state, trade) };
};

const PAGE_METHODS: Readonly<Record<string, PageMethod>> = {
  'alipay.trade.wap.pay': payOnPage,
  // The real one is taken by Alipay's app; a browser that is given the order string sees the same cashier.
  'alipay.trade.app.pay': payOnPage,
  'alipay.user.agreement.page.sign': signOnPage,
};
const METHODS: Readonly<Record<string, Method>> = {
  ...TRADE_METHODS,
  ...REFUND_METHODS,
  ...AGREEMENT_METHODS,
  ...TRANSFER_METHODS,
  ...BILL_METHODS,
};

/** Longer than any client waits. */
const NEVER_MS = 60_000;

const TRANSPORT_FAULTS = ['timeout', 'http-500', 'system-error', 'timeout-after-success', 'wrong-signature'] as const;

/** Slashes are escaped, as the real gateway does; the signature is over the characters that are sent. */
function sendSigned(state: State, res: Response, method: string | undefined, body: Body, spoilt = false): void {
  const inner = JSON.stringify(body).replaceAll('/', '\\/');
  // Alipay cannot tell whose key to use for a caller that it does not know.
  if (method === undefined) return void res.type('application/json').send(`{"error_response":${inner}}`);
  const sign = state.sign(spoilt ? `${inner} ` : inner);
  res.type('application/json').send(`{"${method.replaceAll('.', '_')}_response":${inner},"sign":"${sign}"}`);
}

/** Silence until the client has given up. */
const hang = (state: State, req: Request): void => state.later(NEVER_MS, () => req.socket.destroy());

function answer(state: State, req: Request, res: Response, call: Call, method: Method): void {
  const fault: AnswerFault['kind'] | undefined = state.faults.takeAnswer(call.method, TRANSPORT_FAULTS)?.kind;
  if (fault === 'timeout') return void hang(state, req);
  if (fault === 'http-500') return void res.status(500).type('text').send('Internal Server Error');
  if (fault === 'system-error') return void sendSigned(state, res, call.method, outOfService());
  const body = method(state, call);
  if (fault === 'timeout-after-success') return void hang(state, req);
  sendSigned(state, res, call.method, body, fault === 'wrong-signature');
}

/** The one address that everything goes to: calls of the merchant's servers, and pages that payers are sent to. */
export function gatewayRoutes(state: State): Router {
  const known = [...Object.keys(METHODS), ...Object.keys(PAGE_METHODS)];
  const router = Router();
  router.all('/alipay/gateway.do', express.raw({ type: () => true, limit: '256kb' }), (req, res) => {
    const form = Buffer.isBuffer(req.body) ? req.body.toString('utf8') : '';
    const query = req.originalUrl.includes('?') ? req.originalUrl.slice(req.originalUrl.indexOf('?') + 1) : '';
    const verified = verifyRequest(state, mergedFields(query, form), known);
    const page = verified.ok ? PAGE_METHODS[verified.call.method] : PAGE_METHODS[verified.method ?? ''];
    if (!verified.ok) {
      if (page === undefined) return sendSigned(state, res, verified.method, verified.body);
      return void res.set(PAGE_HEADERS).send(refusedPage(String(verified.body.sub_code)));
    }
    const method = METHODS[verified.call.method];
    if (method !== undefined) return answer(state, req, res, verified.call, method);
    const outcome = page?.(state, verified.call) ?? { refused: 'isv.invalid-method' };
    if ('goTo' in outcome) return res.redirect(302, outcome.goTo);
    return void res.set(PAGE_HEADERS).send(refusedPage(outcome.refused));
  });
  return router;
}
