import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { DataConverter, Payload, PayloadCodec } from '@temporalio/common';
import { temporal } from '@temporalio/proto';

const ENCODING = 'binary/encrypted-aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Keys by id; the first one encrypts, all of them decrypt, so that a key can be rotated while leases run. 32 bytes each. */
export type CodecKeys = readonly { readonly id: string; readonly key: Uint8Array }[];

/**
 * Encrypts what workflows and clients exchange, so that the Temporal server, its database and its UI see ciphertext only.
 * @throws Error when a payload names a key that is not configured, or was tampered with.
 */
export function createCodec(keys: CodecKeys): PayloadCodec {
  const [newest] = keys;
  if (!newest) throw new RangeError('a codec needs at least one key');
  const byId = new Map(keys.map(({ id, key }) => [id, key]));
  return {
    encode: async (payloads) => payloads.map((payload) => encrypt(payload, newest)),
    decode: async (payloads) => payloads.map((payload) => decrypt(payload, byId)),
  };
}

function encrypt(payload: Payload, { id, key }: CodecKeys[number]): Payload {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const plain = temporal.api.common.v1.Payload.encode(payload).finish();
  const data = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return { metadata: { encoding: Buffer.from(ENCODING), 'key-id': Buffer.from(id) }, data };
}

function decrypt(payload: Payload, keys: ReadonlyMap<string, Uint8Array>): Payload {
  const { metadata, data } = payload;
  if (!data || text(metadata?.encoding) !== ENCODING) return payload;
  const id = text(metadata?.['key-id']);
  const key = keys.get(id);
  if (!key) throw new Error(`no key "${id}" to decrypt a workflow payload with`);
  const decipher = createDecipheriv('aes-256-gcm', key, data.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(data.subarray(-TAG_BYTES));
  const plain = Buffer.concat([decipher.update(data.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  return temporal.api.common.v1.Payload.decode(plain);
}

const text = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString('utf8');

/** How clients and workers of one installation read and write payloads: encrypted when it has keys. */
export const dataConverterOf = (keys: CodecKeys): DataConverter =>
  keys.length > 0 ? { payloadCodecs: [createCodec(keys)] } : {};
