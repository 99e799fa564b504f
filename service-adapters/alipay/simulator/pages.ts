import { escapeHtml, page } from '../../simulator/html';
import type { Trade } from './trade';

const BANNER = '模拟支付宝收银台，不产生真实扣款';
const TITLE = '支付宝（模拟）';

const yuan = (amountFen: number): string =>
  `¥${(amountFen / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;

const shanghai = (ms: number): string =>
  new Date(ms).toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false });

const details = ({ request }: Trade): string => `
<p class="amount">${yuan(request.amountFen)}</p>
<dl><dt>商品</dt><dd>${escapeHtml(request.subject)}</dd><dt>订单号</dt><dd>${escapeHtml(request.outTradeNo)}</dd></dl>`;

const link = (url: string | null, text: string): string =>
  url === null || !/^https?:/i.test(url) ? '' : `<a class="button back" href="${escapeHtml(url)}">${text}</a>`;

const FAILURES = {
  'insufficient-balance': '余额不足（模拟），订单未支付，可以换一种方式重试。',
  cancelled: '已取消支付（模拟），订单未支付，可以重新支付。',
} as const;

const confirm = (trade: Trade): string => `
<section><h1>确认付款</h1>
${trade.failure === null ? '' : `<p class="bad" role="alert">${FAILURES[trade.failure]}</p>`}
${details(trade)}
<form method="post" action="/alipay/cashier/${trade.token}/payment">
<button class="pay" name="action" value="pay">确认付款</button>
<button class="fail" name="action" value="insufficient-balance">付款失败：余额不足</button>
<button class="fail" name="action" value="cancel">取消付款</button></form>
<p class="note">这是演示用的收银台：不连接支付宝，点击“确认付款”不会扣任何人的钱。</p></section>
${link(trade.request.quitUrl, '返回商家')}`;

const paying = (trade: Trade): string => `
<section><h1>银行处理中（模拟）</h1>${details(trade)}<p class="note">稍后刷新本页查看结果。</p></section>
${link(trade.request.returnUrl, '返回商家')}`;

const receipt = (trade: Trade, returnUrl: string | null): string => `
<section><h1 class="ok">支付成功（模拟）</h1>${details(trade)}
<dl><dt>交易号</dt><dd>${escapeHtml(trade.tradeNo ?? '')}</dd><dt>支付时间</dt><dd>${shanghai(trade.paidAt ?? 0)}</dd></dl>
<p class="note">没有真实扣款。</p></section>${link(returnUrl, '完成，返回商家')}`;

const closed = (trade: Trade): string => `
<section><h1>交易已关闭</h1>${details(trade)}<p class="note">订单已超时或被商家关闭，不能再支付。</p></section>
${link(trade.request.quitUrl, '返回商家')}`;

function bodyOf(trade: Trade, returnUrl: string | null): string {
  if (trade.paidAt !== null) return receipt(trade, returnUrl);
  if (trade.status === 'TRADE_CLOSED') return closed(trade);
  return trade.status === 'PAYING' ? paying(trade) : confirm(trade);
}

/** The payer's page of one trade. `returnUrl` is the merchant's page with the signed result in it. */
export const cashierPage = (trade: Trade, returnUrl: string | null): string =>
  page(TITLE, BANNER, bodyOf(trade, returnUrl));

export const unknownTradePage = (): string =>
  page(TITLE, BANNER, '<section><h1>没有这笔交易</h1><p>链接不完整，或交易属于另一次演示。</p></section>');

export const refusedPage = (code: string): string =>
  page(TITLE, BANNER, `<section><h1 class="bad">订单信息有误</h1><p>错误码：${escapeHtml(code)}</p></section>`);
