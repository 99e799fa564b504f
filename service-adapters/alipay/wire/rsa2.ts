import NodeRSA from 'node-rsa';

export type Fields = Readonly<Record<string, string>>;

/**
 * The text that a signature speaks for: parameters that are not empty, sorted by name, values as they are. A request's signature covers
 * `sign_type`; a notification's does not (`rsaCheckV1` of Alipay's own libraries), so there it is left out too.
 */
export function signedText(fields: Fields, leftOut: readonly string[] = ['sign']): string {
  return Object.keys(fields)
    .filter((name) => !leftOut.includes(name) && fields[name] !== '')
    .sort()
    .map((name) => `${name}=${fields[name]}`)
    .join('&');
}

/** What a notification's signature leaves out. */
export const NOTICE_LEFT_OUT = ['sign', 'sign_type'] as const;

const rsa = (pem: string): NodeRSA => {
  const key = new NodeRSA(pem);
  key.setOptions({ signingScheme: 'pkcs1-sha256' });
  return key;
};

export type Sign = (text: string) => string;
export type Verify = (text: string, signature: string) => boolean;

/** SHA256withRSA over the UTF-8 text, base64. @throws Error at once when the key is none. */
export function createSign(privatePem: string): Sign {
  const key = rsa(privatePem);
  if (!key.isPrivate()) throw new Error('an RSA private key is needed to sign');
  return (text) => key.sign(Buffer.from(text, 'utf8'), 'base64');
}

/** True when any of the keys has signed: while Alipay changes its key, both count. @throws Error at once when there is no key or one is none. */
export function createVerify(publicPems: readonly string[]): Verify {
  if (publicPems.length === 0) throw new Error('at least one public key is needed to verify');
  const keys = publicPems.map(rsa);
  return (text, signature) => keys.some((key) => holds(key, text, signature));
}

function holds(key: NodeRSA, text: string, signature: string): boolean {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(signature)) return false;
  try {
    return key.verify(Buffer.from(text, 'utf8'), Buffer.from(signature, 'base64'));
  } catch {
    return false; // a signature of a wrong length
  }
}
