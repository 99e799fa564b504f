import { createHmac, randomUUID } from 'node:crypto';
import { findTenantsByPhone, issueOtp, redeemOtp, type TenantLogin } from '../../db/auth';
import { blindIndex } from '../../db/personal-data';
import type { OperatorId } from '../../domain/ids';
import { Refusal } from '../refusal';
import type { Services } from '../services';
import { newCode } from './secrets';

/** Messages that a phone gets at most, whoever asks for them: the phone's owner is not to be flooded. One peer has fewer. */
const MAX_PER_HOUR = 20;

const codeHash = ({ personalDataKeys: keys }: Services, phone: string, code: string): string =>
  createHmac('sha256', keys.indexKey).update(`code\0${phone}\0${code}`).digest('base64url');

/**
 * Sends a code to a phone that rents from somebody. Any other phone gets the same answer after the same time and no message, so
 * that nobody can ask us who rents; for the same reason a failing SMS service is our log's news, not the caller's.
 */
export async function sendCode(services: Services, phone: string, at: Date): Promise<void> {
  const { knex, personalDataKeys: keys, log, sms } = services;
  const code = newCode();
  const phoneHash = blindIndex('phone', phone, keys);
  const issued = await issueOtp(knex, {
    phoneHash,
    codeHash: codeHash(services, phone, code),
    at,
    maxPerHour: MAX_PER_HOUR,
  });
  if (!issued) throw new Refusal('TooManyRequests', { retryAfter: 600 });
  const tenants = await findTenantsByPhone(knex, phoneHash);
  if (tenants.length === 0) return;
  const text = `【智慧公寓】登录验证码 ${code}，5 分钟内有效。请勿告诉他人。`;
  sms.send({ messageId: randomUUID(), phone, text, at: at.toISOString() }).catch((err) => {
    log.error({ err }, 'the SMS service did not take a one-time code');
  });
}

/** Uses the code up and answers whose it is. @throws Refusal BadCode, or OperatorChoiceNeeded with the code still good */
export async function redeemCode(
  services: Services,
  given: { readonly phone: string; readonly code: string; readonly operatorId: OperatorId | undefined },
  at: Date,
): Promise<TenantLogin> {
  const { knex, personalDataKeys: keys } = services;
  const { phone, code, operatorId } = given;
  const otp = { phoneHash: blindIndex('phone', phone, keys), codeHash: codeHash(services, phone, code), at };
  const right = await redeemOtp(knex, otp);
  const all = await findTenantsByPhone(knex, otp.phoneHash);
  const tenants = operatorId === undefined ? all : all.filter((tenant) => tenant.operatorId === operatorId);
  const [tenant, second] = tenants;
  if (!right || !tenant) throw new Refusal('BadCode');
  if (!second) return tenant;
  await issueOtp(knex, { ...otp, maxPerHour: 2 * MAX_PER_HOUR });
  const choices = tenants.map(({ operatorId, operatorName }) => ({ operatorId, name: operatorName }));
  throw new Refusal('OperatorChoiceNeeded', { choices });
}
