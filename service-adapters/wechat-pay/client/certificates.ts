import { type KeyObject, X509Certificate } from 'node:crypto';
import { unseal } from '../sealing';
import { Certificates, parseJson } from '../wire';
import type { Exchange } from './exchange';
import { isFresh, isSignedBy, signedMessage } from './signed-message';

export type KeysBySerial = ReadonlyMap<string, { readonly key: KeyObject; readonly expiresMs: number }>;

/**
 * Downloads the provider's certificates. The first download is signed with a key that only it contains: that it is the provider's is known from the
 * APIv3 key that seals it; the signature shows that nothing around it was changed. Undefined when either does not hold.
 */
export async function downloadCertificates(
  exchange: Exchange,
  apiV3Key: string,
  now: () => number,
): Promise<KeysBySerial | undefined> {
  const reply = await exchange({ method: 'GET', path: '/v3/certificates' });
  if ('failed' in reply || reply.status !== 200) return undefined;
  const message = signedMessage((name) => reply.headers.get(name) ?? undefined, reply.body);
  const keys = readCertificates(reply.body, apiV3Key);
  const signer = message === undefined ? undefined : keys.get(message.serial)?.key;
  if (message === undefined || signer === undefined || !isFresh(message, now())) return undefined;
  return isSignedBy(message, signer) ? keys : undefined;
}

function readCertificates(body: string, apiV3Key: string): KeysBySerial {
  const list = Certificates.safeParse(parseJson(body));
  const entries = list.success ? list.data.data : [];
  return new Map(
    entries.flatMap(({ serial_no, expire_time, encrypt_certificate }) => {
      const key = certificateKey(unseal(encrypt_certificate, apiV3Key));
      return key === undefined ? [] : [[serial_no, { key, expiresMs: Date.parse(expire_time) }] as const];
    }),
  );
}

function certificateKey(pem: string | undefined): KeyObject | undefined {
  try {
    return pem === undefined ? undefined : new X509Certificate(pem).publicKey;
  } catch {
    return undefined;
  }
}
