import { createPublicKey } from 'node:crypto';
import { requestText, SCHEME, verifiesRsa, WINDOW_SECONDS } from '../signatures';

export type KnownMerchant = {
  readonly appid: string;
  readonly mchid: string;
  readonly serial: string;
  readonly publicPem: string;
};

export type IncomingRequest = {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
};

/** Why the request is not the merchant's; undefined when it is. */
export type SignatureCheck = (request: IncomingRequest, nowMs: number) => string | undefined;

export function merchantSignatureCheck(merchant: KnownMerchant): SignatureCheck {
  const key = createPublicKey(merchant.publicPem);
  return ({ method, path, authorization, body }, nowMs) => {
    const fields = parseAuthorization(authorization ?? '');
    if (fields === undefined) return 'Http头Authorization值格式错误';
    if (fields.mchid !== merchant.mchid) return '商户号不存在';
    if (fields.serial_no !== merchant.serial) return '商户证书序列号有误';
    if (Math.abs(nowMs / 1000 - Number(fields.timestamp)) > WINDOW_SECONDS)
      return 'Http头Authorization中的timestamp与发起请求的时间不得超过5分钟';
    const text = requestText({ method, path, timestamp: fields.timestamp, nonce: fields.nonce_str, body });
    return verifiesRsa(text, fields.signature, key) ? undefined : '错误的签名，导致验签失败';
  };
}

const FIELDS = ['mchid', 'nonce_str', 'signature', 'timestamp', 'serial_no'] as const;

function parseAuthorization(value: string): Record<(typeof FIELDS)[number], string> | undefined {
  if (!value.startsWith(`${SCHEME} `)) return undefined;
  const pairs = new Map([...value.matchAll(/([a-z_]+)="([^"]*)"/g)].map(([, name, text]) => [name, text ?? '']));
  const [mchid, nonce_str, signature, timestamp, serial_no] = FIELDS.map((name) => pairs.get(name) ?? '');
  if (!mchid || !nonce_str || !signature || !timestamp || !serial_no || !/^\d+$/.test(timestamp)) return undefined;
  return { mchid, nonce_str, signature, timestamp, serial_no };
}
