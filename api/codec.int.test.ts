import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { createCodec } from '../contract/temporal/codec';
import { addStaff, aPlace, aSignedLease, aTenant, Caller, signUp } from './test-caller';
import { type Rig, startRig } from './test-rig';

// Other tests share the two cores.
jest.setTimeout(60_000);

const UI = 'http://127.0.0.1:8233';
const key = { id: 'k1', key: randomBytes(32) };
const codec = createCodec([key]);

let rig: Rig;
let owner: Awaited<ReturnType<typeof signUp>>;
let stranger: Awaited<ReturnType<typeof signUp>>;
let leaseId: string;

beforeAll(async () => {
  rig = await startRig({ codec: { keys: [key], namespace: 'default', uiOrigin: UI } });
  owner = await signUp(rig);
  stranger = await signUp(rig);
  const { roomId } = await aPlace(owner);
  leaseId = await aSignedLease(owner, roomId, (await aTenant(owner)).id);
}, 120_000);
afterAll(() => rig.stop());

const base64 = (bytes: Uint8Array | null | undefined) => Buffer.from(bytes ?? []).toString('base64');

/** As Temporal's HTTP API shows a payload, and as its UI and CLI send it on. */
const onTheWire = ({ metadata, data }: Payload) => ({
  metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([name, value]) => [name, base64(value)])),
  data: base64(data),
});

const contextOf = (workflowId: string) => ({ type: 'workflow', namespace: 'default', workflowId }) as const;

/** What a worker writes into the history of a workflow. */
async function written(value: unknown, workflowId = `lease/${leaseId}`) {
  const [sealed] = await codec.encode([defaultPayloadConverter.toPayload(value)], contextOf(workflowId));
  if (!sealed) throw new Error('nothing was sealed');
  return onTheWire(sealed);
}

const read = ({ metadata, data }: ReturnType<typeof onTheWire>) =>
  defaultPayloadConverter.fromPayload({
    metadata: Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name, Buffer.from(value, 'base64')])),
    data: Buffer.from(data, 'base64'),
  });

const decode = (caller: Caller, payloads: unknown[], headers: Record<string, string> = {}) =>
  caller.post('/v1/codec/decode', { payloads }, { headers: { 'x-namespace': 'default', ...headers } });

describe('the codec server', () => {
  test('decrypts what workers wrote about a lease of the caller’s operator, in order, and what was never encrypted as it is', async () => {
    const open = onTheWire(defaultPayloadConverter.toPayload('offen'));
    const { status, body } = await decode(owner, [await written({ reason: '老人在家' }), open, await written([1, 2])]);
    expect(status).toBe(200);
    expect(body.payloads.map(read)).toEqual([{ reason: '老人在家' }, 'offen', [1, 2]]);
    expect(body.payloads[1]).toEqual(open);
    expect((await decode(owner, [])).body).toEqual({ payloads: [] });
  });

  test('encrypts what is about to be sent, so that workers read it, and gives it back to the same operator alone', async () => {
    const plain = onTheWire(defaultPayloadConverter.toPayload({ why: '重新检查' }));
    const { body } = await owner.must('POST', '/v1/codec/encode', { payloads: [plain] });
    const [sealed] = body.payloads;
    expect(sealed.data).not.toContain(plain.data);
    const bytes = {
      metadata: {
        encoding: Buffer.from(sealed.metadata.encoding, 'base64'),
        'key-id': Buffer.from(sealed.metadata['key-id'], 'base64'),
      },
      data: Buffer.from(sealed.data, 'base64'),
    };
    const [forWorker] = await codec.decode([bytes]);
    expect(forWorker && defaultPayloadConverter.fromPayload(forWorker)).toEqual({ why: '重新检查' });
    expect((await decode(owner, [sealed])).body.payloads).toEqual([plain]);
    expect((await decode(stranger, [sealed])).status).toBe(403);
  });

  test('decrypts nothing of another operator’s lease, nor of a workflow that is nobody’s, nor what does not say whose it is', async () => {
    const mine = await written('mine');
    expect((await decode(stranger, [mine])).body).toMatchObject({ status: 403, code: 'Forbidden' });
    const nobodys = await written('x', 'lease/00000000-0000-7000-8000-000000000000');
    const [unlabelled] = await codec.encode([defaultPayloadConverter.toPayload('x')]);
    for (const foreign of [nobodys, await written('x', 'bench/1'), onTheWire(unlabelled ?? {})]) {
      const { status, text } = await decode(owner, [mine, foreign]);
      expect([status, text.includes(base64(Buffer.from('"mine"')))]).toEqual([403, false]);
    }
  });

  test('names a key that it does not have, and says when bytes were changed', async () => {
    const [old] = await createCodec([{ id: 'k0', key: randomBytes(32) }]).encode([
      defaultPayloadConverter.toPayload('x'),
    ]);
    const unknown = await decode(owner, [onTheWire(old ?? {})]);
    expect(unknown.body).toMatchObject({
      status: 422,
      code: 'UnknownCodecKey',
      detail: expect.stringContaining('"k0"'),
    });
    const whole = await written('x');
    const changed = Buffer.from(whole.data, 'base64');
    changed[20] = (changed[20] ?? 0) ^ 1;
    expect((await decode(owner, [{ ...whole, data: base64(changed) }])).body.code).toBe('UnreadablePayload');
    const short = await decode(owner, [{ ...whole, data: 'AAAA' }]);
    expect(short.body.code).toBe('UnreadablePayload');
  });

  test('takes the largest payload that Temporal takes', async () => {
    const largest = 'x'.repeat(2_000_000);
    expect((await decode(owner, [await written(largest)])).body.payloads.map(read)).toEqual([largest]);
  });

  test('refuses what is not of the format, and another namespace', async () => {
    expect((await decode(owner, [{ metadata: {}, data: '不是' }])).status).toBe(400);
    expect((await owner.post('/v1/codec/decode', { payload: [] })).status).toBe(400);
    expect((await decode(owner, [], { 'x-namespace': 'other' })).status).toBe(404);
  });

  test('keeps who read which lease’s payloads, once for one look, and never what they said', async () => {
    const reader = await signUp(rig);
    const { roomId } = await aPlace(reader);
    const lease = await aSignedLease(reader, roomId, (await aTenant(reader)).id);
    for (const word of ['一', '二']) await decode(reader, [await written(`秘密${word}`, `lease/${lease}`)]);
    const { items } = (await reader.must('GET', `/v1/audit-entries?subjectId=${lease}&action=workflow.decode`)).body;
    expect(items).toMatchObject([{ actorKind: 'staff', subjectKind: 'lease', after: { payloads: 1 } }]);
    expect(JSON.stringify(items)).not.toContain('秘密');
  });
});

