import { escapeHtml, page } from '../../simulator/html';
import type { StoredContract } from './contracts';
import { BANNER, TITLE, yuan } from './pages';

const TITLES = { NEW: '开通自动扣款', SIGNED: '自动扣款已开通（模拟）', TERMINATED: '自动扣款已关闭（模拟）' } as const;

const buttons = ({ state }: StoredContract): string => {
  if (state === 'NEW') return '<button class="pay" name="button" value="sign">同意并开通</button>';
  return state === 'SIGNED' ? '<button class="fail" name="button" value="end">关闭自动扣款</button>' : '';
};

const plan = ({ request: { deduct_schedule: schedule } }: StoredContract): string =>
  schedule === undefined
    ? '<dt>扣款方式</dt><dd>每次扣款前通知</dd>'
    : `<dt>扣款日</dt><dd>${escapeHtml(schedule.estimated_deduct_date)}</dd>
<dt>金额</dt><dd>${yuan(schedule.estimated_deduct_amount.total)}</dd>`;

/** The payer's page of a contract. */
export const contractPage = (contract: StoredContract): string =>
  page(
    TITLE,
    BANNER,
    `<section><h1>${TITLES[contract.state]}</h1>
<dl><dt>账户</dt><dd>${escapeHtml(contract.request.contract_display_account)}</dd>
<dt>协议号</dt><dd>${escapeHtml(contract.request.out_contract_code)}</dd>${plan(contract)}</dl>
<form method="post" action="/wechat-pay/papay/${contract.token}">${buttons(contract)}</form>
<p class="note">这是演示：不会产生真实的协议或扣款。</p></section>`,
  );
