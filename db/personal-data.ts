import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

/** Keys of personal data, 32 bytes each. Old ones stay until everything was re-encrypted; the index key never changes. */
export type PersonalDataKeys = {
  readonly currentKeyId: string;
  readonly keys: ReadonlyMap<string, Buffer>;
  readonly indexKey: Buffer;
};

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

function keyOf({ keys }: PersonalDataKeys, id: string): Buffer {
  const key = keys.get(id);
  if (key?.length !== 32) throw new RangeError(`no 32-byte personal data key "${id}"`);
  return key;
}

/** AES-256-GCM as `keyId:nonce:ciphertext+tag`, in base64url; the same text gives another ciphertext each time. */
export function encryptPersonal(text: string, keys: PersonalDataKeys): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyOf(keys, keys.currentKeyId), nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return [keys.currentKeyId, nonce.toString('base64url'), sealed.toString('base64url')].join(':');
}

/** @throws when the text was altered, or its key is not there. */
export function decryptPersonal(stored: string, keys: PersonalDataKeys): string {
  const [keyId = '', nonce = '', sealed = ''] = stored.split(':');
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', keyOf(keys, keyId), Buffer.from(nonce, 'base64url'), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8');
}

/** A file that names people, sealed as `keyId`, a zero byte, nonce, ciphertext and tag. */
export function encryptFile(bytes: Buffer, keys: PersonalDataKeys): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyOf(keys, keys.currentKeyId), nonce);
  return Buffer.concat([
    Buffer.from(`${keys.currentKeyId}\0`),
    nonce,
    cipher.update(bytes),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
}

/** @throws when the file was altered, or its key is not there. */
export function decryptFile(stored: Buffer, keys: PersonalDataKeys): Buffer {
  const end = stored.indexOf(0);
  const nonceEnd = end + 1 + NONCE_BYTES;
  const key = keyOf(keys, stored.subarray(0, Math.max(0, end)).toString());
  const nonce = stored.subarray(end + 1, nonceEnd);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(stored.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(stored.subarray(nonceEnd, -TAG_BYTES)), decipher.final()]);
}

/**
 * The look-up value of an exact phone or ID number: without the index key nobody can try all eleven-digit numbers against it.
 * Spaces and dashes do not matter, nor does the case of an `x` at the end.
 */
export const blindIndex = (kind: 'phone' | 'idNumber', text: string, keys: PersonalDataKeys): string =>
  createHmac('sha256', keys.indexKey)
    .update(`${kind}\0${text.replace(/[\s-]/g, '').toUpperCase()}`)
    .digest('base64url');

/** 张*; one star for each character after the first. */
export function maskName(name: string): string {
  const [first = '', ...rest] = name;
  return first + '*'.repeat(rest.length);
}

/** 138****1234; too short to hide anything in the middle, it is hidden whole. */
export const maskPhone = (phone: string): string =>
  phone.length < 8 ? '*'.repeat(phone.length) : `${phone.slice(0, 3)}${'*'.repeat(phone.length - 7)}${phone.slice(-4)}`;

/** 110***********002X */
export const maskIdNumber = (idNumber: string): string => maskPhone(idNumber);
