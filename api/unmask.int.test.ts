import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { addStaff, aPlace, aSignedLease, aTenant, type Caller, signUp } from './test-caller';
import { type Rig, startRig } from './test-rig';

// Other tests share the two cores.
jest.setTimeout(60_000);

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
}, 120_000);
afterAll(() => rig.stop());

const unmask = (caller: Caller, id: string) => caller.post(`/v1/tenants/${id}/unmask`, { reason: '核对身份' });

/** Two communities with a manager each; a second manager of the first. */
async function twoCommunities() {
  const admin = await signUp(rig);
  const [here, there] = [await aPlace(admin, 'A'), await aPlace(admin, 'B')];
  const manager = await addStaff(rig, admin, 'communityManager', here.communityId);
  const colleague = await addStaff(rig, admin, 'communityManager', here.communityId);
  const stranger = await addStaff(rig, admin, 'communityManager', there.communityId);
  return { admin, here, there, manager, colleague, stranger };
}

describe('phone and ID number of a tenant', () => {
  test('are shown to the managers of the community where the tenant rents, and to nobody of another', async () => {
    const { admin, here, manager, stranger } = await twoCommunities();
    const { id, phone } = await aTenant(admin);
    await aSignedLease(admin, here.roomId, id);
    expect((await unmask(manager, id)).body.phone).toBe(phone);
    expect((await unmask(stranger, id)).status).toBe(404);
  });

  test('of someone without a lease are shown to who registered them, to colleagues of that community and to the whole operator’s staff', async () => {
    const { admin, manager, colleague, stranger } = await twoCommunities();
    const { id, phone } = await aTenant(manager);
    for (const caller of [manager, colleague, admin]) expect((await unmask(caller, id)).body.phone).toBe(phone);
    const refused = await unmask(stranger, id);
    expect([refused.status, refused.body.code]).toEqual([403, 'TenantOfOthers']);
    expect(refused.body.title).toBe('该租客不属于您负责的社区，不能查看完整信息');
    expect(refused.text).not.toContain(phone);
  });

  test('of someone whom the head office registered stay closed to a community until they rent there', async () => {
    const { admin, here, manager } = await twoCommunities();
    const { id } = await aTenant(admin);
    expect((await unmask(manager, id)).status).toBe(403);
    await aSignedLease(admin, here.roomId, id);
    expect((await unmask(manager, id)).status).toBe(200);
  });

  test('leave one row in the audit log for each time they were shown, none for a refusal', async () => {
    const { admin, manager, stranger } = await twoCommunities();
    const { id } = await aTenant(manager);
    await unmask(stranger, id);
    await unmask(manager, id);
    const { items } = (await admin.must('GET', `/v1/audit-entries?subjectId=${id}&action=tenant.unmask`)).body;
    expect(items).toMatchObject([{ action: 'tenant.unmask', reason: '核对身份', actorName: 'communityManager' }]);
  });
});
