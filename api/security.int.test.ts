import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { RouteSpec } from '../contract/http/route';
import { grants, type Permission, ROLES, type Role, STAFF_ROLES } from '../contract/roles';
import { storeDocument } from '../db/documents';
import { withOperator } from '../db/tx';
import { parseId } from '../domain/ids';
import { ALL_ROUTES } from './all-routes';
import {
  addStaff,
  aPlace,
  aSignedLease,
  aTenant,
  aYear,
  Caller,
  newLogin,
  PASSWORD,
  type Place,
  signInTenant,
  signUp,
} from './test-caller';
import { type Rig, startRig } from './test-rig';

// Other tests share the two cores.
jest.setTimeout(60_000);

const UNKNOWN = '00000000-0000-7000-8000-000000000000';

let rig: Rig;
let owner: Awaited<ReturnType<typeof signUp>>;
let stranger: Awaited<ReturnType<typeof signUp>>;
let place: Place;
let leaseId: string;
let tenant: { id: string; phone: string };
let ids: Record<string, string>;

beforeAll(async () => {
  rig = await startRig();
  owner = await signUp(rig);
  stranger = await signUp(rig);
  place = await aPlace(owner);
  tenant = await aTenant(owner);
  leaseId = await aSignedLease(owner, place.roomId, tenant.id);
  const staff = (await owner.must('GET', '/v1/staff')).body.items[0].id;
  const token = (await owner.must('POST', '/v1/api-tokens', { name: 'reader', scopes: ['lease.read'] })).body.id;
  ids = {
    communities: place.communityId,
    buildings: place.buildingId,
    rooms: place.roomId,
    prices: place.priceId,
    tenants: tenant.id,
    leases: leaseId,
  };
  Object.assign(ids, { staff, 'api-tokens': token, bills: UNKNOWN, notices: UNKNOWN, 'work-orders': UNKNOWN });
}, 120_000);
afterAll(() => rig.stop());

/** The route's address with ids of the first operator in it. */
function addressOf({ path }: RouteSpec): string {
  const noun = path.split('/').find((part) => part in ids) ?? '';
  return path.replace('{id}', ids[noun] ?? UNKNOWN).replace(/\{\w+\}/g, UNKNOWN);
}

const bodies = (): Record<string, unknown> => ({
  createBuilding: { communityId: place.communityId, code: 'x', name: 'x' },
  setFireAlarm: { active: true, reason: '烟感报警' },
  createRoomType: { communityId: place.communityId, code: 'x', name: 'x' },
  createRoom: { buildingId: place.buildingId, code: 'x' },
  createPrice: {
    ...{ roomId: place.roomId, minMonths: 0, maxMonths: null, cycle: 1, rateFen: 1, basis: 'perMonth' },
    ...{ validFrom: '2026-01-01', depositMonths: 0 },
  },
  makeQuote: { roomId: place.roomId, cycle: 1, startsOn: '2027-01-01', endsOn: '2027-12-31' },
  signLease: aYear(place.roomId, tenant.id, 2030),
  editStaff: { name: '改名' },
  editCommunity: { name: '改名' },
  editRoom: { floor: 9 },
  endPrice: { validUntil: '2026-12-31' },
  editTenant: { name: '改名' },
  unmaskTenant: { reason: '核对身份' },
  decideApproval: { decision: 'approve' },
  cancelLease: { reason: '不想要了' },
  proposeChange: { kind: 'renewal', newEndsOn: '2028-12-31' },
  quoteTermination: { lastDay: '2027-06-30', reason: '搬走了' },
  terminateLease: { lastDay: '2027-06-30', reason: '搬走了' },
  requestCheckout: { on: '2027-12-31' },
  recordInspection: { damages: [] },
  evictLease: { moveOutOn: '2027-06-30', reason: '转租他人' },
  releaseEnforcement: { reason: '误锁' },
  grantExemption: { reason: '老人' },
  promiseInstalments: { amountFen: 1, until: '2027-02-01' },
  waiveLateFee: { billKey: 'late-fee/x', reason: '误收' },
  travelInTime: { duration: 'P1D' },
  recordPayment: { channel: 'cash', amountFen: 1, reference: 'r-1' },
  closeWorkOrder: { result: '已处理' },
  assignBankLine: { leaseId, reason: '租客来电确认' },
  dismissBankLine: { reason: '不是租金' },
  createCashierOrder: { billIds: [UNKNOWN] },
  requestMyCheckout: { on: '2027-12-31' },
});

/** Routes without an id in the address that name the first operator's things in their body. */
const BY_BODY = ['createBuilding', 'createRoomType', 'createRoom', 'createPrice', 'makeQuote', 'signLease'];

