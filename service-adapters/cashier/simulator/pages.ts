import { escapeHtml, page } from '../../simulator/html';
import { isOver, type StoredOrder } from './book';

const BANNER = '模拟收银台，不产生真实扣款';

const yuan = (amountFen: number): string =>
  `¥${(amountFen / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;

const details = ({ request }: StoredOrder): string => `
<p class="amount">${yuan(request.amountFen)}</p>
<dl><dt>账单</dt><dd>${escapeHtml(request.subject)}</dd><dt>订单号</dt><dd>${escapeHtml(request.outTradeNo)}</dd></dl>`;

const back = ({ request }: StoredOrder): string =>
  request.returnUrl === undefined ? '' : `<a class="button back" href="${escapeHtml(request.returnUrl)}">返回</a>`;

const payForm = (order: StoredOrder): string => `
<section><h1>确认支付</h1>
${order.failedAttempts > 0 ? '<p class="bad" role="alert">上一次支付失败（模拟），订单未支付，可以重试。</p>' : ''}
${details(order)}
<form method="post" action="/cashier/${order.token}/payment">
<button class="pay" name="result" value="success">支付成功</button>
<button class="fail" name="result" value="failure">支付失败</button></form>
<p class="note">这是演示用的收银台：不连接任何银行或支付机构，点击“支付成功”不会扣任何人的钱。</p></section>${back(order)}`;

const receipt = (order: StoredOrder): string => `
<section><h1 class="ok">支付成功（模拟）</h1>${details(order)}
<dl><dt>支付流水</dt><dd>${escapeHtml(order.providerNumber ?? '')}</dd>
<dt>支付时间</dt><dd>${shanghaiTime(order.paidAt ?? '')}</dd></dl>
<p class="note">没有真实扣款。</p></section>${back(order)}`;

const shanghaiTime = (iso: string): string =>
  new Date(iso).toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false });

const over = (order: StoredOrder): string => `
<section><h1 class="bad">订单已关闭</h1>${details(order)}<p class="note">这笔订单不能再支付，请返回后重新发起。</p></section>${back(order)}`;

/** The payer's page of one order: what is to be paid and two buttons, the receipt, or that it is too late. */
export function cashierPage(order: StoredOrder, now: string): string {
  if (isOver(order, now)) return page('模拟收银台', BANNER, over(order));
  return page('模拟收银台', BANNER, order.paidAt === null ? payForm(order) : receipt(order));
}

export const unknownOrderPage = (): string =>
  page('模拟收银台', BANNER, '<section><h1>没有这笔订单</h1><p>链接不完整，或订单属于另一次演示。</p></section>');
