import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** What the provider encrypts under the APIv3 key: certificates and the content of notices. */
export type Sealed = {
  readonly algorithm: 'AEAD_AES_256_GCM';
  readonly ciphertext: string;
  readonly nonce: string;
  readonly associated_data: string;
};

const TAG_BYTES = 16;

/** AES-256-GCM; the cipher text is followed by its tag, both in one base64. `apiV3Key` is 32 bytes. */
export function seal(plain: string, apiV3Key: string, associatedData: string): Sealed {
  const nonce = randomBytes(6).toString('hex'); // 12 characters are the 12 bytes that GCM wants
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(apiV3Key), Buffer.from(nonce));
  cipher.setAAD(Buffer.from(associatedData));
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return {
    algorithm: 'AEAD_AES_256_GCM',
    ciphertext: sealed.toString('base64'),
    nonce,
    associated_data: associatedData,
  };
}

/** Undefined when the key is another one or a byte was changed. */
export function unseal(sealed: Omit<Sealed, 'algorithm'>, apiV3Key: string): string | undefined {
  const bytes = Buffer.from(sealed.ciphertext, 'base64');
  if (bytes.length < TAG_BYTES) return undefined;
  try {
    const decipher = createDecipheriv('aes-256-gcm', Buffer.from(apiV3Key), Buffer.from(sealed.nonce), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(sealed.associated_data)).setAuthTag(bytes.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
