import { randomBytes } from 'node:crypto';
import NodeRSA from 'node-rsa';
import { SIGNATURE_HEADERS, SIGNATURE_WINDOW_SECONDS } from '../contract/cashier';

/** What a signature speaks for: where a request goes, or nothing for replies and notifications, which have no path of ours. */
export type SignedScope = { readonly method: string; readonly path: string } | 'message';

export type Signer = (scope: SignedScope, body: string, nowMs: number) => Record<string, string>;

export type SignatureRefusal = 'MissingSignature' | 'StaleTimestamp' | 'BadSignature';

const rsa = (pem: string) => {
  const key = new NodeRSA(pem);
  key.setOptions({ signingScheme: 'pkcs1-sha256' });
  return key;
};

const signedText = (scope: SignedScope, timestamp: string, nonce: string, body: string): Buffer => {
  const place = scope === 'message' ? '' : `${scope.method.toUpperCase()}\n${scope.path}\n`;
  return Buffer.from(`${place}${timestamp}\n${nonce}\n${body}\n`, 'utf8');
};

/** Signs with RSA-SHA256 (PKCS #1 v1.5) over method, path, timestamp, nonce and the body's exact text, each ended by a line feed. */
export function createSigner(privatePem: string): Signer {
  const key = rsa(privatePem);
  return (scope, body, nowMs) => {
    const timestamp = String(Math.floor(nowMs / 1000));
    const nonce = randomBytes(16).toString('hex');
    return {
      [SIGNATURE_HEADERS.timestamp]: timestamp,
      [SIGNATURE_HEADERS.nonce]: nonce,
      [SIGNATURE_HEADERS.signature]: key.sign(signedText(scope, timestamp, nonce, body), 'base64'),
    };
  };
}

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

const one = (headers: Headers, name: string): string => {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
};

/** Undefined when the signature holds. `headers` with lower-case names; `body` exactly as received, before any parsing. */
export function refuseSignature(
  message: { readonly scope: SignedScope; readonly headers: Headers; readonly body: string; readonly nowMs: number },
  publicPem: string,
): SignatureRefusal | undefined {
  const timestamp = one(message.headers, SIGNATURE_HEADERS.timestamp);
  const nonce = one(message.headers, SIGNATURE_HEADERS.nonce);
  const signature = one(message.headers, SIGNATURE_HEADERS.signature);
  if (!/^\d{1,12}$/.test(timestamp) || nonce === '' || signature === '') return 'MissingSignature';
  if (Math.abs(message.nowMs / 1000 - Number(timestamp)) > SIGNATURE_WINDOW_SECONDS) return 'StaleTimestamp';
  return verifies(signedText(message.scope, timestamp, nonce, message.body), signature, publicPem)
    ? undefined
    : 'BadSignature';
}

function verifies(text: Buffer, signature: string, publicPem: string): boolean {
  try {
    return rsa(publicPem).verify(text, Buffer.from(signature, 'base64'));
  } catch {
    return false; // a signature of the wrong length makes the library throw
  }
}
