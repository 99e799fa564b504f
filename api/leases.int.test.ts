import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { audit } from '../db/audit';
import { appendEvents } from '../db/events';
import { decideChange } from '../db/lease-changes';
import { updateLease } from '../db/leases';
import { replaceCoTenants } from '../db/queries/co-tenants';
import { withOperator } from '../db/tx';
import { localDate } from '../domain/calendar';
import { type LeaseId, parseId } from '../domain/ids';
import { commandIdOf } from './idempotency';
import { Refusal } from './refusal';
import {
  addStaff,
  aPlace,
  aSignedLease,
  aTenant,
  aYear,
  type Caller,
  newPhone,
  type Place,
  signInTenant,
  signUp,
} from './test-caller';
import { type Rig, startRig } from './test-rig';

// Other tests share the two cores.
jest.setTimeout(60_000);

let rig: Rig;
let admin: Awaited<ReturnType<typeof signUp>>;
let place: Place;
let tenantId: string;
let leaseId: string;

beforeAll(async () => {
  rig = await startRig();
}, 120_000);
afterAll(() => rig.stop());

beforeEach(async () => {
  admin = await signUp(rig);
  place = await aPlace(admin);
  tenantId = (await aTenant(admin)).id;
  leaseId = await aSignedLease(admin, place.roomId, tenantId);
  rig.asked.length = 0;
  rig.answer = async () => ({ status: 'effective', enforcement: 'none' }) as never;
}, 60_000);

const aRoom = async (code: string): Promise<string> => {
  const { buildingId, roomTypeId } = place;
  return (await admin.must('POST', '/v1/rooms', { buildingId, roomTypeId, code })).body.id;
};

describe('signing', () => {
  test('asked for twice under one key makes one lease, and answers the same both times', async () => {
    const room = await aRoom('201');
    const key = randomUUID();
    const first = await admin.must('POST', '/v1/leases', aYear(room, tenantId), { key });
    const second = await admin.must('POST', '/v1/leases', aYear(room, tenantId), { key });
    expect(second.body).toEqual(first.body);
    expect((await admin.must('GET', `/v1/leases?roomId=${room}`)).body.items).toHaveLength(1);
  });

  test('under a key that stood for another request is refused', async () => {
    const key = randomUUID();
    await admin.must('POST', '/v1/leases', aYear(await aRoom('202'), tenantId), { key });
    const reply = await admin.post('/v1/leases', aYear(await aRoom('203'), tenantId), { key });
    expect([reply.status, reply.body.code]).toEqual([409, 'IdempotencyKeyReused']);
  });

  test('without a key is refused, because a lost answer could not be asked for again', async () => {
    const reply = await admin.post('/v1/leases', aYear(await aRoom('204'), tenantId));
    expect(reply.body.code).toBe('IdempotencyKeyNeeded');
  });

  test('by ten people at once gives the room to exactly one', async () => {
    const room = await aRoom('205');
    const tries = Array.from({ length: 10 }, () =>
      admin.post('/v1/leases', aYear(room, tenantId), { key: randomUUID() }),
    );
    const replies = await Promise.all(tries);
    expect(replies.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)]);
    expect(replies.find(({ status }) => status === 409)?.body).toMatchObject({
      type: '/problems/room-taken',
      title: '房间在该时段已被占用',
    });
  });

  test('stores with the lease the message that starts its workflow, and tries it at once', async () => {
    const rows = await withOperator(rig.services.knex, parseId(admin.operatorId), (tx) =>
      tx.query<{ topic: string; payload: object }>('SELECT topic, payload FROM outbox'),
    );
    expect(rows).toEqual([{ topic: 'startLease', payload: { leaseId } }]);
    expect(rig.started).toContain(leaseId);
  });

  test('succeeds although the workflow cannot be started now: the outbox will', async () => {
    const { leases } = rig.services;
    const down = { ...leases, start: async () => Promise.reject(new Refusal('WorkflowUnavailable')) };
    Object.assign(rig.services, { leases: down });
    const reply = await admin.post('/v1/leases', aYear(await aRoom('206'), tenantId), { key: randomUUID() });
    Object.assign(rig.services, { leases });
    expect(reply.body).toMatchObject({ status: 'signed', number: expect.stringMatching(/^HT\d{12}$/) });
  });

  test('is not even quoted for days on which the room is taken', async () => {
    const { tenantId: _, ...body } = aYear(place.roomId, tenantId);
    expect((await admin.post('/v1/quotes', body)).body.code).toBe('RoomTaken');
    const { tenantId: __, ...later } = aYear(place.roomId, tenantId, 2028);
    expect((await admin.post('/v1/quotes', later)).status).toBe(200);
  });

  test('at a length or cycle that has no price is refused with the reason', async () => {
    const room = await aRoom('207');
    const reply = await admin.post('/v1/leases', { ...aYear(room, tenantId), cycle: 3 }, { key: randomUUID() });
    expect([reply.status, reply.body.code, reply.body.errors[0].path]).toEqual([422, 'CycleNotOffered', 'cycle']);
  });
});

