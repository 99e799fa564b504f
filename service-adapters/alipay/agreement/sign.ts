import { z } from 'zod';
import type { Answer } from '../../payment-provider';
import type { AlipayContext } from '../context';
import { AlipayTime } from '../wire/fields';
import { mapAnswer, toAnswer } from '../wire/outcome';
import { isPayable, yuanText } from '../wire/yuan';
import type { AgreementState, NewAgreement } from './agreement';

export const PRODUCT = { product_code: 'GENERAL_WITHHOLDING', personal_product_code: 'GENERAL_WITHHOLDING_P' } as const;

const refused = (code: string, message: string): Extract<Answer<never>, { kind: 'refused' }> => ({
  kind: 'refused',
  code,
  message,
});

function refuseAgreement({ externalAgreementNo, monthly }: NewAgreement): ReturnType<typeof refused> | undefined {
  if (!/^[0-9A-Za-z]{6,32}$/.test(externalAgreementNo))
    return refused('InvalidAgreementNumber', 'Alipay takes 6 to 32 letters and digits');
  if (monthly === undefined) return undefined;
  if (!/^\d{4}-\d{2}-(?:[01]\d|2[0-8])$/.test(monthly.firstOn))
    return refused('InvalidDay', 'Alipay deducts monthly on the 1st to the 28th');
  if (!Number.isSafeInteger(monthly.months) || monthly.months < 1) return refused('InvalidPeriod', 'whole months');
  return isPayable(monthly.singleFen) ? undefined : refused('InvalidAmount', 'whole fen above zero');
}

/** `signScene` is the one that Alipay granted us, `INDUSTRY|...`. */
export function signUrl(context: AlipayContext, signScene: string, agreement: NewAgreement): Answer<string> {
  const refusal = refuseAgreement(agreement);
  if (refusal !== undefined) return refusal;
  const { externalAgreementNo, notifyUrl, returnUrl, monthly } = agreement;
  const rule = monthly && {
    period_rule_params: {
      period_type: 'MONTH',
      period: monthly.months,
      execute_time: monthly.firstOn,
      single_amount: yuanText(monthly.singleFen),
    },
  };
  const biz = {
    ...PRODUCT,
    sign_scene: signScene,
    external_agreement_no: externalAgreementNo,
    access_params: { channel: 'ALIPAYAPP' },
    ...rule,
  };
  const extra = { notify_url: notifyUrl, return_url: returnUrl };
  return { kind: 'ok', value: context.gateway.pageUrl('alipay.user.agreement.page.sign', biz, extra) };
}

const STATUSES = { TEMP: 'pending', NORMAL: 'active', STOP: 'ended' } as const;

const Queried = z.object({
  agreement_no: z.string().min(1),
  external_agreement_no: z.string(),
  status: z.enum(['TEMP', 'NORMAL', 'STOP']),
  sign_time: AlipayTime.optional(),
  alipay_logon_id: z.string().optional(),
});

/** Refused with `USER_AGREEMENT_NOT_EXIST` as long as no payer has opened the page. */
export async function queryAgreement(
  { gateway }: AlipayContext,
  signScene: string,
  externalAgreementNo: string,
): Promise<Answer<AgreementState>> {
  const reply = await gateway.call('alipay.user.agreement.query', {
    personal_product_code: PRODUCT.personal_product_code,
    sign_scene: signScene,
    external_agreement_no: externalAgreementNo,
  });
  return mapAnswer(toAnswer(reply, Queried), (found) => {
    if (found.external_agreement_no !== externalAgreementNo)
      return { kind: 'unknown', why: `the answer is about agreement ${found.external_agreement_no}` };
    const status = STATUSES[found.status];
    const value = {
      externalAgreementNo,
      agreementNo: status === 'pending' ? null : found.agreement_no,
      status,
      payer: found.alipay_logon_id ?? null,
      signedAt: found.sign_time ?? null,
    };
    return { kind: 'ok', value };
  });
}

const Unsigned = z.object({ code: z.string() });

/** Alipay's answer names no agreement, so the end is believed from the query. */
export async function unsignAgreement(
  context: AlipayContext,
  signScene: string,
  agreement: { readonly agreementNo: string; readonly externalAgreementNo: string },
): Promise<Answer<null>> {
  const reply = await context.gateway.call('alipay.user.agreement.unsign', { agreement_no: agreement.agreementNo });
  const answer = toAnswer(reply, Unsigned);
  if (answer.kind === 'unknown') return answer;
  const state = await queryAgreement(context, signScene, agreement.externalAgreementNo);
  if (state.kind === 'ok' && state.value.status === 'ended') return { kind: 'ok', value: null };
  if (answer.kind === 'refused') return answer;
  return state.kind === 'ok' ? { kind: 'unknown', why: 'unsigned, and still in force' } : state;
}
