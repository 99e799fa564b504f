import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { DataConverter, Payload, PayloadCodec } from '@temporalio/common';
import { temporal } from '@temporalio/proto';

const ENCODING = 'binary/encrypted-aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Metadata inside the ciphertext: whose payload it is. One namespace holds the workflows of all operators, so a ciphertext must say for
 * itself who may have it decrypted, and under the key nobody can change the label. Codecs that do not know it pass it on unread.
 */
const SEALED_FOR = 'sealed-for';

/** Keys by id; the first one encrypts, all of them decrypt, so that a key can be rotated while leases run. 32 bytes each. */
export type CodecKeys = readonly { readonly id: string; readonly key: Uint8Array }[];

/** A payload was sealed with a key that this installation does not have. */
export class UnknownCodecKey extends Error {
  override readonly name = 'UnknownCodecKey';
}

/** A payload says that it is sealed, and its bytes are not what was sealed. */
export class UnreadablePayload extends Error {
  override readonly name = 'UnreadablePayload';
}

/**
 * Encrypts what workflows and clients exchange, so that the Temporal server, its database and its UI see ciphertext only. Each payload is
 * labelled with the workflow that it belongs to.
 * @throws UnknownCodecKey, UnreadablePayload
 */
export function createCodec(keys: CodecKeys): PayloadCodec {
  const [newest] = keys;
  if (!newest) throw new RangeError('a codec needs at least one key');
  return {
    encode: async (payloads, context) => payloads.map((payload) => seal(payload, newest, context?.workflowId)),
    decode: async (payloads) => payloads.map((payload) => unseal(payload, keys).payload),
  };
}

/** @param sealedFor the workflow that the payload belongs to, or whoever else may read it */
export function seal(payload: Payload, { id, key }: CodecKeys[number], sealedFor: string | undefined): Payload {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const { [SEALED_FOR]: _claimed, ...own } = payload.metadata ?? {};
  const metadata = sealedFor === undefined ? own : { ...own, [SEALED_FOR]: Buffer.from(sealedFor) };
  const plain = temporal.api.common.v1.Payload.encode({ ...payload, metadata }).finish();
  const data = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return { metadata: { encoding: Buffer.from(ENCODING), 'key-id': Buffer.from(id) }, data };
}

export type Unsealed = {
  readonly payload: Payload;
  /** False for what was never encrypted; it comes back as it is. */
  readonly wasSealed: boolean;
  /** undefined: sealed by a version that did not label, or not for anybody. */
  readonly sealedFor: string | undefined;
};

/** @throws UnknownCodecKey, UnreadablePayload */
export function unseal(payload: Payload, keys: CodecKeys): Unsealed {
  if (!payload.data || text(payload.metadata?.encoding) !== ENCODING) {
    return { payload, wasSealed: false, sealedFor: undefined };
  }
  const id = text(payload.metadata?.['key-id']);
  const found = keys.find((entry) => entry.id === id);
  if (!found) throw new UnknownCodecKey(`no key "${id}" to decrypt a workflow payload with`);
  const { metadata, ...rest } = temporal.api.common.v1.Payload.decode(decrypt(payload.data, found.key));
  const { [SEALED_FOR]: label, ...own } = metadata ?? {};
  return { payload: { ...rest, metadata: own }, wasSealed: true, sealedFor: label && text(label) };
}

function decrypt(data: Uint8Array, key: Uint8Array): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, data.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(data.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(data.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    throw new UnreadablePayload('a workflow payload was changed after it was encrypted');
  }
}

const text = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString('utf8');

/** How clients and workers of one installation read and write payloads: encrypted when it has keys. */
export const dataConverterOf = (keys: CodecKeys): DataConverter =>
  keys.length > 0 ? { payloadCodecs: [createCodec(keys)] } : {};