const named = ALL_ROUTES.map(({ spec }) => [spec.name, spec] as const);
const closed = named.filter(([, { rule }]) => rule !== 'public' && rule !== 'providerSignature');
const permitted = closed.filter(([, { rule }]) => rule !== 'signedIn');

describe('whoever is not signed in', () => {
  test.each(closed)('gets nothing from %s', async (_name, spec) => {
    const reply = await new Caller(rig).send(spec.method, addressOf(spec));
    expect(reply.status).toBe(401);
    expect(reply.body).toMatchObject({ code: 'NotSignedIn', title: '请先登录' });
  });
});

describe('a role', () => {
  const callers = new Map<Role, Caller>();
  beforeAll(async () => {
    for (const role of STAFF_ROLES) callers.set(role, await addStaff(rig, owner, role));
    callers.set('tenant', await signInTenant(rig, tenant.phone));
  }, 60_000);

  test.each(ROLES)(
    '%s is refused every route that its permissions do not name, and let into every list that they do',
    async (role) => {
      const caller = callers.get(role) as Caller;
      for (const [name, spec] of permitted) {
        const allowed = grants(role, spec.rule as Permission);
        if (allowed && spec.method !== 'GET') continue;
        const { status } = await caller.send(spec.method, addressOf(spec));
        if (!allowed) expect([role, name, status]).toEqual([role, name, 403]);
        else expect([role, name, [200, 404].includes(status)]).toEqual([role, name, true]);
      }
    },
  );
});

describe('the administrator of another operator', () => {
  const aimed = permitted.filter(
    ([name, { path, rule }]) => rule !== 'my.use' && (path.includes('{') || BY_BODY.includes(name)),
  );
  test.each(aimed)('cannot reach the first one’s rows through %s', async (name, spec) => {
    const body = spec.method === 'GET' ? undefined : (bodies()[name] ?? {});
    const reply = await stranger.send(spec.method, addressOf(spec), body, {
      key: `probe-${name}`,
      headers: { 'if-match': '"x"' },
    });
    // Time travel is off here, which is said before any lease is looked for.
    expect([name, reply.status]).toEqual([name, name === 'travelInTime' ? 403 : 404]);
    expect(reply.body).not.toHaveProperty('id');
  });

  const lists = permitted.filter(
    ([, { path, method, rule }]) => method === 'GET' && !path.includes('{') && rule !== 'my.use',
  );
  test.each(lists)('finds nothing of the first one in %s', async (name, spec) => {
    if (spec.bytes) return;
    const { text } = await stranger.must('GET', spec.path);
    for (const id of [place.communityId, place.roomId, tenant.id, leaseId, owner.operatorId, owner.login]) {
      expect([name, text.includes(id)]).toEqual([name, false]);
    }
  });
});

describe('the contract with phone and ID number in full', () => {
  test('is for those who may unmask, and who opened it is noted', async () => {
    const path = `/v1/leases/${leaseId}/contract`;
    for (const role of ['maintenance', 'finance', 'deviceOps', 'auditor'])
      expect([role, (await (await addStaff(rig, owner, role)).get(path)).status]).toEqual([role, 403]);
    expect((await owner.get(path)).body.code).toBe('DocumentNotReady');
    await withOperator(rig.services.knex, parseId(owner.operatorId), (tx) =>
      storeDocument(
        tx,
        {
          ...{ leaseId: parseId<'lease'>(leaseId), key: 'test', title: '合同', mime: 'application/pdf' },
          ...{ bytes: Buffer.from('%PDF'), at: new Date().toISOString() },
        },
        rig.services.personalDataKeys,
      ),
    );
    expect((await owner.get(path)).text).toContain('%PDF');
    const { items } = (await owner.must('GET', `/v1/audit-entries?action=lease.downloadContract`)).body;
    expect(items).toMatchObject([{ subjectId: leaseId, actorName: '管理员' }]);
  });
});

describe('a list', () => {
  const cursors = [['zz', 'zz'], ['zz'], [1], ['x\0'], [1, 2, 3], [null], ['9999-99-99T00:00:00Z', UNKNOWN]].map(
    (key) => Buffer.from(JSON.stringify(key)).toString('base64url'),
  );
  const paged = permitted.filter(
    ([, { rule, query }]) => rule !== 'my.use' && query?.safeParse({ cursor: 'x' }).success,
  );

  test.each(paged)('%s refuses a cursor that it never gave, and never fails on it', async (name, spec) => {
    for (const cursor of cursors) {
      const { status, body } = await owner.get(`${addressOf(spec)}?cursor=${cursor}`);
      // Text columns take any text: such a cursor is a place between two rows.
      if (status !== 200) expect([name, cursor, status, body.code]).toEqual([name, cursor, 400, 'BadCursor']);
    }
    expect((await owner.get(`${addressOf(spec)}?cursor=${cursors[3]}`)).body.code).toBe('BadCursor');
  });

  test('refuses a filter that is no value of its column', async () => {
    for (const path of ['/v1/payments?status=%00', '/v1/audit-entries?action=%00', '/v1/audit-entries?subjectId=%00'])
      expect([path, (await owner.get(path)).body.code]).toEqual([path, 'InvalidInput']);
  });
});

