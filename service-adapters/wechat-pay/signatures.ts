import { type KeyObject, randomBytes, sign, verify } from 'node:crypto';

/** Names the algorithm in the `Authorization` of requests and in `Wechatpay-Signature-Type` of answers. */
export const SCHEME = 'WECHATPAY2-SHA256-RSA2048';

/** Answers and notices older, or from further ahead, than this are refused, so that a recorded one cannot be replayed later. */
export const WINDOW_SECONDS = 300;

const lines = (...parts: readonly string[]): Buffer => Buffer.from(parts.map((part) => `${part}\n`).join(''), 'utf8');

export const signRsa = (text: Buffer, key: KeyObject): string => sign('RSA-SHA256', text, key).toString('base64');

export const verifiesRsa = (text: Buffer, signature: string, key: KeyObject): boolean =>
  verify('RSA-SHA256', text, key, Buffer.from(signature, 'base64'));

/** `path` with its query. The body's exact text, empty for none. */
export type SignedRequest = {
  readonly method: string;
  readonly path: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly body: string;
};

export const requestText = ({ method, path, timestamp, nonce, body }: SignedRequest): Buffer =>
  lines(method, path, timestamp, nonce, body);

/** What an answer's or a notice's signature covers. */
export const messageText = (timestamp: string, nonce: string, body: string): Buffer => lines(timestamp, nonce, body);

/** What WeChat's script checks before it shows the payment inside the app. */
export const paySignText = (appId: string, timeStamp: string, nonceStr: string, packageText: string): Buffer =>
  lines(appId, timeStamp, nonceStr, packageText);

export const newNonce = (): string => randomBytes(16).toString('hex').toUpperCase();

export const seconds = (ms: number): string => String(Math.floor(ms / 1000));

export type Credentials = { readonly mchid: string; readonly serial: string; readonly key: KeyObject };

export function authorization(
  { mchid, serial, key }: Credentials,
  request: Pick<SignedRequest, 'method' | 'path' | 'body'>,
  nowMs: number,
): string {
  const stamped = { ...request, timestamp: seconds(nowMs), nonce: newNonce() };
  const fields = {
    mchid,
    nonce_str: stamped.nonce,
    signature: signRsa(requestText(stamped), key),
    timestamp: stamped.timestamp,
    serial_no: serial,
  };
  return `${SCHEME} ${Object.entries(fields)
    .map(([name, value]) => `${name}="${value}"`)
    .join(',')}`;
}
