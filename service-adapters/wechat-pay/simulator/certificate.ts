import { createHash, type KeyObject, sign } from 'node:crypto';

/** DER: tag, length, content. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const size = content.length.toString(16);
  const bytes = Buffer.from(size.length % 2 === 0 ? size : `0${size}`, 'hex');
  const length = content.length < 128 ? bytes : Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
  return Buffer.concat([Buffer.from([tag]), length, content]);
}

const sequence = (...parts: readonly Buffer[]) => der(0x30, ...parts);
const SHA256_WITH_RSA = sequence(Buffer.from('06092a864886f70d01010b', 'hex'), Buffer.from('0500', 'hex'));

const name = (commonName: string): Buffer => {
  const attribute = sequence(Buffer.from('0603550403', 'hex'), der(0x0c, Buffer.from(commonName, 'utf8')));
  return sequence(der(0x31, attribute));
};

/** GeneralizedTime, which has no century to guess. */
const time = (ms: number): Buffer =>
  der(0x18, Buffer.from(`${new Date(ms).toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`, 'ascii'));

export type Certificate = {
  /** As the provider writes serial numbers: 40 hexadecimal capitals. */
  readonly serial: string;
  readonly pem: string;
  readonly fromMs: number;
  readonly untilMs: number;
};

/** A self-signed X.509 certificate. The serial follows from the key, so that it is the same after a restart. */
export function selfSigned(
  keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject },
  { fromMs, untilMs }: { readonly fromMs: number; readonly untilMs: number },
): Certificate {
  const publicDer = keys.publicKey.export({ type: 'spki', format: 'der' });
  const serial = createHash('sha1').update(publicDer).digest();
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40; // positive, and without a leading zero
  const subject = name('模拟微信支付平台');
  const version = der(0xa0, Buffer.from('020102', 'hex'));
  const validity = sequence(time(fromMs), time(untilMs));
  const content = sequence(version, der(0x02, serial), SHA256_WITH_RSA, subject, validity, subject, publicDer);
  const signature = sign('RSA-SHA256', content, keys.privateKey);
  const certificate = sequence(content, SHA256_WITH_RSA, der(0x03, Buffer.from([0]), signature));
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  const pem = ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
  return { serial: serial.toString('hex').toUpperCase(), pem, fromMs, untilMs };
}