describe('a command', () => {
  test('goes to the lease’s workflow with who asked and the caller’s key, and is noted by the lease alone', async () => {
    const key = randomUUID();
    const reply = await admin.must('POST', `/v1/leases/${leaseId}/approval`, { decision: 'approve' }, { key });
    expect(reply.body).toMatchObject({ leaseId, status: 'effective', enforcement: 'none' });
    const own = (await admin.must('GET', '/v1/session')).body.id;
    const updateId = commandIdOf({ kind: 'staff', id: own }, 'decideApproval', key);
    expect(rig.asked).toEqual([{ update: 'approveLease', input: { by: `staff:${own}` }, updateId, leaseId }]);
    // The workflow of these tests stores nothing; workflows/lease-audit.int.test.ts shows the row of each command.
    expect((await admin.must('GET', '/v1/audit-entries?action=lease.approveLease')).body.items).toEqual([]);
  });

  test('is shown in the log with the names of who, what and where', async () => {
    const { id } = (await admin.must('GET', '/v1/session')).body;
    await withOperator(rig.services.knex, parseId(admin.operatorId), (tx) =>
      audit(tx, {
        ...{ actor: { kind: 'staff', id, name: null }, action: 'lease.approveLease' },
        ...{ subject: { kind: 'lease', id: leaseId }, before: { status: 'awaitingApproval' } },
        ...{ after: { status: 'awaitingSeal' }, why: 'approved' },
      }),
    );
    const { items } = (await admin.must('GET', `/v1/audit-entries?action=lease.approveLease`)).body;
    const { number } = (await admin.must('GET', `/v1/leases/${leaseId}`)).body;
    expect(items).toMatchObject([
      {
        ...{ subjectId: leaseId, subjectName: `${number} · 1栋 101`, actorId: id },
        actionText: { zh: '审批通过', en: 'Lease approved' },
        before: { status: 'awaitingApproval' },
        after: { status: 'awaitingSeal' },
      },
    ]);
  });

  test('and everything else in the log is about something that has a name, by somebody who has one', async () => {
    await admin.must('POST', `/v1/tenants/${tenantId}/unmask`, { reason: '核对身份' });
    await admin.must('POST', '/v1/api-tokens', { name: '报表', scopes: ['lease.read'] });
    const cash = { channel: 'cash', amountFen: 100, reference: 'R-7' };
    await admin.must('POST', `/v1/leases/${leaseId}/payments`, cash, { key: randomUUID() });
    await addStaff(rig, admin, 'finance');
    const { items } = (await admin.must('GET', '/v1/audit-entries?limit=200')).body;
    const kinds = new Set(items.map(({ subjectKind }: { subjectKind: string }) => subjectKind));
    expect([...kinds]).toEqual(
      expect.arrayContaining(['lease', 'payment', 'tenant', 'token', 'staff', 'room', 'building', 'roomType', 'price']),
    );
    expect(items.filter((row: Record<string, unknown>) => !row.subjectName || !row.actorName)).toEqual([]);
  });

  test('that the workflow refuses answers with its code', async () => {
    rig.answer = async () => {
      throw new Refusal('IllegalTransition', { detail: 'not possible while the lease is signed' });
    };
    const reply = await admin.post(`/v1/leases/${leaseId}/eviction`, { moveOutOn: '2027-02-01', reason: '长期欠租' });
    expect([reply.status, reply.body.code]).toEqual([409, 'IllegalTransition']);
  });

  test('refused under a key is refused again under it without asking the workflow; one that got no answer is asked again', async () => {
    const [final, open] = [randomUUID(), randomUUID()];
    const evict = (key: string) =>
      admin.post(`/v1/leases/${leaseId}/eviction`, { moveOutOn: '2027-02-01', reason: '欠租' }, { key });
    rig.answer = async () => {
      throw new Refusal('RoomTaken');
    };
    expect([(await evict(final)).status, (await evict(final)).status]).toEqual([409, 409]);
    expect(rig.asked).toHaveLength(1);
    rig.answer = async () => {
      throw new Refusal('WorkflowUnavailable', { retryAfter: 5 });
    };
    const unanswered = await evict(open);
    expect([unanswered.status, unanswered.body.retryable, unanswered.headers.get('retry-after')]).toEqual([
      503,
      true,
      '5',
    ]);
    rig.answer = async () => ({ status: 'ending', enforcement: 'none' }) as never;
    expect((await evict(open)).status).toBe(200);
    const [unheard, heard, ...more] = rig.asked.slice(1);
    expect([heard?.updateId, more]).toEqual([unheard?.updateId, []]);
  });

  test('is another command when another person, or another route, uses the same key', async () => {
    const key = randomUUID();
    const manager = await addStaff(rig, admin, 'communityManager');
    const exemption = { reason: '老人独居', until: null };
    await admin.must('POST', `/v1/leases/${leaseId}/approval`, { decision: 'approve' }, { key });
    await manager.must('POST', `/v1/leases/${leaseId}/approval`, { decision: 'approve' }, { key });
    const other = await addStaff(rig, admin, 'communityManager');
    await other.must('POST', `/v1/leases/${leaseId}/exemptions`, exemption, { key });
    expect(rig.asked.map(({ update }) => update)).toEqual(['approveLease', 'approveLease', 'grantExemption']);
    expect(new Set(rig.asked.map(({ updateId }) => updateId)).size).toBe(3);
  });

  test('is not for everyone: finance waives, but neither approves nor evicts', async () => {
    const finance = await addStaff(rig, admin, 'finance');
    expect((await finance.post(`/v1/leases/${leaseId}/approval`, { decision: 'approve' })).status).toBe(403);
    await finance.must('POST', `/v1/leases/${leaseId}/waivers`, {
      billKey: 'late-fee/first/2027-02-01',
      reason: '银行延误',
    });
    expect(rig.asked.map(({ update }) => update)).toEqual(['waiveLateFee']);
  });
});

