import { describe, expect, test } from '@jest/globals';
import type { Request } from 'express';
import fc from 'fast-check';
import { parseId } from '../domain/ids';
import { type Actor, actorName, communitiesOf, permissionsOf, scopeOf } from './auth/actor';
import { checkCsrf } from './auth/identify';
import { checkPassword, hashPassword } from './auth/password';
import { hashToken, newCode, newToken, sameText } from './auth/secrets';
import { newTotpSecret, openTicket, sealTicket, totpStep } from './auth/totp';
import { decodeCursor, encodeCursor, orderBy, pageOf } from './cursor';
import { etagOf, requireMatch } from './etag';
import { hashRequest, idFrom } from './idempotency';
import { asRefusal } from './problems';
import { Refusal } from './refusal';
import { durationMs } from './time-travel';

const community = '00000000-0000-7000-8000-00000000000a';
const anActor = (over: Partial<Actor> = {}): Actor => ({
  ...{
    kind: 'staff',
    id: 's1',
    name: '林',
    operatorId: parseId('00000000-0000-7000-8000-000000000001'),
    operatorName: 'O',
  },
  ...{ roles: [{ role: 'communityManager', communityId: community }], tokenScopes: null },
  session: { tokenHash: 't', csrfToken: 'c'.repeat(43), expiresAt: '2030-01-01T00:00:00Z', totpEnrolled: false },
  ...over,
});
const request = (method: string, headers: Record<string, string> = {}) => ({ method, headers }) as unknown as Request;

describe('a permission', () => {
  test('reaches the communities of the roles that grant it, all of them by one role for the whole operator', () => {
    expect(scopeOf(anActor(), 'lease.approve')).toEqual([community]);
    expect(scopeOf(anActor(), 'audit.read')).toBeUndefined();
    const wide = anActor({ roles: [...anActor().roles, { role: 'auditor', communityId: null }] });
    expect(scopeOf(wide, 'lease.read')).toBeNull();
    expect(scopeOf(wide, 'lease.approve')).toEqual([community]);
    expect(communitiesOf(wide)).toBeNull();
  });

  test('of a token is never more than its scopes and its maker’s roles together', () => {
    const token = anActor({ kind: 'token', tokenScopes: ['lease.read', 'audit.read'], session: null });
    expect(permissionsOf(token)).toEqual(['lease.read']);
    expect(actorName(token)).toBe('token:s1');
  });

  test('is not granted by a role that does not exist', () => {
    expect(permissionsOf(anActor({ roles: [{ role: 'toString' as never, communityId: null }] }))).toEqual([]);
  });
});

describe('a change by cookie', () => {
  test('wants the session’s own token; reading does not, nor does a bearer token', () => {
    const actor = anActor();
    expect(() => checkCsrf(request('POST'), actor)).toThrow(Refusal);
    expect(() => checkCsrf(request('DELETE', { 'x-csrf-token': 'x' }), actor)).toThrow(Refusal);
    expect(() => checkCsrf(request('POST', { 'x-csrf-token': 'c'.repeat(43) }), actor)).not.toThrow();
    expect(() => checkCsrf(request('GET'), actor)).not.toThrow();
    expect(() => checkCsrf(request('POST'), anActor({ session: null }))).not.toThrow();
  });
});

describe('secrets', () => {
  test('are long, all different, and stored as something else', () => {
    const tokens = Array.from({ length: 100 }, newToken);
    expect(new Set(tokens).size).toBe(100);
    expect(hashToken(tokens[0] ?? '')).not.toBe(tokens[0]);
    expect(sameText('a', 'a') && !sameText('a', 'b') && !sameText('a', 'aa')).toBe(true);
    for (let i = 0; i < 50; i += 1) expect(newCode()).toMatch(/^\d{6}$/);
  });

  test('a password is kept as argon2id and found again; no account matches nothing', async () => {
    const hash = await hashPassword('mòre than ten');
    expect(hash).toMatch(/^\$argon2id\$/);
    expect(await checkPassword(hash, 'mòre than ten')).toBe(true);
    expect(await checkPassword(hash, 'something else')).toBe(false);
    expect(await checkPassword(undefined, 'nobody has this password')).toBe(false);
  });

  test('a TOTP ticket serves the account that began it, for a quarter of an hour', () => {
    const keys = { currentKeyId: 'k', keys: new Map([['k', Buffer.alloc(32, 1)]]), indexKey: Buffer.alloc(32, 2) };
    const at = new Date('2026-01-01T00:00:00Z');
    const secret = newTotpSecret();
    const ticket = sealTicket(secret, 'me', at, keys);
    expect(openTicket(ticket, 'me', new Date(at.getTime() + 60_000), keys)).toBe(secret);
    expect(openTicket(ticket, 'you', at, keys)).toBeNull();
    expect(openTicket(ticket, 'me', new Date(at.getTime() + 16 * 60_000), keys)).toBeNull();
    expect(openTicket('made up', 'me', at, keys)).toBeNull();
    expect(totpStep(secret, '12345', at)).toBeNull();
  });
});

