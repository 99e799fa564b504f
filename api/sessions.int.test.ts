import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import {
  addStaff,
  aPlace,
  aSignedLease,
  aTenant,
  Caller,
  newLogin,
  newPhone,
  PASSWORD,
  signInTenant,
  signUp,
} from './test-caller';
import { type Rig, startRig } from './test-rig';

// Other tests share the two cores.
jest.setTimeout(60_000);

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
}, 120_000);
afterAll(() => rig.stop());

describe('a staff member', () => {
  test('signs in with an HttpOnly cookie, sees their permissions and signs out', async () => {
    const admin = await signUp(rig);
    const reply = await new Caller(rig).post('/v1/staff-sessions', { login: admin.login, password: PASSWORD });
    const cookies = reply.headers.getSetCookie();
    expect(cookies.find((line) => line.startsWith('session='))).toMatch(/HttpOnly; SameSite=Lax/);
    expect(cookies.find((line) => line.startsWith('csrf='))).not.toMatch(/HttpOnly/);
    expect(reply.body).toMatchObject({ kind: 'staff', name: '管理员', communityIds: null, timeTravel: false });
    expect(reply.body.permissions).toContain('tenant.unmask');
    await admin.must('DELETE', '/v1/session');
    expect((await admin.get('/v1/session')).status).toBe(401);
  });

  test('learns the same from a wrong password as from a login that does not exist', async () => {
    const { login } = await signUp(rig);
    const caller = new Caller(rig);
    const wrong = await caller.post('/v1/staff-sessions', { login, password: 'not this one' });
    const unknown = await caller.post('/v1/staff-sessions', { login: newLogin(), password: 'not this one' });
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    const { instance: _a, ...first } = wrong.body;
    const { instance: _b, ...second } = unknown.body;
    expect(first).toEqual(second);
  });

  const guess = (caller: Caller, login: string, password = 'guess') =>
    caller.post('/v1/staff-sessions', { login, password });

  test('who guesses is stopped after ten tries and told when to return; the person themselves gets in meanwhile', async () => {
    const { login } = await signUp(rig);
    const stranger = new Caller(rig);
    for (let i = 0; i < 10; i += 1) expect((await guess(stranger, login)).status).toBe(401);
    const refused = await guess(stranger, login);
    expect(refused.body.code).toBe('TooManyRequests');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.body.title).toMatch(/^操作过于频繁，请 \d+ 分钟后再试$/);
    expect(refused.body.detail).toMatch(/try again in \d+ minutes?\./);
    expect((await guess(stranger, login, PASSWORD)).status).toBe(429);
    expect((await guess(new Caller(rig), login, PASSWORD)).status).toBe(201);
  }, 30_000);

  test('whose login is guessed at from everywhere still gets in, while each place has two tries left', async () => {
    const { login } = await signUp(rig);
    for (let place = 0; place < 10; place += 1) {
      const caller = new Caller(rig);
      for (let i = 0; i < 10; i += 1) expect((await guess(caller, login)).status).toBe(401);
    }
    const another = new Caller(rig);
    expect([(await guess(another, login)).status, (await guess(another, login)).status]).toEqual([401, 401]);
    expect((await guess(another, login)).status).toBe(429);
    expect((await guess(new Caller(rig), login, PASSWORD)).status).toBe(201);
  }, 60_000);

  test('may sign in rightly as often as they like, and a right password forgives the slips before it', async () => {
    const { login } = await signUp(rig);
    const person = new Caller(rig);
    for (let i = 0; i < 15; i += 1) expect((await guess(person, login, PASSWORD)).status).toBe(201);
    for (let i = 0; i < 9; i += 1) expect((await guess(person, login)).status).toBe(401);
    expect((await guess(person, login, PASSWORD)).status).toBe(201);
    for (let i = 0; i < 10; i += 1) expect((await guess(person, login)).status).toBe(401);
    expect((await guess(person, login)).status).toBe(429);
  }, 60_000);

  test('who was disabled is out at once, and the last administrator cannot be', async () => {
    const admin = await signUp(rig);
    const finance = await addStaff(rig, admin, 'finance');
    const { body } = await finance.must('GET', '/v1/session');
    await admin.must('PATCH', `/v1/staff/${body.id}`, { disabled: true });
    expect((await finance.get('/v1/session')).status).toBe(401);
    const own = (await admin.must('GET', '/v1/session')).body.id;
    const refused = await admin.send('PATCH', `/v1/staff/${own}`, { disabled: true });
    expect(refused.body.code).toBe('LastAdministrator');
  });

  test('cannot take a login that another operator’s staff has', async () => {
    const { login } = await signUp(rig);
    const reply = await new Caller(rig).post('/v1/operators', {
      name: '别家',
      adminName: '别人',
      login,
      password: PASSWORD,
    });
    expect(reply.body.code).toBe('LoginTaken');
  });

  test('with TOTP is asked for a code, and a code opens one session only', async () => {
    const admin = await signUp(rig);
    const { secret, ticket } = (await admin.must('POST', '/v1/session/totp', {})).body;
    const codeAt = (ms: number) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: ms });
    expect((await admin.send('PUT', '/v1/session/totp', { ticket, code: '000000' })).body.code).toBe('BadTotp');
    await admin.must('PUT', '/v1/session/totp', { ticket, code: codeAt(Date.now()) });
    const caller = new Caller(rig);
    const password = { login: admin.login, password: PASSWORD };
    expect((await caller.post('/v1/staff-sessions', password)).body.code).toBe('TotpRequired');
    const totp = codeAt(Date.now());
    await caller.must('POST', '/v1/staff-sessions', { ...password, totp });
    expect((await new Caller(rig).post('/v1/staff-sessions', { ...password, totp })).body.code).toBe('BadTotp');
    await admin.must('DELETE', '/v1/session/totp', { password: PASSWORD });
    await new Caller(rig).must('POST', '/v1/staff-sessions', password);
  });

  test('who changes the password ends all other sessions', async () => {
    const admin = await signUp(rig);
    const elsewhere = new Caller(rig);
    await elsewhere.must('POST', '/v1/staff-sessions', { login: admin.login, password: PASSWORD });
    await admin.must('PUT', '/v1/session/password', { current: PASSWORD, next: 'another long password' });
    expect((await elsewhere.get('/v1/session')).status).toBe(401);
    expect((await admin.get('/v1/session')).status).toBe(200);
  });
});