describe('a change', () => {
  const renewal = { kind: 'renewal', newEndsOn: '2028-12-31', rateFen: 320_000 };
  const propose = async (caller: Caller, body: object) => caller.post(`/v1/leases/${leaseId}/changes`, body);

  /** What the lease's own step stores when it carries a change out. */
  const carriedOut = (changeId: string, commandId: string) =>
    withOperator(rig.services.knex, parseId(admin.operatorId), async (tx) => {
      await decideChange(tx, parseId(changeId), { status: 'applied', at: '2027-02-01T00:00:00Z' });
      const event = { key: `change/${changeId}`, kind: 'termsChanged', data: { kind: 'renewal', commandId } };
      await appendEvents(tx, parseId(leaseId), '2027-02-01T00:00:00Z', [event]);
    });

  test('shows its bills first, is noted, and is confirmed once', async () => {
    const { body } = await propose(admin, renewal);
    expect(body).toMatchObject({ status: 'requested', deltaFen: 12 * 320_000, adjustment: null, asked: renewal });
    const path = `/v1/leases/${leaseId}/changes/${body.id}/confirmation`;
    await admin.must('POST', path);
    expect(rig.asked[0]).toMatchObject({ update: 'confirmChange', input: { changeId: body.id, change: renewal } });
    await carriedOut(body.id, rig.asked[0]?.updateId ?? '');
    expect((await admin.post(path)).body.code).toBe('ChangeDecided');
    const { items } = (await admin.must('GET', '/v1/audit-entries?action=lease.proposeChange')).body;
    expect(items).toMatchObject([{ subjectId: leaseId, after: { changeId: body.id, asked: renewal } }]);
  });

  test('whose confirmation was carried out, its answer lost, answers the same request again', async () => {
    const { body } = await propose(admin, renewal);
    const path = `/v1/leases/${leaseId}/changes/${body.id}/confirmation`;
    const key = randomUUID();
    rig.answer = async (_address, { updateId }) => {
      await carriedOut(body.id, updateId);
      throw new Refusal('WorkflowUnavailable', { retryAfter: 5 });
    };
    expect((await admin.post(path, undefined, { key })).status).toBe(503);
    rig.answer = async () => ({ status: 'effective', enforcement: 'none' }) as never;
    expect((await admin.post(path, undefined, { key })).status).toBe(200);
    expect((await admin.post(path, undefined, { key: randomUUID() })).body.code).toBe('ChangeDecided');
  });

  test('that does not fit the lease is refused by the field that is wrong', async () => {
    const { status, body } = await propose(admin, { kind: 'renewal', newEndsOn: '2027-06-30' });
    expect([status, body.code, body.errors[0].path]).toEqual([422, 'EndNotLater', 'newEndsOn']);
  });

  test('into a room that does not exist, is elsewhere, is not let or is taken is refused before it is shown', async () => {
    const move = (roomId: string) => propose(admin, { kind: 'transfer', from: '2027-06-01', roomId, rateFen: 300_000 });
    const elsewhere = await aPlace(admin, 'C');
    const closed = await aRoom('501');
    const { headers } = await admin.must('GET', `/v1/rooms/${closed}`);
    await admin.must(
      'PATCH',
      `/v1/rooms/${closed}`,
      { onSale: false },
      {
        headers: { 'if-match': headers.get('etag') ?? '' },
      },
    );
    const taken = await aRoom('502');
    await aSignedLease(admin, taken, tenantId);
    const codes = [];
    for (const room of [randomUUID(), elsewhere.roomId, closed, taken]) codes.push((await move(room)).body.code);
    expect(codes).toEqual(['NotFound', 'NotFound', 'RoomNotOnSale', 'RoomTaken']);
    expect((await move(await aRoom('503'))).status).toBe(201);
  });

  test('with half a character in it is refused where it is typed', async () => {
    const reply = await admin.post(`/v1/leases/${leaseId}/enforcement/release`, '{"reason":"放行\\ud800x"}', {
      headers: { 'content-type': 'application/json' },
    });
    expect([reply.status, reply.body.code, rig.asked.length]).toEqual([400, 'InvalidInput', 0]);
  });

  test('is refused when the lease changed after its dry run', async () => {
    const { body } = await propose(admin, renewal);
    await withOperator(rig.services.knex, parseId(admin.operatorId), (tx) =>
      tx.query(`UPDATE lease SET terms = jsonb_set(terms, '{endsOn}', '"2028-01-31"') WHERE id = $1`, [leaseId]),
    );
    const reply = await admin.post(`/v1/leases/${leaseId}/changes/${body.id}/confirmation`);
    expect([reply.body.code, rig.asked.length]).toEqual(['ChangeOutdated', 0]);
  });

  test('of who lives there names the co-tenants to the lease, which keeps them', async () => {
    const friend = await aTenant(admin);
    const { body } = await propose(admin, { kind: 'coTenants', coTenantIds: [friend.id] });
    await admin.must('POST', `/v1/leases/${leaseId}/changes/${body.id}/confirmation`);
    expect(rig.asked).toMatchObject([{ input: { change: { kind: 'coTenants', coTenantIds: [friend.id] } } }]);
    await withOperator(rig.services.knex, parseId(admin.operatorId), (tx) =>
      replaceCoTenants(tx, parseId(leaseId), [parseId(friend.id)], localDate('2027-02-01')),
    );
    const show = await admin.must('GET', `/v1/leases/${leaseId}`);
    expect(show.body.coTenants).toEqual([{ id: friend.id, name: '王小明' }]);
  });

  test('leaving on a day that has passed is refused before anything is computed', async () => {
    const reply = await admin.post(`/v1/leases/${leaseId}/termination-quote`, {
      lastDay: '2020-01-01',
      reason: '搬走了',
    });
    expect([reply.status, reply.body.code]).toEqual([422, 'DayInThePast']);
  });

  test('leaving early says what it would cost', async () => {
    const { body } = await admin.must('POST', `/v1/leases/${leaseId}/termination-quote`, {
      ...{ lastDay: '2027-06-30', reason: '换城市工作' },
    });
    expect(body.penalty.totalFen).toBe(300_000);
    expect(body.estimateFen).toBe(-300_000);
  });

  test('leaving early counts the rent that is still to be billed until the last day', async () => {
    await withOperator(rig.services.knex, parseId(admin.operatorId), (tx) =>
      updateLease(tx, parseId(leaseId), { billedUntil: localDate('2027-05-01') }),
    );
    const { body } = await admin.must('POST', `/v1/leases/${leaseId}/termination-quote`, {
      ...{ lastDay: '2027-06-30', reason: '换城市工作' },
    });
    const upcoming = (body.upcoming as { periodFrom: string; totalFen: number }[]).map((bill) => [
      bill.periodFrom,
      bill.totalFen,
    ]);
    expect(upcoming).toEqual([
      ['2027-05-01', 300_000],
      ['2027-06-01', 300_000],
    ]);
    const paidBefore = body.adjustment?.totalFen ?? 0;
    expect(body.estimateFen).toBe(-(paidBefore + 600_000 + body.penalty.totalFen));
  });
});