describe('a cursor', () => {
  test('brings back the key that it was made from, and nothing else is taken for one', () => {
    const order = orderBy<[string, number]>(['text', 'count'], (key) => key);
    const key = fc.tuple(
      fc.string().map((text) => text.replaceAll('\0', '')),
      fc.maxSafeInteger(),
    );
    fc.assert(fc.property(key, (values) => expect(decodeCursor(encodeCursor(values), order)).toEqual(values)));
    const others = [[], ['a'], ['a', 'b'], [1, 1], ['a\0', 1], ['a', 1.5], ['a', 1, 1], [null, 1]];
    for (const bad of ['', 'x', Buffer.from('{"a":1}').toString('base64url'), ...others.map(encodeCursor)])
      expect(() => decodeCursor(bad, order)).toThrow(Refusal);
    for (const [column, bad] of [
      ['uuid', 'zz'],
      ['instant', 'yesterday'],
    ] as const)
      expect(() =>
        decodeCursor(
          encodeCursor([bad]),
          orderBy([column], () => []),
        ),
      ).toThrow(Refusal);
  });

  test('is given only when there is a further page', () => {
    expect(pageOf([1, 2], 2, (n) => [n]).nextCursor).toBeNull();
    expect(pageOf([1, 2, 3], 2, (n) => [n])).toEqual({ items: [1, 2], nextCursor: encodeCursor([2]) });
  });
});

describe('an ETag', () => {
  test('changes with the content, and an edit wants the current one', () => {
    const now = { floor: 1 };
    expect(etagOf(now)).not.toBe(etagOf({ floor: 2 }));
    expect(() => requireMatch(request('PATCH', { 'if-match': `"old", ${etagOf(now)}` }), now)).not.toThrow();
    expect(() => requireMatch(request('PATCH', { 'if-match': '"old"' }), now)).toThrow('no longer current');
    expect(() => requireMatch(request('PATCH'), now)).toThrow('Send If-Match');
  });
});

describe('an id made from a request', () => {
  test('is a UUID v7 of its time, the same for the same request and another for any other', () => {
    const since = new Date('2026-03-01T08:00:00.123Z');
    const id = idFrom(['lease', 'op', 'staff', 'signLease', 'key'], since);
    expect(id).toBe(idFrom(['lease', 'op', 'staff', 'signLease', 'key'], since));
    expect(id).not.toBe(idFrom(['lease', 'op', 'staff', 'signLease', 'key2'], since));
    expect(id[14]).toBe('7');
    expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(since.getTime());
    expect(id < idFrom(['a'], new Date(since.getTime() + 1))).toBe(true);
  });
});

test('what is kept of a request to know it again is worth nothing without the key', () => {
  const request = { method: 'POST', originalUrl: '/v1/staff', body: { login: 'a@b', password: 'secret' } };
  const [key, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  expect(hashRequest(request, key)).toBe(hashRequest({ ...request }, key));
  expect(hashRequest({ ...request, body: { ...request.body, password: 'other' } }, key)).not.toBe(
    hashRequest(request, key),
  );
  expect(hashRequest(request, other)).not.toBe(hashRequest(request, key));
});

describe('whatever is thrown', () => {
  test('is a refusal by its code, its constraint or its kind of outage; the rest is a bug', () => {
    const codeOf = (error: unknown) => asRefusal(error)?.code;
    expect(codeOf(Object.assign(new Error('x'), { code: 'RoomTaken' }))).toBe('RoomTaken');
    expect(codeOf(Object.assign(new Error('x'), { code: '23P01', constraint: 'no_room_twice' }))).toBe('RoomTaken');
    expect(codeOf(Object.assign(new Error('x'), { code: '23503' }))).toBe('NotFound');
    expect(codeOf(Object.assign(new Error('x'), { code: 'ECONNREFUSED' }))).toBe('DatabaseUnavailable');
    expect(codeOf(Object.assign(new Error('x'), { type: 'entity.too.large' }))).toBe('BodyTooLarge');
    for (const code of ['22007', '22P02', '22021']) expect(codeOf({ code })).toBe('InvalidInput');
    expect(codeOf(new TypeError('x is undefined'))).toBeUndefined();
    expect(codeOf(null)).toBeUndefined();
  });
});

test('a duration is read to the second', () => {
  expect(durationMs('P30D')).toBe(30 * 86_400_000);
  expect(durationMs('P1DT2H3M4S')).toBe(86_400_000 + 2 * 3_600_000 + 3 * 60_000 + 4_000);
  expect(durationMs('PT12H')).toBe(12 * 3_600_000);
});
