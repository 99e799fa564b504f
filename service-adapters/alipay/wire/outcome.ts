import type { z } from 'zod';
import type { Answer } from '../../payment-provider';
import type { Reply } from './gateway';

/** Failures of Alipay's, not of the request: whether it took effect is not known. */
const UNSETTLED = new Set(['ACQ.SYSTEM_ERROR', 'SYSTEM_ERROR', 'ACQ.TRADE_PAYING', 'isv.app-call-limited']);

/** 10000 done, 10003 in progress, 20000 out of service, 40005 too many calls; the others are final. */
const UNSETTLED_CODES = new Set(['10003', '20000', '40005']);

const isUnsettled = (code: string, subCode: string): boolean =>
  UNSETTLED_CODES.has(code) || UNSETTLED.has(subCode) || /^(?:isp|aop)\./.test(subCode);

/** Turns Alipay's codes into ours: a refusal carries the sub code (or the code). A body of another shape than documented is unknown. */
export function toAnswer<T>(reply: Reply, schema: z.ZodType<T>): Answer<T> {
  if (reply.kind === 'unknown') return reply;
  const { code, subCode, message, body } = reply;
  if (code === '10000') {
    const parsed = schema.safeParse(body);
    return parsed.success
      ? { kind: 'ok', value: parsed.data }
      : { kind: 'unknown', why: `the answer is not as documented: ${parsed.error.message}` };
  }
  if (isUnsettled(code, subCode)) return { kind: 'unknown', why: `${code} ${subCode} ${message}` };
  return { kind: 'refused', code: subCode || code, message };
}

/** Goes on with what was answered; a refusal and an unknown stay what they are. */
export const mapAnswer = <T, U>(answer: Answer<T>, next: (value: T) => Answer<U>): Answer<U> =>
  answer.kind === 'ok' ? next(answer.value) : answer;