describe('what cannot be understood is told to the caller and is no failure of ours:', () => {
  test.each(['gzip', 'deflate', 'br'])('a body that says it is %s and is not', async (encoding) => {
    const { status, body } = await owner.post('/v1/tenants', {}, { headers: { 'content-encoding': encoding } });
    expect([status, body.code]).toEqual([400, 'MalformedBody']);
  });

  test('a statement that would end before it begins', async () => {
    const path = `/v1/leases/${leaseId}/statement`;
    const { status, body } = await owner.get(`${path}?from=2030-01-01&until=2020-01-01`);
    expect([status, body.code, body.errors[0]]).toMatchObject([400, 'InvalidInput', { path: 'until' }]);
    expect((await owner.get(`${path}?from=2030-01-01&until=2030-01-01`)).status).toBe(200);
  });
});

describe('a manager of one community', () => {
  test('sees neither the lease, the room nor the counts of another community', async () => {
    const other = await aPlace(owner, 'B');
    const manager = await addStaff(rig, owner, 'communityManager', other.communityId);
    expect((await manager.get(`/v1/leases/${leaseId}`)).status).toBe(404);
    expect((await manager.get(`/v1/rooms/${place.roomId}`)).status).toBe(404);
    expect((await manager.get(`/v1/tenants/${tenant.id}`)).status).toBe(404);
    expect((await manager.post(`/v1/leases/${leaseId}/cancellation`, { reason: '越权试试' })).status).toBe(404);
    expect((await manager.must('GET', '/v1/leases')).body.items).toEqual([]);
    const { body } = await manager.must('GET', '/v1/communities');
    expect(body.items.map(({ code }: { code: string }) => code)).toEqual(['B']);
    expect((await manager.must('GET', `/v1/overview?communityId=${place.communityId}`)).body.rooms).toBe(0);
    expect(rig.asked).toEqual([]);
  });
});

describe('a role for one community', () => {
  test('brings no permission over the whole operator along, and nobody gives away more than they have', async () => {
    const grant = { role: 'operatorAdmin', communityId: null };
    const member = () => ({ login: newLogin(), name: '新人', password: PASSWORD, roles: [grant] });
    const local = await addStaff(rig, owner, 'operatorAdmin', place.communityId);
    expect((await local.post('/v1/staff', member())).status).toBe(403);
    for (const path of ['/v1/staff', '/v1/audit-entries', '/v1/api-tokens'])
      expect([path, (await local.get(path)).status]).toEqual([path, 403]);
    const policy = (await local.must('GET', '/v1/operator/policy')).body;
    expect((await local.send('PUT', '/v1/operator/policy', policy)).status).toBe(403);
    expect((await local.must('GET', `/v1/leases/${leaseId}`)).status).toBe(200);
    const auditor = await addStaff(rig, owner, 'auditor', place.communityId);
    expect((await auditor.get('/v1/audit-entries')).status).toBe(403);
    const { token } = (await owner.must('POST', '/v1/api-tokens', { name: 'hr', scopes: ['staff.manage'] })).body;
    const hr = new Caller(rig);
    hr.headers = { authorization: `Bearer ${token}` };
    expect((await hr.post('/v1/staff', member())).status).toBe(403);
    const { id } = (await local.must('GET', '/v1/session')).body;
    expect((await hr.send('PATCH', `/v1/staff/${id}`, { roles: [grant] })).status).toBe(403);
  });
});

describe('a tenant', () => {
  test('cannot open another tenant’s lease, bill or contract of the same operator', async () => {
    const neighbour = await signInTenant(rig, (await aTenant(owner)).phone);
    for (const sub of ['', '/bills', '/timeline', '/door', '/contract']) {
      expect((await neighbour.get(`/v1/my/leases/${leaseId}${sub}`)).status).toBe(404);
    }
    const order = await neighbour.post(
      `/v1/my/leases/${leaseId}/cashier-orders`,
      { billIds: [UNKNOWN] },
      { key: 'probe-order' },
    );
    expect(order.status).toBe(404);
    expect((await neighbour.post(`/v1/my/leases/${leaseId}/checkout`, { on: '2027-12-31' })).status).toBe(404);
  });
});
