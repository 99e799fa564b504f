import { type Fields, signedText } from '../wire/rsa2';
import { shanghaiMs } from '../wire/shanghai-time';
import { type Body, invalid } from './answer';
import type { State } from './state';
import type { Call } from './trade-methods';

/** Query and form together, as the gateway reads them; undefined when a name comes twice. */
export function mergedFields(query: string, form: string): Fields | undefined {
  const pairs = [...new URLSearchParams(query), ...new URLSearchParams(form)];
  const fields = Object.fromEntries(pairs);
  return Object.keys(fields).length === pairs.length ? fields : undefined;
}

/** An address that was made a day ago opens no page any more. */
const OLDEST_MS = 24 * 60 * 60 * 1000;

export type Verified =
  | { readonly ok: true; readonly call: Call }
  | { readonly ok: false; readonly method: string | undefined; readonly body: Body };

/** Refuses what the real gateway refuses, with its codes and in its order. */
export function verifyRequest(state: State, fields: Fields | undefined, methods: readonly string[]): Verified {
  if (fields === undefined) return { ok: false, method: undefined, body: invalid('isv.invalid-parameter', '参数重复') };
  const { method = '', app_id, sign_type, sign = '', timestamp = '', biz_content = '' } = fields;
  const known = methods.includes(method);
  const refuse = (subCode: string, reason: string): Verified => ({
    ok: false,
    method: known ? method : undefined,
    body: invalid(subCode, reason),
  });
  if (app_id !== state.appId) return refuse('isv.invalid-app-id', '无效的AppID参数');
  if (!known) return refuse('isv.invalid-method', '不存在的方法名');
  if (sign_type !== 'RSA2') return refuse('isv.invalid-signature-type', '无效的签名类型');
  const text = signedText(fields);
  if (!state.verify(text, sign)) return refuse('isv.invalid-signature', `验签出错，网关生成的验签字符串为：${text}`);
  const sentAt = shanghaiMs(timestamp);
  if (sentAt === undefined || Math.abs(state.now() - sentAt) > OLDEST_MS)
    return refuse('isv.invalid-timestamp', '非法的时间戳参数');
  const biz = parse(biz_content);
  return biz === undefined
    ? refuse('isv.invalid-parameter', 'biz_content不是JSON')
    : { ok: true, call: { biz, fields, method } };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
