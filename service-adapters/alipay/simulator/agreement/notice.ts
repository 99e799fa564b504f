import { shanghaiText } from '../../wire/shanghai-time';
import { BUYER, type State } from '../state';
import type { Agreement } from './book';

const YEARS_100_MS = 100 * 365 * 24 * 60 * 60 * 1000;

/** Tells the merchant that a payer has agreed, or has ended it. */
export function notifyAgreement(state: State, { request, agreementNo, status, signedAt, endedAt }: Agreement): void {
  if (request.notifyUrl === null || signedAt === null) return;
  const ended = endedAt !== null;
  state.notifier.notify(request.notifyUrl, {
    notify_type: ended ? 'dut_user_unsign' : 'dut_user_sign',
    app_id: state.appId,
    auth_app_id: state.appId,
    partner_id: state.sellerId,
    status: status === 'NORMAL' ? 'NORMAL' : 'UNSIGN',
    agreement_no: agreementNo,
    external_agreement_no: request.externalNo,
    alipay_user_id: BUYER.id,
    alipay_logon_id: BUYER.logonId,
    personal_product_code: request.personalProductCode,
    sign_scene: request.signScene,
    sign_time: shanghaiText(signedAt),
    valid_time: shanghaiText(signedAt),
    invalid_time: shanghaiText(signedAt + YEARS_100_MS),
    unsign_time: ended ? shanghaiText(endedAt) : '',
  });
}
