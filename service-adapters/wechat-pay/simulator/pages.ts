import { escapeHtml, page } from '../../simulator/html';
import { isExpired } from './book';
import type { StoredOrder } from './records';

export const BANNER = '模拟微信支付，不产生真实扣款';
export const TITLE = '模拟微信支付';

export const yuan = (amountFen: number): string =>
  `¥${(amountFen / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;

const shanghaiTime = (ms: number): string =>
  new Date(ms).toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false });

const details = ({ request }: StoredOrder): string => `
<p class="amount">${yuan(request.amount.total)}</p>
<dl><dt>商品</dt><dd>${escapeHtml(request.description)}</dd><dt>订单号</dt><dd>${escapeHtml(request.out_trade_no)}</dd></dl>`;

const back = (returnUrl: string | undefined): string =>
  returnUrl === undefined ? '' : `<a class="button back" href="${escapeHtml(returnUrl)}">返回商家</a>`;

const payForm = (order: StoredOrder, returnUrl: string | undefined): string => `
<section><h1>确认支付</h1>
${order.failure === null ? '' : `<p class="bad" role="alert">${escapeHtml(order.failure)}（模拟），订单未支付，可以重试。</p>`}
${details(order)}
<form method="post" action="/wechat-pay/cashier/${order.token}/payment">
<input type="hidden" name="redirect_url" value="${escapeHtml(returnUrl ?? '')}">
<button class="pay" name="result" value="pay">立即支付</button>
<button class="fail" name="result" value="fail">支付失败</button>
<button class="fail" name="result" value="cancel">取消支付</button></form>
<p class="note">这是演示用的微信支付：不连接微信或任何银行，点击“立即支付”不会扣任何人的钱。</p></section>`;

const receipt = (order: StoredOrder): string => `
<section><h1 class="ok">支付成功（模拟）</h1>${details(order)}
<dl><dt>交易单号</dt><dd>${escapeHtml(order.transactionId ?? '')}</dd>
<dt>支付时间</dt><dd>${shanghaiTime(order.paidMs ?? 0)}</dd></dl>
${order.state === 'REFUND' ? '<p class="bad">这笔订单有退款（模拟）。</p>' : ''}<p class="note">没有真实扣款。</p></section>`;

const over = (order: StoredOrder, words: string): string =>
  `<section><h1 class="bad">${words}</h1>${details(order)}<p class="note">请回到商家重新下单。</p></section>`;

function content(order: StoredOrder, returnUrl: string | undefined, nowMs: number): string {
  if (order.paidMs !== null) return receipt(order);
  if (order.state === 'CLOSED') return over(order, '订单已关闭');
  return isExpired(order, nowMs) ? over(order, '订单已过期') : payForm(order, returnUrl);
}

/** The payer's page of one order: what is to be paid and the buttons, or how it ended. `returnUrl` is a web address. */
export const cashierPage = (order: StoredOrder, returnUrl: string | undefined, nowMs: number): string =>
  page(TITLE, BANNER, content(order, returnUrl, nowMs) + back(returnUrl));

export const messagePage = (heading: string, words: string): string =>
  page(TITLE, BANNER, `<section><h1>${escapeHtml(heading)}</h1><p>${escapeHtml(words)}</p></section>`);

/** For a phone that cannot scan: the code's text is pasted. */
export const scanPage = (): string =>
  page(
    TITLE,
    BANNER,
    `<section><h1>扫码支付（模拟）</h1><form method="get" action="/wechat-pay/scan">
<label for="text">二维码内容</label><input id="text" name="text" required style="width:100%;min-height:44px;font-size:16px" placeholder="weixin://wxpay/bizpayurl?pr=...">
<button class="pay">打开</button></form></section>`,
  );
