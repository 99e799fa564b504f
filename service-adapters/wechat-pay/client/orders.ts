import { z } from 'zod';
import { type Fen, fen } from '../../../domain/money';
import type { Answer, NewOrder, OpenedOrder, OrderState } from '../../payment-provider';
import { type Credentials, newNonce, paySignText, seconds, signRsa } from '../signatures';
import { isoTime, Opened, Transaction, wireTime } from '../wire';
import type { Ask } from './ask';
import { refuseOrder } from './refuse-early';

export type Merchant = { readonly appid: string; readonly mchid: string };

export type OrdersOptions = {
  readonly ask: Ask;
  readonly merchant: Merchant;
  readonly credentials: Credentials;
  /** The provider's time. */
  readonly now: () => number;
};

const PRODUCTS = { page: 'h5', qr: 'native', app: 'jsapi' } as const;

/** The provider shows 127 characters at most. */
const shortened = (subject: string): string => [...subject].slice(0, 127).join('');

const orderBody = ({ appid, mchid }: Merchant, order: NewOrder) => ({
  appid,
  mchid,
  description: shortened(order.subject),
  out_trade_no: order.outTradeNo,
  time_expire: wireTime(Date.parse(order.expiresAt)),
  attach: order.attach,
  notify_url: order.notifyUrl,
  amount: { total: order.amountFen, currency: 'CNY' },
  ...(order.way.kind === 'app' ? { payer: { openid: order.way.openid } } : {}),
  ...(order.way.kind === 'page' ? { scene_info: { payer_client_ip: order.payerIp, h5_info: { type: 'Wap' } } } : {}),
});

/** The payment page comes back to `returnUrl` when the payer is done, paid or not. */
function withReturn(h5Url: string, returnUrl: string): string {
  const url = new URL(h5Url);
  url.searchParams.set('redirect_url', returnUrl);
  return url.href;
}

/** Undefined for an answer without what this way needs. */
function opened(order: NewOrder, answer: z.infer<typeof Opened>, options: OrdersOptions): OpenedOrder | undefined {
  const { prepay_id, code_url, h5_url } = answer;
  if (order.way.kind === 'qr') return code_url === undefined ? undefined : { kind: 'qr', text: code_url };
  if (order.way.kind === 'page') {
    return h5_url === undefined ? undefined : { kind: 'page', url: withReturn(h5_url, order.returnUrl) };
  }
  return prepay_id === undefined ? undefined : { kind: 'app', fields: scriptFields(prepay_id, options) };
}

/** Parameters of `WeixinJSBridge.invoke('getBrandWCPayRequest', ...)`. */
function scriptFields(prepayId: string, { merchant, credentials, now }: OrdersOptions) {
  const timeStamp = seconds(now());
  const nonceStr = newNonce();
  const packageText = `prepay_id=${prepayId}`;
  const paySign = signRsa(paySignText(merchant.appid, timeStamp, nonceStr, packageText), credentials.key);
  return { appId: merchant.appid, timeStamp, nonceStr, package: packageText, signType: 'RSA', paySign };
}

/** Says why a transaction is not about our order; undefined when it is. */
export function strangeness(told: Transaction, merchant: Merchant, outTradeNo?: string): string | undefined {
  if (told.mchid !== merchant.mchid) return `for merchant ${told.mchid}`;
  if (told.appid !== merchant.appid) return `for app ${told.appid}`;
  if (outTradeNo !== undefined && told.out_trade_no !== outTradeNo) return 'about another order';
  return undefined;
}

const isPaid = ({ trade_state }: Transaction) => trade_state === 'SUCCESS' || trade_state === 'REFUND';
const isClosed = ({ trade_state }: Transaction) => trade_state === 'CLOSED' || trade_state === 'REVOKED';

/** Undefined when it says paid without number, time or amount. An order that nobody has paid may come without amount, told as 0. */
export function orderState(told: Transaction): OrderState | undefined {
  const amountFen: Fen = fen(told.amount?.total ?? 0);
  const common = { outTradeNo: told.out_trade_no, amountFen, attach: told.attach ?? null };
  if (!isPaid(told)) {
    return { ...common, status: isClosed(told) ? 'closed' : 'waiting', providerNumber: null, paidAt: null };
  }
  const { transaction_id, success_time } = told;
  if (!transaction_id || success_time === undefined || told.amount === undefined) return undefined;
  return { ...common, status: 'paid', providerNumber: transaction_id, paidAt: isoTime(success_time) };
}

export function createOrders(options: OrdersOptions) {
  const { ask, merchant } = options;
  const place = (outTradeNo: string) => `/v3/pay/transactions/out-trade-no/${encodeURIComponent(outTradeNo)}`;

  async function open(order: NewOrder): Promise<Answer<OpenedOrder>> {
    const early = refuseOrder(order);
    if (early !== undefined) return early;
    const path = `/v3/pay/transactions/${PRODUCTS[order.way.kind]}`;
    const answer = await ask({ method: 'POST', path, body: orderBody(merchant, order) }, Opened);
    if (answer.kind !== 'ok') return answer;
    const value = opened(order, answer.value, options);
    return value === undefined ? { kind: 'unknown', why: `POST ${path}: nothing to pay with` } : { kind: 'ok', value };
  }

  async function query(outTradeNo: string): Promise<Answer<OrderState>> {
    const path = `${place(outTradeNo)}?mchid=${encodeURIComponent(merchant.mchid)}`;
    const answer = await ask({ method: 'GET', path }, Transaction);
    if (answer.kind !== 'ok') return answer;
    const strange = strangeness(answer.value, merchant, outTradeNo);
    const value = orderState(answer.value);
    if (strange !== undefined || value === undefined) {
      return { kind: 'unknown', why: `the order's state is ${strange ?? 'paid without number, time or amount'}` };
    }
    return { kind: 'ok', value };
  }

  async function close(outTradeNo: string): Promise<Answer<null>> {
    const body = { mchid: merchant.mchid };
    const answer = await ask({ method: 'POST', path: `${place(outTradeNo)}/close`, body }, z.unknown());
    if (answer.kind === 'ok') return { kind: 'ok', value: null };
    const already = answer.kind === 'refused' && answer.code === 'ORDER_CLOSED';
    return already ? { kind: 'ok', value: null } : answer;
  }

  return { open, query, close };
}
