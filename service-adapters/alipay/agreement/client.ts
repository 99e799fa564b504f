import type { AlipayConfig } from '../config';
import { createContext } from '../context';
import type { AlipayAgreements } from './agreement';
import { deduct } from './deduct';
import { readAgreementNotice } from './notice';
import { queryAgreement, signUrl, unsignAgreement } from './sign';

/**
 * Agreements to deduct (商家扣款) under `signScene`, the one that Alipay granted (`INDUSTRY|...`).
 * @throws Error when the configuration or a key in it is wrong.
 */
export function createAlipayAgreements(
  config: AlipayConfig,
  signScene: string,
  now: () => number = Date.now,
): AlipayAgreements {
  const context = createContext(config, now);
  return {
    signUrl: (agreement) => signUrl(context, signScene, agreement),
    query: (externalAgreementNo) => queryAgreement(context, signScene, externalAgreementNo),
    unsign: (agreement) => unsignAgreement(context, signScene, agreement),
    deduct: (deduction) => deduct(context, deduction),
    readNotice: (received) => readAgreementNotice(context, received),
  };
}
