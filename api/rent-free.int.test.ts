import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { addStaff, aPlace, aTenant, aYear, type Caller, type Place, signUp } from './test-caller';
import { type Rig, startRig } from './test-rig';

// Other tests share the two cores.
jest.setTimeout(60_000);

let rig: Rig;
let admin: Caller;
let manager: Caller;
let place: Place;
beforeAll(async () => {
  rig = await startRig();
  admin = await signUp(rig);
  place = await aPlace(admin);
  manager = await addStaff(rig, admin, 'communityManager', place.communityId);
}, 120_000);
afterAll(() => rig.stop());

const quote = (caller: Caller, rentFreeDays: number) => {
  const { tenantId: _, ...wanted } = aYear(place.roomId, '');
  return caller.post('/v1/quotes', { ...wanted, rentFreeDays });
};

async function allow(maxRentFreeDays: number | undefined): Promise<void> {
  const policy = await admin.must('GET', '/v1/operator/policy');
  const { maxRentFreeDays: _, ...rest } = policy.body;
  const body = { ...rest, ...(maxRentFreeDays === undefined ? {} : { maxRentFreeDays }) };
  await admin.must('PUT', '/v1/operator/policy', body, { headers: { 'if-match': policy.headers.get('etag') ?? '' } });
}

describe('rent-free days', () => {
  test('are a manager’s to give up to fifteen, in the quote as at signing, and the refusal says who gives more', async () => {
    expect((await quote(manager, 15)).status).toBe(200);
    const refused = await quote(manager, 16);
    expect([refused.status, refused.body.code]).toEqual([422, 'RentFreeTooLong']);
    expect(refused.body.errors).toMatchObject([
      { path: 'rentFreeDays', message: '免租期最多 15 天，更长的免租期需由运营商管理员办理' },
    ]);
    const { id } = await aTenant(manager);
    const sign = (rentFreeDays: number) =>
      manager.post('/v1/leases', { ...aYear(place.roomId, id), rentFreeDays }, { key: randomUUID() });
    expect((await sign(365)).body.code).toBe('RentFreeTooLong');
    expect((await sign(10)).status).toBe(201);
  });

  test('beyond the limit are for an administrator of the whole operator, not of a community', async () => {
    const ofCommunity = await addStaff(rig, admin, 'operatorAdmin', place.communityId);
    const later = (caller: Caller) =>
      caller.post('/v1/quotes', {
        ...{ roomId: place.roomId, cycle: 1 },
        startsOn: '2030-01-01',
        endsOn: '2030-12-31',
        rentFreeDays: 60,
      });
    expect((await later(ofCommunity)).body.code).toBe('RentFreeTooLong');
    expect((await later(admin)).status).toBe(200);
  });

  test('follow the policy: none, more, or fifteen again where it does not say', async () => {
    const later = async (rentFreeDays: number) => {
      const body = { roomId: place.roomId, cycle: 1, startsOn: '2030-01-01', endsOn: '2030-12-31', rentFreeDays };
      return (await manager.post('/v1/quotes', body)).status;
    };
    await allow(0);
    expect([await later(0), await later(1)]).toEqual([200, 422]);
    await allow(45);
    expect([await later(45), await later(46)]).toEqual([200, 422]);
    await allow(undefined);
    expect([await later(15), await later(16)]).toEqual([200, 422]);
  });
});
