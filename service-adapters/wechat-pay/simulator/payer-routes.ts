import { createPublicKey } from 'node:crypto';
import express, { type Request, type Response, Router } from 'express';
import { PAGE_HEADERS } from '../../simulator/html';
import { paySignText, verifiesRsa } from '../signatures';
import type { Book } from './book';
import type { Faults } from './faults';
import type { KnownMerchant } from './merchant-signature';
import { cashierPage, messagePage, scanPage } from './pages';
import type { StoredOrder } from './records';
import type { Teller } from './teller';

export type PayerRoutesOptions = {
  readonly book: Book;
  readonly faults: Faults;
  readonly teller: Teller;
  readonly merchant: KnownMerchant;
  readonly now: () => number;
};

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A javascript: address must not become a link. */
const webAddress = (value: unknown): string | undefined =>
  URL.canParse(text(value)) && /^https?:/.test(text(value)) ? text(value) : undefined;

const show = (res: Response, status: number, html: string) => void res.status(status).set(PAGE_HEADERS).send(html);
const unknownOrder = (res: Response) =>
  show(res, 404, messagePage('没有这笔订单', '链接不完整，或订单属于另一次演示。'));

const cashierPath = ({ token }: StoredOrder, returnUrl: string | undefined): string =>
  `/wechat-pay/cashier/${token}${returnUrl === undefined ? '' : `?redirect_url=${encodeURIComponent(returnUrl)}`}`;

/** What the payer's phone sees. */
export function payerRoutes(options: PayerRoutesOptions): Router {
  const { book, now } = options;
  const router = Router();
  const enter = (res: Response, order: StoredOrder | undefined, returnUrl?: string) =>
    order === undefined ? unknownOrder(res) : res.redirect(303, cashierPath(order, returnUrl));

  router.get('/wechat-pay/checkmweb', (req, res) => {
    enter(res, book.findBy(text(req.query.prepay_id)), webAddress(req.query.redirect_url));
  });
  router.get('/wechat-pay/scan', (req, res) => {
    const pr = text(req.query.pr) || /^weixin:\/\/wxpay\/bizpayurl\?pr=(\w+)$/.exec(text(req.query.text).trim())?.[1];
    if (pr === undefined && req.query.text === undefined) return show(res, 200, scanPage());
    return enter(res, book.findBy(pr ?? ''));
  });
  router.get('/wechat-pay/jsapi', (req, res) => {
    const order = orderOfScript(req, options);
    if (order === undefined) return show(res, 400, messagePage('支付验证签名失败', '参数或签名不正确。'));
    return enter(res, order, webAddress(req.query.redirect_url));
  });
  router.get('/wechat-pay/cashier/:token', (req, res) => {
    const order = book.findBy(req.params.token);
    if (order === undefined) return unknownOrder(res);
    return show(res, 200, cashierPage(order, webAddress(req.query.redirect_url), now()));
  });
  router.post('/wechat-pay/cashier/:token/payment', express.urlencoded({ extended: false }), (req, res) => {
    const order = book.findBy(req.params.token);
    if (order === undefined) return unknownOrder(res);
    press(order, text(req.body?.result), options);
    return res.redirect(303, cashierPath(order, webAddress(req.body?.redirect_url)));
  });
  return router;
}

const FAILURES: Readonly<Record<string, string>> = { fail: '上一次支付失败', cancel: '支付已取消' };

function press(order: StoredOrder, button: string, { book, faults, teller }: PayerRoutesOptions): void {
  if (button !== 'pay') book.fail(order, FAILURES[button] ?? '没有选择');
  else if (faults.take('payment', ({ by }) => by !== 'deduction') !== undefined) book.fail(order, '余额不足');
  else teller.pay(order);
}

/** WeChat's script shows a payment only when the merchant has signed exactly these parameters. */
function orderOfScript(req: Request, { book, merchant }: PayerRoutesOptions): StoredOrder | undefined {
  const [appId, timeStamp, nonceStr, packageText, signType, paySign] = [
    'appId',
    'timeStamp',
    'nonceStr',
    'package',
    'signType',
    'paySign',
  ].map((name) => text(req.query[name]));
  if (!appId || !timeStamp || !nonceStr || !packageText || signType !== 'RSA' || !paySign) return undefined;
  if (appId !== merchant.appid) return undefined;
  const signed = paySignText(appId, timeStamp, nonceStr, packageText);
  if (!verifiesRsa(signed, paySign, createPublicKey(merchant.publicPem))) return undefined;
  return book.findBy(/^prepay_id=(\w+)$/.exec(packageText)?.[1] ?? '');
}