describe('cross-site requests', () => {
  test('change nothing without the token of the session, nor with that of another', async () => {
    const admin = await signUp(rig);
    const other = await signUp(rig);
    const body = { code: 'X', name: 'X' };
    for (const token of ['', 'made-up', other.cookie('csrf') ?? '']) {
      const reply = await admin.post('/v1/communities', body, { headers: { 'x-csrf-token': token } });
      expect([reply.status, reply.body.code]).toEqual([403, 'CsrfFailed']);
    }
    expect((await admin.must('GET', '/v1/communities')).body.items).toEqual([]);
  });

  test('with a form’s content type are not read', async () => {
    const admin = await signUp(rig);
    const reply = await admin.send('POST', '/v1/communities', 'code=X&name=X', {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect([reply.status, reply.body.code]).toEqual([415, 'UnsupportedMedia']);
  });
});

describe('an API token', () => {
  test('does what its scopes say and no more, until it is revoked', async () => {
    const admin = await signUp(rig);
    const { token, id } = (await admin.must('POST', '/v1/api-tokens', { name: '报表', scopes: ['place.read'] })).body;
    const machine = new Caller(rig);
    machine.headers = { authorization: `Bearer ${token}` };
    expect((await machine.get('/v1/communities')).status).toBe(200);
    expect((await machine.get('/v1/leases')).status).toBe(403);
    expect((await machine.post('/v1/communities', { code: 'T', name: 'T' })).status).toBe(403);
    expect((await admin.must('GET', '/v1/api-tokens')).text).not.toContain(token);
    await admin.must('DELETE', `/v1/api-tokens/${id}`);
    expect((await machine.get('/v1/communities')).status).toBe(401);
  });

  test('never carries a scope that its maker does not have', async () => {
    const admin = await signUp(rig);
    const { body } = await admin.must('GET', '/v1/session');
    expect(body.permissions).not.toContain('my.use');
    const reply = await admin.post('/v1/api-tokens', { name: 'x', scopes: ['my.use'] });
    expect(reply.status).toBe(403);
  });
});

describe('a tenant', () => {
  test('signs in with the code of the message, once', async () => {
    const admin = await signUp(rig);
    const { phone } = await aTenant(admin);
    const caller = await signInTenant(rig, phone);
    expect((await caller.must('GET', '/v1/session')).body).toMatchObject({ kind: 'tenant', permissions: ['my.use'] });
    const [code] = /\d{6}/.exec(rig.texts.findLast((sms) => sms.phone === phone)?.text ?? '') ?? [];
    expect((await new Caller(rig).post('/v1/tenant-sessions', { phone, code })).body.code).toBe('BadCode');
  });

  /** The newest code that the phone was sent, and one that it was not. */
  const codes = (phone: string) => {
    const [code = ''] = /\d{6}/.exec(rig.texts.findLast((sms) => sms.phone === phone)?.text ?? '') ?? [];
    return { code, wrong: code === '000000' ? '000001' : '000000' };
  };

  test('gets five tries; a stranger who uses up theirs does not use up the tenant’s', async () => {
    const admin = await signUp(rig);
    const { phone } = await aTenant(admin);
    const [person, stranger] = [new Caller(rig), new Caller(rig)];
    await person.must('POST', '/v1/tenant-codes', { phone });
    const { code, wrong } = codes(phone);
    for (let i = 0; i < 5; i += 1)
      expect((await stranger.post('/v1/tenant-sessions', { phone, code: wrong })).body.code).toBe('BadCode');
    const refused = await stranger.post('/v1/tenant-sessions', { phone, code });
    expect([refused.status, refused.body.code]).toEqual([429, 'TooManyRequests']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    for (let i = 0; i < 4; i += 1) await person.post('/v1/tenant-sessions', { phone, code: wrong });
    expect((await person.post('/v1/tenant-sessions', { phone, code })).status).toBe(201);
  });

  test('whose code is guessed at from many places loses that code, not the way in', async () => {
    const admin = await signUp(rig);
    const { phone } = await aTenant(admin);
    const person = new Caller(rig);
    await person.must('POST', '/v1/tenant-codes', { phone });
    const { code, wrong } = codes(phone);
    for (let place = 0; place < 4; place += 1) {
      const stranger = new Caller(rig);
      for (let i = 0; i < 5; i += 1) await stranger.post('/v1/tenant-sessions', { phone, code: wrong });
    }
    expect((await person.post('/v1/tenant-sessions', { phone, code })).body.code).toBe('BadCode');
    const again = new Caller(rig);
    await again.must('POST', '/v1/tenant-codes', { phone });
    expect((await again.post('/v1/tenant-sessions', { phone, code: codes(phone).code })).status).toBe(201);
  });

  test('is sent one code in half a minute; a phone that rents nothing gets the same answer and no message', async () => {
    const caller = new Caller(rig);
    const phone = newPhone();
    const sent = rig.texts.length;
    expect((await caller.post('/v1/tenant-codes', { phone })).status).toBe(202);
    const refused = await caller.post('/v1/tenant-codes', { phone });
    expect(refused.body.code).toBe('TooManyRequests');
    expect(refused.body.title).toMatch(/^操作过于频繁，请 \d+ 秒后再试$/);
    expect(rig.texts).toHaveLength(sent);
  });

  test('gets a code although a stranger has just asked for one, or for too many', async () => {
    const admin = await signUp(rig);
    const { phone } = await aTenant(admin);
    const stranger = new Caller(rig);
    expect((await stranger.post('/v1/tenant-codes', { phone })).status).toBe(202);
    expect((await stranger.post('/v1/tenant-codes', { phone })).status).toBe(429);
    expect((await new Caller(rig).post('/v1/tenant-codes', { phone })).status).toBe(202);
  });

  test('who rents from two operators chooses one, with the same code', async () => {
    const [first, second] = [await signUp(rig), await signUp(rig)];
    const phone = newPhone();
    await aTenant(first, phone);
    await aTenant(second, phone);
    const caller = new Caller(rig);
    await caller.must('POST', '/v1/tenant-codes', { phone });
    const [code] = /\d{6}/.exec(rig.texts.at(-1)?.text ?? '') ?? [];
    const asked = await caller.post('/v1/tenant-sessions', { phone, code });
    expect(asked.body.code).toBe('OperatorChoiceNeeded');
    expect(asked.body.choices).toHaveLength(2);
    const { body } = await caller.must('POST', '/v1/tenant-sessions', { phone, code, operatorId: second.operatorId });
    expect(body.operator.id).toBe(second.operatorId);
  });
});

describe('the log of who did what', () => {
  test('has who unmasked a tenant and why, and holds no phone; finance may not unmask', async () => {
    const admin = await signUp(rig);
    await aPlace(admin);
    const { id, phone } = await aTenant(admin);
    expect((await admin.must('GET', `/v1/tenants/${id}`)).text).not.toContain(phone);
    const { body } = await admin.must('POST', `/v1/tenants/${id}/unmask`, { reason: '公安核查' });
    expect(body.phone).toBe(phone);
    const finance = await addStaff(rig, admin, 'finance');
    expect((await finance.post(`/v1/tenants/${id}/unmask`, { reason: '好奇一下' })).status).toBe(403);
    const audit = await admin.must('GET', `/v1/audit-entries?subjectId=${id}`);
    expect(audit.body.items[0]).toMatchObject({ action: 'tenant.unmask', actorName: '管理员', reason: '公安核查' });
    expect((await admin.must('GET', '/v1/audit-entries')).text).not.toContain(phone);
  });

  test('begins with who made the operator, its first administrator and its policy', async () => {
    const admin = await signUp(rig);
    const { id } = (await admin.must('GET', '/v1/session')).body;
    const rows = (await admin.must('GET', '/v1/audit-entries')).body.items;
    const by = { actorKind: 'staff', actorId: id, actorName: '管理员', before: null };
    expect(rows).toHaveLength(2);
    expect(rows).toEqual([
      expect.objectContaining({
        ...by,
        action: 'staff.create',
        subjectId: id,
        after: expect.objectContaining({ login: admin.login }),
      }),
      expect.objectContaining({ ...by, action: 'operator.signUp', subjectId: admin.operatorId }),
    ]);
    expect(rows[1].after).toEqual({ name: '测试公寓', policy: (await admin.must('GET', '/v1/operator/policy')).body });
  });

  test('has what a revoked token could do and whether an authenticator was there, and no secret', async () => {
    const admin = await signUp(rig);
    const created = (await admin.must('POST', '/v1/api-tokens', { name: '报表', scopes: ['place.read'] })).body;
    await admin.must('DELETE', `/v1/api-tokens/${created.id}`);
    const { secret, ticket } = (await admin.must('POST', '/v1/session/totp', {})).body;
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate();
    await admin.must('PUT', '/v1/session/totp', { ticket, code });
    await admin.must('DELETE', '/v1/session/totp', { password: PASSWORD });
    const log = await admin.must('GET', '/v1/audit-entries');
    const [removed, enrolled, revoked] = log.body.items;
    expect(removed).toMatchObject({
      action: 'staff.removeTotp',
      before: { totpEnrolled: true },
      after: { totpEnrolled: false },
    });
    expect(enrolled).toMatchObject({
      action: 'staff.enrolTotp',
      before: { totpEnrolled: false },
      after: { totpEnrolled: true },
    });
    const { token, ...facts } = created;
    expect(revoked).toMatchObject({ action: 'token.revoke', before: facts, after: { revokedAt: expect.any(String) } });
    for (const kept of [token, secret]) expect(log.text).not.toContain(kept);
  });

  test('has from when to when a lease was carried', async () => {
    const admin = await signUp(rig);
    const { roomId } = await aPlace(admin);
    const leaseId = await aSignedLease(admin, roomId, (await aTenant(admin)).id);
    const stops = ['2040-01-01T00:00:00.000Z', '2040-02-01T00:00:00.000Z'];
    const { timeTravel } = rig.services;
    try {
      for (const stop of stops) {
        const travel = async () => ({ now: new Date(stop), closed: false, seconds: 0 });
        Object.assign(rig.services, { timeTravel: { travel } });
        await admin.must('POST', `/v1/leases/${leaseId}/time-travel`, { duration: 'P31D' });
      }
    } finally {
      Object.assign(rig.services, { timeTravel });
    }
    const [last, first] = (await admin.must('GET', '/v1/audit-entries?action=lease.travel')).body.items;
    expect([last.before, last.after.now]).toEqual([{ now: stops[0] }, stops[1]]);
    expect(Math.abs(Date.parse(first.before.now) - Date.now())).toBeLessThan(60_000);
  });

  test('cannot be edited, not even by the role that writes it', async () => {
    const admin = await signUp(rig);
    await aPlace(admin);
    const { knex } = rig.services;
    const change = knex.transaction(async (trx) => {
      await trx.raw(`SELECT set_config('app.operator', ?, true)`, [admin.operatorId]);
      await trx.raw(`UPDATE audit_log SET action = 'nothing'`);
    });
    await expect(change).rejects.toThrow(/permission denied|never changed/);
  });
});

test('an edit wants the ETag of what was read, and a stale one changes nothing', async () => {
  const admin = await signUp(rig);
  const { roomId } = await aPlace(admin);
  const path = `/v1/rooms/${roomId}`;
  const etag = (await admin.must('GET', path)).headers.get('etag') ?? '';
  expect((await admin.send('PATCH', path, { floor: 3 })).body.code).toBe('PreconditionNeeded');
  await admin.must('PATCH', path, { floor: 3 }, { headers: { 'if-match': etag } });
  const stale = await admin.send('PATCH', path, { floor: 4 }, { headers: { 'if-match': etag } });
  expect(stale.body.code).toBe('PreconditionFailed');
  const now = await admin.must('GET', path);
  expect(now.body.floor).toBe(3);
  const unchanged = await admin.get(path, { headers: { 'if-none-match': now.headers.get('etag') ?? '' } });
  expect(unchanged.status).toBe(304);
});

test('a request with an unknown field is refused by name', async () => {
  const admin = await signUp(rig);
  const reply = await admin.post('/v1/communities', { code: 'A', name: 'A', operatorId: randomUUID() });
  expect(reply.body).toMatchObject({ code: 'InvalidInput', title: '提交的内容有误' });
});
