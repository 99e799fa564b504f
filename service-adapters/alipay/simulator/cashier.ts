import express, { Router } from 'express';
import { fen } from '../../../domain/money';
import { PAGE_HEADERS } from '../../simulator/html';
import { signedText } from '../wire/rsa2';
import { shanghaiText } from '../wire/shanghai-time';
import { yuanText } from '../wire/yuan';
import { cashierPage, unknownTradePage } from './pages';
import type { State } from './state';
import type { Trade } from './trade';
import { notifyTrade } from './trade-notice';

/** Alipay sends the payer back with the result in the address, signed like a request. It is for the eye: the notification is what counts. */
function returnUrlOf(state: State, { request, tradeNo }: Trade): string | null {
  if (request.returnUrl === null || !URL.canParse(request.returnUrl)) return null;
  const fields = {
    app_id: state.appId,
    auth_app_id: state.appId,
    charset: 'utf-8',
    method: 'alipay.trade.wap.pay.return',
    out_trade_no: request.outTradeNo,
    seller_id: state.sellerId,
    timestamp: shanghaiText(state.now()),
    total_amount: yuanText(fen(request.amountFen)),
    trade_no: tradeNo ?? '',
    version: '1.0',
  };
  const url = new URL(request.returnUrl);
  const signed = { ...fields, sign_type: 'RSA2', sign: state.sign(signedText(fields)) };
  for (const [name, value] of Object.entries(signed)) url.searchParams.set(name, value);
  return url.toString();
}

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Looks at the trade when it runs out, so that its end is told in time though nobody asks. */
export function watchExpiry(state: State, { token, status, request }: Trade): void {
  if (status !== 'WAIT_BUYER_PAY' || request.expiresAt === null) return;
  const ms = Math.min(request.expiresAt - state.now(), LONGEST_TIMER_MS);
  state.later(ms, () => {
    const found = state.book.findByToken(token, state.now());
    if (found !== undefined) watchExpiry(state, found); // timers may come a little early
  });
}

/** The money has moved; the merchant is told once, however often this is asked. */
export function settle(state: State, trade: Trade): void {
  if (state.book.findByToken(trade.token, state.now())?.paidAt !== null) return;
  const paid = state.book.pay(trade, state.now());
  if (paid.paidAt !== null) notifyTrade(state, paid);
}

function act(state: State, trade: Trade, action: unknown): void {
  if (trade.status !== 'WAIT_BUYER_PAY') return;
  if (action === 'cancel') return void state.book.fail(trade, 'cancelled');
  const fault = action === 'pay' ? state.faults.takePayer() : undefined;
  if (action === 'insufficient-balance' || fault?.kind === 'insufficient-balance')
    return void state.book.fail(trade, 'insufficient-balance');
  if (action !== 'pay') return;
  if (fault === undefined) return void settle(state, trade);
  const began = state.book.begin(trade);
  state.later(fault.delayMs, () => settle(state, began));
}

/** What the payer's browser sees. */
export function cashierRoutes(state: State): Router {
  const router = Router();
  const find = (token: string): Trade | undefined => state.book.findByToken(token, state.now());
  router.get('/alipay/cashier/:token', (req, res) => {
    const trade = find(req.params.token);
    res.status(trade === undefined ? 404 : 200).set(PAGE_HEADERS);
    if (trade === undefined) return res.send(unknownTradePage());
    const entered = state.book.enter(trade, state.now());
    if (trade.status === 'OPENED') watchExpiry(state, entered);
    return res.send(cashierPage(entered, returnUrlOf(state, entered)));
  });
  router.post('/alipay/cashier/:token/payment', express.urlencoded({ extended: false }), (req, res) => {
    const trade = find(String(req.params.token));
    if (trade === undefined) return res.status(404).set(PAGE_HEADERS).send(unknownTradePage());
    act(state, state.book.enter(trade, state.now()), req.body?.action);
    return res.redirect(303, `/alipay/cashier/${trade.token}`);
  });
  return router;
}
