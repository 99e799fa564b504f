import express, { Router } from 'express';
import { escapeHtml, PAGE_HEADERS, page } from '../../../simulator/html';
import { unknownTradePage } from '../pages';
import type { State } from '../state';
import type { Agreement } from './book';
import { endAgreement } from './methods';
import { notifyAgreement } from './notice';

const BANNER = '模拟支付宝签约页，不产生真实扣款';

const TITLES = { TEMP: '授权商家扣款', NORMAL: '已授权扣款（模拟）', STOP: '授权已结束（模拟）' } as const;

const BUTTONS = {
  TEMP: '<button class="pay" name="action" value="sign">同意协议并授权</button>',
  NORMAL: '<button class="fail" name="action" value="end">关闭授权</button>',
  STOP: '',
} as const;

function bodyOf({ token, request, agreementNo, status }: Agreement): string {
  const limit = request.singleFen === null ? '以商家账单为准' : `每次不超过 ¥${(request.singleFen / 100).toFixed(2)}`;
  const back =
    request.returnUrl !== null && /^https?:/i.test(request.returnUrl)
      ? `<a class="button back" href="${escapeHtml(request.returnUrl)}">返回商家</a>`
      : '';
  return `<section><h1>${TITLES[status]}</h1>
<dl><dt>协议号</dt><dd>${escapeHtml(status === 'TEMP' ? request.externalNo : agreementNo)}</dd><dt>金额</dt><dd>${limit}</dd></dl>
<form method="post" action="/alipay/agreement/${token}/answer">${BUTTONS[status]}</form>
<p class="note">这是演示用的签约页：不连接支付宝，不会扣任何人的钱。</p></section>${back}`;
}

function act(state: State, agreement: Agreement, action: unknown): void {
  if (action === 'end') return void endAgreement(state, agreement);
  if (action !== 'sign' || agreement.status !== 'TEMP') return;
  notifyAgreement(state, state.agreements.sign(agreement, state.now()));
}

/** On which a payer lets the merchant deduct, or ends it. */
export function agreementRoutes(state: State): Router {
  const router = Router();
  const find = (token: string | string[] | undefined) => state.agreements.findByName(String(token));
  router.get('/alipay/agreement/:token', (req, res) => {
    const agreement = find(req.params.token);
    res.status(agreement === undefined ? 404 : 200).set(PAGE_HEADERS);
    res.send(agreement === undefined ? unknownTradePage() : page('支付宝（模拟）', BANNER, bodyOf(agreement)));
  });
  router.post('/alipay/agreement/:token/answer', express.urlencoded({ extended: false }), (req, res) => {
    const agreement = find(req.params.token);
    if (agreement === undefined) return void res.status(404).set(PAGE_HEADERS).send(unknownTradePage());
    act(state, agreement, req.body?.action);
    res.redirect(303, `/alipay/agreement/${agreement.token}`);
  });
  return router;
}
