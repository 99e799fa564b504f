import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { defaultPayloadConverter } from '@temporalio/common';
import { createCodec, seal, unseal } from './codec';

const payload = defaultPayloadConverter.toPayload({ reason: '租客张三 13800138000' });
const old = { id: 'k1', key: randomBytes(32) };
const fresh = { id: 'k2', key: randomBytes(32) };

describe('what workflows exchange', () => {
  it('cannot be read on the way and reads the same at the other end', async () => {
    const codec = createCodec([old]);
    const [sealed] = await codec.encode([payload]);
    expect(Buffer.from(sealed?.data ?? []).toString('utf8')).not.toContain('13800138000');
    const [opened] = await codec.decode(sealed ? [sealed] : []);
    expect(opened && defaultPayloadConverter.fromPayload(opened)).toEqual({ reason: '租客张三 13800138000' });
  });

  it('still reads what the key before the rotation sealed', async () => {
    const sealed = await createCodec([old]).encode([payload]);
    const [opened] = await createCodec([fresh, old]).decode(sealed);
    expect(Buffer.from(opened?.data ?? [])).toEqual(Buffer.from(payload.data ?? []));
  });

  it('refuses a payload whose key is unknown or whose bytes were changed', async () => {
    const [sealed] = await createCodec([old]).encode([payload]);
    if (!sealed?.data) throw new Error('nothing was sealed');
    await expect(createCodec([fresh]).decode([sealed])).rejects.toThrow('no key "k1"');
    const changed = Buffer.from(sealed.data);
    changed[20] = (changed[20] ?? 0) ^ 1;
    await expect(createCodec([old]).decode([{ ...sealed, data: changed }])).rejects.toThrow();
  });

  it('says inside the ciphertext which workflow it belongs to, and shows nothing of it outside', async () => {
    const context = { type: 'workflow', namespace: 'default', workflowId: 'lease/1' } as const;
    const [sealed] = await createCodec([old]).encode([payload], context);
    if (!sealed) throw new Error('nothing was sealed');
    expect(JSON.stringify(sealed.metadata)).not.toContain(Buffer.from('lease/1').toString('base64'));
    expect(unseal(sealed, [old])).toMatchObject({ wasSealed: true, sealedFor: 'lease/1' });
    const [opened] = await createCodec([old]).decode([sealed]);
    expect(Object.keys(opened?.metadata ?? {})).toEqual(['encoding']);
  });

  it('cannot be labelled by whoever hands in the content', () => {
    const forged = { ...payload, metadata: { ...payload.metadata, 'sealed-for': Buffer.from('lease/2') } };
    expect(unseal(seal(forged, old, undefined), [old]).sealedFor).toBeUndefined();
    expect(unseal(seal(forged, old, 'operator/1'), [old]).sealedFor).toBe('operator/1');
  });

  it('leaves payloads alone that were written before encryption was switched on', async () => {
    expect(await createCodec([old]).decode([payload])).toEqual([payload]);
  });
});