describe('leaving before the end', () => {
  const early = { lastDay: '2027-06-30', reason: '换城市工作' };

  test.each(['staff', 'tenant'])(
    'by %s is no checkout: it has a price, and the refusal says where to ask for it',
    async (who) => {
      const phone = newPhone();
      const lease = await aSignedLease(admin, await aRoom('401'), (await aTenant(admin, phone)).id);
      const caller = who === 'staff' ? admin : await signInTenant(rig, phone);
      const base = who === 'staff' ? `/v1/leases/${lease}` : `/v1/my/leases/${lease}`;
      const { status, body } = await caller.post(`${base}/checkout`, { on: '2027-12-30' });
      expect([status, body.code, body.title]).toEqual([
        409,
        'UseTermination',
        '退房日早于租约到期日，请先试算并办理提前退租',
      ]);
      expect(rig.asked).toEqual([]);
      await caller.must('POST', `${base}/checkout`, { on: '2027-12-31' });
      expect(rig.asked.map(({ update }) => update)).toEqual(['requestCheckout']);
    },
  );

  test('is quoted to the tenant and ended by the tenant at the same price as by staff, in the tenant’s name', async () => {
    const { id, phone } = await aTenant(admin);
    const lease = await aSignedLease(admin, await aRoom('402'), id);
    const tenant = await signInTenant(rig, phone);
    const quoted = await tenant.must('POST', `/v1/my/leases/${lease}/termination-quote`, early);
    const byStaff = await admin.must('POST', `/v1/leases/${lease}/termination-quote`, early);
    expect(quoted.body).toEqual(byStaff.body);
    expect(quoted.body.penalty.totalFen).toBe(300_000);
    await tenant.must('POST', `/v1/my/leases/${lease}/termination`, early, { key: randomUUID() });
    expect(rig.asked).toMatchObject([
      { update: 'requestTermination', input: { by: `tenant:${id}`, endsOn: '2027-06-30', reason: early.reason } },
    ]);
    const neighbour = await signInTenant(rig, (await aTenant(admin)).phone);
    for (const sub of ['termination-quote', 'termination'])
      expect((await neighbour.post(`/v1/my/leases/${lease}/${sub}`, early)).status).toBe(404);
  });
});

