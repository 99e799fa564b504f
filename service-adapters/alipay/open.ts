import { z } from 'zod';
import type { Answer, NewOrder, OpenedOrder } from '../payment-provider';
import type { AlipayContext } from './context';
import { isCarriable, toPassback } from './wire/attach';
import { mapAnswer, toAnswer } from './wire/outcome';
import { shanghaiText } from './wire/shanghai-time';
import { isPayable, yuanText } from './wire/yuan';

type Refusal = Extract<Answer<never>, { kind: 'refused' }>;
const refused = (code: string, message: string): Refusal => ({ kind: 'refused', code, message });

const isWebUrl = (text: string): boolean =>
  text.length <= 256 && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

/** Why this order cannot be put to Alipay at all. */
export function refuseOrder(order: NewOrder, nowMs: number): Refusal | undefined {
  const { outTradeNo, amountFen, attach, notifyUrl, returnUrl, expiresAt } = order;
  if (!/^[0-9A-Za-z_]{6,32}$/.test(outTradeNo))
    return refused('InvalidOrderNumber', 'Alipay takes 6 to 32 letters, digits and underscores');
  if (!isPayable(amountFen)) return refused('InvalidAmount', `Alipay takes whole fen above zero, not ${amountFen}`);
  if (!isCarriable(attach)) return refused('InvalidAttach', 'at most 128 bytes and no percent sign');
  if (!isWebUrl(notifyUrl) || !isWebUrl(returnUrl)) return refused('InvalidUrl', 'http(s), at most 256 characters');
  const expiry = Date.parse(expiresAt);
  if (Number.isNaN(expiry)) return refused('InvalidExpiry', `not an instant: ${expiresAt}`);
  if (expiry <= nowMs) return refused('Expired', `the order could be paid until ${expiresAt} only`);
  return undefined;
}

/** Alipay refuses the first three in a title; the others would break the lines of its bill. */
const WIDE: Readonly<Record<string, string>> = { '/': '／', '=': '＝', '&': '＆', ',': '，', '"': '＂' };
export const titleOf = (subject: string): string =>
  subject.replace(/[/=&,"\r\n\t]/g, (sign) => WIDE[sign] ?? ' ').slice(0, 256);

const bizOf = (order: NewOrder, productCode: string) => ({
  out_trade_no: order.outTradeNo,
  total_amount: yuanText(order.amountFen),
  subject: titleOf(order.subject),
  product_code: productCode,
  time_expire: shanghaiText(Date.parse(order.expiresAt)),
  passback_params: toPassback(order.attach),
});

const Precreated = z.object({ out_trade_no: z.string(), qr_code: z.string().min(1) });

/**
 * A page's address and an app's order string are made here without a call: Alipay learns of the order from the payer, and knows no
 * such trade until then. A code for the desk is Alipay's own.
 */
export async function openOrder(context: AlipayContext, order: NewOrder): Promise<Answer<OpenedOrder>> {
  const refusal = refuseOrder(order, context.now());
  if (refusal !== undefined) return refusal;
  const { gateway } = context;
  const extra = { notify_url: order.notifyUrl, return_url: order.returnUrl };
  if (order.way.kind === 'page') {
    const biz = { ...bizOf(order, 'QUICK_WAP_WAY'), quit_url: order.returnUrl };
    return { kind: 'ok', value: { kind: 'page', url: gateway.pageUrl('alipay.trade.wap.pay', biz, extra) } };
  }
  const { notify_url } = extra;
  if (order.way.kind === 'app') {
    const biz = bizOf(order, 'QUICK_MSECURITY_PAY');
    const orderString = gateway.orderString('alipay.trade.app.pay', biz, { notify_url });
    return { kind: 'ok', value: { kind: 'app', orderString } };
  }
  const reply = await gateway.call('alipay.trade.precreate', bizOf(order, 'QR_CODE_OFFLINE'), { notify_url });
  return mapAnswer(toAnswer(reply, Precreated), (value) =>
    value.out_trade_no === order.outTradeNo
      ? { kind: 'ok', value: { kind: 'qr', text: value.qr_code } }
      : { kind: 'unknown', why: `the answer is about order ${value.out_trade_no}` },
  );
}
