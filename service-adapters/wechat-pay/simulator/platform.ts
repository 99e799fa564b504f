import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { seal } from '../sealing';
import { messageText, newNonce, SCHEME, seconds, signRsa } from '../signatures';
import { wireTime } from '../wire';
import { type Certificate, selfSigned } from './certificate';

export type PlatformOptions = {
  readonly privatePem: string;
  readonly apiV3Key: string;
  /** Merchants that have the provider's public key name it in their requests, and get answers and notices under it. */
  readonly publicKey?: { readonly id: string; readonly privatePem: string };
  readonly now: () => number;
};

export type SignatureHeaders = Readonly<Record<string, string>>;

/** The simulated provider's own keys: it signs with the newest certificate, and hands out all of them. */
export type Platform = {
  /** Under the public key when `serial` names it, else under the newest certificate. */
  sign(body: string, wanted?: { readonly serial?: string | undefined; readonly atMs?: number }): SignatureHeaders;
  /** The same headers, but somebody else's signature. */
  signFalsely(body: string): SignatureHeaders;
  /** What notices are signed under. */
  readonly noticeSerial: string | undefined;
  /** Content of `/v3/certificates`. */
  certificates(): object;
  /** Signs with a new certificate from now on; answers its serial. In memory: after a restart the first one is back. */
  rotate(): string;
};

const YEAR_MS = 365 * 86_400_000;
const newKey = (): KeyObject => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

type Issued = { readonly privateKey: KeyObject; readonly certificate: Certificate };

function issue(privateKey: KeyObject, nowMs: number): Issued {
  const span = { fromMs: nowMs - 86_400_000, untilMs: nowMs + 5 * YEAR_MS };
  return { privateKey, certificate: selfSigned({ privateKey, publicKey: createPublicKey(privateKey) }, span) };
}

export function createPlatform({ privatePem, apiV3Key, publicKey, now }: PlatformOptions): Platform {
  let newest = issue(createPrivateKey(privatePem), now());
  const issued = [newest];
  const stranger = newKey();
  const fixed = publicKey && { serial: publicKey.id, key: createPrivateKey(publicKey.privatePem) };

  const headers = (body: string, atMs: number, serial: string, key: KeyObject): SignatureHeaders => {
    const timestamp = seconds(atMs);
    const nonce = newNonce();
    return {
      'Wechatpay-Timestamp': timestamp,
      'Wechatpay-Nonce': nonce,
      'Wechatpay-Signature': signRsa(messageText(timestamp, nonce, body), key),
      'Wechatpay-Serial': serial,
      'Wechatpay-Signature-Type': SCHEME,
    };
  };
  return {
    sign: (body, { serial, atMs = now() } = {}) =>
      fixed !== undefined && serial === fixed.serial
        ? headers(body, atMs, fixed.serial, fixed.key)
        : headers(body, atMs, newest.certificate.serial, newest.privateKey),
    signFalsely: (body) => headers(body, now(), fixed?.serial ?? newest.certificate.serial, stranger),
    noticeSerial: fixed?.serial,
    certificates: () => ({ data: issued.map(({ certificate }) => listed(certificate, apiV3Key)) }),
    rotate: () => {
      newest = issue(newKey(), now());
      issued.push(newest);
      return newest.certificate.serial;
    },
  };
}

const listed = ({ serial, pem, fromMs, untilMs }: Certificate, apiV3Key: string) => ({
  serial_no: serial,
  effective_time: wireTime(fromMs),
  expire_time: wireTime(untilMs),
  encrypt_certificate: seal(pem, apiV3Key, 'certificate'),
});
