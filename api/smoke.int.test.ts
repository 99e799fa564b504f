import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { aPlace, aSignedLease, aTenant, signInTenant, signUp } from './test-caller';
import { type Rig, startRig } from './test-rig';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
}, 60_000);
afterAll(() => rig.stop());

test('a landlord signs up, adds a room and a tenant, signs a lease, and the tenant sees it', async () => {
  const admin = await signUp(rig);
  const { roomId } = await aPlace(admin);
  const tenant = await aTenant(admin);
  const leaseId = await aSignedLease(admin, roomId, tenant.id);
  for (const path of ['', '/timeline', '/bills', '/statement', '/changes'])
    await admin.must('GET', `/v1/leases/${leaseId}${path}`);
  for (const path of [
    'overview',
    'leases',
    'rooms',
    'room-board',
    'communities',
    'buildings',
    'room-types',
    'prices',
    'tenants',
    'bills',
    'payments',
    'approvals',
    'notices',
    'work-orders',
    'audit-entries',
    'staff',
    'api-tokens',
    'operator',
    'operator/policy',
    'session',
    'leases?search=101&status=signed&dueBy=2030-01-01',
  ]) {
    await admin.must('GET', `/v1/${path}`);
  }
  const mine = await signInTenant(rig, tenant.phone);
  expect((await mine.must('GET', '/v1/my/leases')).body.items).toHaveLength(1);
  for (const path of [
    `leases/${leaseId}`,
    `leases/${leaseId}/bills`,
    `leases/${leaseId}/door`,
    `leases/${leaseId}/timeline`,
    'notices',
    'profile',
  ]) {
    await mine.must('GET', `/v1/my/${path}`);
  }
  expect(rig.started).toEqual([leaseId]);
});