describe('whoever asks the codec server', () => {
  test('is nobody without signing in, and is refused without the permission', async () => {
    const payload = await written('x');
    expect((await decode(new Caller(rig), [payload])).status).toBe(401);
    for (const role of ['communityManager', 'finance', 'deviceOps', 'maintenance', 'auditor'])
      expect([role, (await decode(await addStaff(rig, owner, role), [payload])).status]).toEqual([role, 403]);
  });

  test('may be a program with a token that was made for this, and not one with another', async () => {
    const tokenFor = async (scope: string) => {
      const { body } = await owner.must('POST', '/v1/api-tokens', { name: scope, scopes: [scope] });
      return { authorization: `Bearer ${body.token as string}` };
    };
    const payload = await written('x');
    const cli = new Caller(rig);
    expect((await decode(cli, [payload], await tokenFor('ops.decode'))).body.payloads.map(read)).toEqual(['x']);
    expect((await decode(cli, [payload], await tokenFor('lease.read'))).status).toBe(403);
  });

  test('from a page of the Temporal UI needs the session alone; from any other page the CSRF token that it cannot have', async () => {
    const payload = await written('x');
    const fromPage = (origin: string) => decode(owner, [payload], { origin, 'x-csrf-token': '' });
    const ui = await fromPage(UI);
    expect([ui.status, ui.headers.get('access-control-allow-origin')]).toEqual([200, UI]);
    expect(ui.headers.get('access-control-allow-credentials')).toBe('true');
    for (const origin of ['http://127.0.0.1:8234', 'https://evil.example', 'null', `${UI}.evil.example`]) {
      const other = await fromPage(origin);
      expect([other.status, other.headers.get('access-control-allow-origin')]).toEqual([403, null]);
    }
    const elsewhere = await owner.post('/v1/communities', {}, { headers: { origin: UI, 'x-csrf-token': '' } });
    expect([elsewhere.body.code, elsewhere.headers.get('access-control-allow-origin')]).toEqual(['CsrfFailed', null]);
  });

  test('learns from the preflight that only the UI’s pages may ask, and with which headers', async () => {
    const preflight = (origin: string) =>
      new Caller(rig).send('OPTIONS', '/v1/codec/decode', undefined, {
        headers: { origin, 'access-control-request-method': 'POST' },
      });
    const allowed = await preflight(UI);
    expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([204, UI]);
    expect(allowed.headers.get('access-control-allow-headers')).toMatch(/content-type.*x-namespace.*authorization/i);
    expect(allowed.headers.get('vary')).toMatch(/origin/i);
    const refused = await preflight('https://evil.example');
    expect(refused.headers.get('access-control-allow-origin')).toBeNull();
    expect(refused.headers.get('access-control-allow-headers')).toBeNull();
  });
});