describe('time travel', () => {
  test('is refused where it is switched off', async () => {
    const reply = await admin.post(`/v1/leases/${leaseId}/time-travel`, { duration: 'P30D' });
    expect([reply.status, reply.body.code]).toEqual([403, 'TimeTravelOff']);
  });

  test('carries the lease and moves its clock, which a later payment is dated by', async () => {
    const seen: LeaseId[] = [];
    const now = new Date('2027-03-01T00:00:00Z');
    const travel = async (id: LeaseId) => {
      seen.push(id);
      return { now, closed: false, seconds: 0.4 };
    };
    Object.assign(rig.services, { timeTravel: { travel } });
    const { body } = await admin.must('POST', `/v1/leases/${leaseId}/time-travel`, { to: '2027-03-01' });
    Object.assign(rig.services, { timeTravel: null });
    expect([body.now, seen]).toEqual([now.toISOString(), [leaseId]]);
    const cash = { channel: 'cash', amountFen: 100, reference: 'R-1' };
    await admin.must('POST', `/v1/leases/${leaseId}/payments`, cash, { key: randomUUID() });
    expect((await admin.must('GET', '/v1/payments')).body.items[0].paidAt).toBe(now.toISOString());
  });
});

describe('lists', () => {
  test('come in pages that meet without gap or repetition, while leases are added', async () => {
    for (const code of ['301', '302', '303', '304']) await aSignedLease(admin, await aRoom(code), tenantId);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await admin.must('GET', `/v1/leases?limit=2${cursor ? `&cursor=${cursor}` : ''}`);
      seen.push(...body.items.map(({ id }: { id: string }) => id));
      cursor = body.nextCursor;
      if (seen.length === 2) await aSignedLease(admin, await aRoom('305'), tenantId);
    }
    expect(new Set(seen).size).toBe(5);
    expect(seen).toEqual([...seen].sort().reverse());
  });

  test('are found by number, room and name, and refuse a cursor that is none of theirs', async () => {
    const { body } = await admin.must('GET', `/v1/leases/${leaseId}`);
    for (const search of [body.number, '101', '小明']) {
      const found = await admin.must('GET', `/v1/leases?search=${encodeURIComponent(search)}`);
      expect(found.body.items.map(({ id }: { id: string }) => id)).toEqual([leaseId]);
    }
    expect((await admin.must('GET', '/v1/leases?search=%25')).body.items).toEqual([]);
    expect((await admin.get('/v1/leases?cursor=nonsense')).body.code).toBe('BadCursor');
  });
});
