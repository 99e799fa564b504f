import { z } from 'zod';
import { shanghaiText } from '../../wire/shanghai-time';
import { fenOfYuan } from '../../wire/yuan';
import { inProgress, refusal, success } from '../answer';
import { isRefusal } from '../book';
import { settle, watchExpiry } from '../cashier';
import type { PageMethod } from '../gateway';
import { BUYER, type State } from '../state';
import type { Trade } from '../trade';
import { type Method, openTrade } from '../trade-methods';
import { notifyTrade } from '../trade-notice';
import type { Agreement } from './book';
import { notifyAgreement } from './notice';

const Sign = z.object({
  personal_product_code: z.string().min(1),
  product_code: z.string().min(1),
  /** `DEFAULT|DEFAULT` may not go with a number of the merchant's. */
  sign_scene: z.string().regex(/^(?!DEFAULT\|DEFAULT$)[A-Z_]+\|[A-Z_]+$/),
  external_agreement_no: z.string().regex(/^[0-9A-Za-z]{1,32}$/),
  access_params: z.object({ channel: z.enum(['ALIPAYAPP', 'QRCODE', 'QRCODEORSMS']) }),
  period_rule_params: z
    .object({
      period_type: z.enum(['DAY', 'MONTH']),
      period: z.coerce.number().int().positive(),
      execute_time: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
      single_amount: z.coerce.string().refine((text) => fenOfYuan(text) !== undefined),
    })
    .refine(({ period_type, execute_time }) => period_type === 'DAY' || Number(execute_time.slice(8)) <= 28)
    .refine(({ period_type, period }) => period_type === 'MONTH' || period >= 7)
    .optional(),
});

export const signOnPage: PageMethod = (state, { biz, fields }) => {
  const parsed = Sign.safeParse(biz);
  if (!parsed.success) return { refused: 'INVALID_PARAMETER' };
  const { external_agreement_no, sign_scene, personal_product_code, period_rule_params } = parsed.data;
  const request = {
    externalNo: external_agreement_no,
    signScene: sign_scene,
    personalProductCode: personal_product_code,
    notifyUrl: fields.notify_url ?? null,
    returnUrl: fields.return_url ?? null,
    singleFen: period_rule_params === undefined ? null : (fenOfYuan(period_rule_params.single_amount) ?? null),
  };
  const agreement = state.agreements.ask(request, state.now());
  return { goTo: `${state.publicUrl}/alipay/agreement/${agreement.token}` };
};

const Which = z.union([
  z.object({ agreement_no: z.string() }),
  z.object({ external_agreement_no: z.string(), personal_product_code: z.string(), sign_scene: z.string() }),
]);

function findAgreement(state: State, biz: unknown): Agreement | undefined {
  const which = Which.safeParse(biz);
  if (!which.success) return undefined;
  const wanted = which.data;
  if ('agreement_no' in wanted) return state.agreements.findByName(wanted.agreement_no);
  const found = state.agreements.find(wanted.external_agreement_no);
  const { signScene, personalProductCode } = found?.request ?? {};
  return signScene === wanted.sign_scene && personalProductCode === wanted.personal_product_code ? found : undefined;
}

const query: Method = (state, { biz }) => {
  const agreement = findAgreement(state, biz);
  if (agreement === undefined) return refusal('USER_AGREEMENT_NOT_EXIST', '用户未签约');
  const { request, agreementNo, status, signedAt } = agreement;
  return success({
    agreement_no: agreementNo,
    external_agreement_no: request.externalNo,
    status,
    sign_scene: request.signScene,
    personal_product_code: request.personalProductCode,
    alipay_logon_id: BUYER.logonId,
    principal_id: BUYER.id,
    ...(signedAt === null ? {} : { sign_time: shanghaiText(signedAt) }),
  });
};

/** Ends an agreement and tells the merchant, whichever side asked. */
export function endAgreement(state: State, agreement: Agreement): void {
  const ended = state.agreements.end(agreement, state.now());
  if (agreement.status === 'NORMAL') notifyAgreement(state, ended);
}

const unsign: Method = (state, { biz }) => {
  const agreement = findAgreement(state, biz);
  if (agreement?.status !== 'NORMAL') return refusal('USER_AGREEMENT_NOT_EXIST', '用户未签约');
  endAgreement(state, agreement);
  return success();
};

const Deduction = z.object({
  product_code: z.string().min(1),
  agreement_params: z.object({ agreement_no: z.string() }),
  total_amount: z.string(),
});

function refuseDeduction(state: State, biz: unknown): string | undefined {
  const parsed = Deduction.safeParse(biz);
  if (!parsed.success) return 'ACQ.INVALID_PARAMETER';
  const agreement = findAgreement(state, parsed.data.agreement_params);
  if (agreement?.status !== 'NORMAL') return 'ACQ.AGREEMENT_NOT_EXIST';
  const { singleFen } = agreement.request;
  const amount = fenOfYuan(parsed.data.total_amount) ?? 0;
  return singleFen !== null && amount > singleFen ? 'ACQ.CYCLE_PAY_SINGLE_FEE_EXCEED' : undefined;
}

const describe = (trade: Trade, total: string) => ({
  trade_no: trade.tradeNo,
  out_trade_no: trade.request.outTradeNo,
  buyer_logon_id: BUYER.logonId,
  total_amount: total,
});

function giveUp(state: State, trade: Trade): void {
  const closed = state.book.giveUp(trade, state.now());
  if (closed.status === 'TRADE_CLOSED') notifyTrade(state, closed);
}

/** A deduction. One that was refused leaves no trade behind that the merchant could find. */
const pay: Method = (state, call) => {
  const refused = refuseDeduction(state, call.biz);
  if (refused !== undefined) return refusal(refused);
  const asked = openTrade(state, call);
  if (isRefusal(asked)) return refusal(asked);
  const known = state.book.findByToken(asked.token, state.now()) ?? asked;
  const total = Deduction.parse(call.biz).total_amount;
  if (known.paidAt !== null) return refusal('ACQ.TRADE_HAS_SUCCESS');
  if (known.status === 'TRADE_CLOSED') return refusal('ACQ.TRADE_HAS_CLOSE');
  if (known.status === 'PAYING') return inProgress(describe(known, total));
  const fault = state.faults.takeAnswer(call.method, ['insufficient-balance', 'in-progress', 'rejected-later']);
  if (fault?.kind === 'insufficient-balance') return refusal('ACQ.BUYER_BALANCE_NOT_ENOUGH', '买家余额不足');
  const entered = state.book.enter(known, state.now());
  watchExpiry(state, entered);
  if (fault !== undefined) {
    const began = state.book.begin(entered);
    const end = fault.kind === 'in-progress' ? settle : giveUp;
    state.later(fault.delayMs, () => end(state, began));
    return inProgress(describe(began, total));
  }
  settle(state, entered);
  const paid = state.book.find(entered.request.outTradeNo, state.now()) ?? entered;
  return success({ ...describe(paid, total), receipt_amount: total, gmt_payment: shanghaiText(paid.paidAt ?? 0) });
};

export const AGREEMENT_METHODS: Readonly<Record<string, Method>> = {
  'alipay.user.agreement.query': query,
  'alipay.user.agreement.unsign': unsign,
  'alipay.trade.pay': pay,
};
