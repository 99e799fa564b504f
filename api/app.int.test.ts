import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { aPlace, aSignedLease, aTenant, Caller, signInTenant, signUp } from './test-caller';
import { type Rig, startRig } from './test-rig';

// Other tests share the two cores.
jest.setTimeout(60_000);

let rig: Rig;
let webRoot: string;

beforeAll(async () => {
  webRoot = mkdtempSync(join(tmpdir(), 'web-'));
  for (const app of ['admin', 'tenant']) {
    mkdirSync(join(webRoot, app, 'assets'), { recursive: true });
    writeFileSync(join(webRoot, app, 'index.html'), `<title>${app}</title>`);
    writeFileSync(join(webRoot, app, 'assets', 'main-1a2b.js'), '0;');
  }
  rig = await startRig({ webRoot });
}, 60_000);
afterAll(async () => {
  await rig.stop();
  rmSync(webRoot, { recursive: true });
});

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

describe('the web apps', () => {
  test.each([
    ['/', 'tenant'],
    ['/my/lease/7', 'tenant'],
    ['/admin/', 'admin'],
    ['/admin/leases', 'admin'],
  ])('answer %s with the page of %s, which may run scripts of this server only', async (path, app) => {
    const { status, text, headers } = await new Caller(rig).get(path, { headers: { accept: 'text/html' } });
    expect([status, text]).toEqual([200, `<title>${app}</title>`]);
    expect(headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(headers.get('content-security-policy')).not.toContain('unsafe-eval');
  });

  test.each(['/assets/gone.js', '/admin/assets/gone.js', '/v1/nothing', '/callbacks/nothing', '/docs/nothing'])(
    'do not answer %s, which is a problem and not a page',
    async (path) => {
      const { status, body } = await new Caller(rig).get(path, { headers: { accept: 'text/html' } });
      expect([status, body.code]).toEqual([404, 'NotFound']);
    },
  );

  test('let browsers keep what is named by its content', async () => {
    const { headers } = await new Caller(rig).get('/assets/main-1a2b.js');
    expect(headers.get('cache-control')).toContain('immutable');
  });
});

describe('health', () => {
  test('is ready when the database and Temporal answer, and says which one does not', async () => {
    const caller = new Caller(rig);
    expect((await caller.get('/healthz')).body).toEqual({ ok: true });
    expect((await caller.get('/readyz')).body).toEqual({ ok: true, database: true, temporal: true });
    const { temporalReady } = rig.services;
    Object.assign(rig.services, { temporalReady: () => Promise.reject(new Error('down')) });
    const reply = await caller.get('/readyz');
    Object.assign(rig.services, { temporalReady });
    expect([reply.status, reply.body]).toEqual([503, { ok: false, database: true, temporal: false }]);
  });
});

test('the documentation page loads its scripts from this server, and every answer has a request id', async () => {
  const { text, headers } = await new Caller(rig).get('/docs/');
  expect(text.match(/(src|href)="(?!\/docs\/)/)).toBeNull();
  expect(text).not.toMatch(/<script>/);
  expect(headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
  expect((await new Caller(rig).get('/v1/openapi.json')).body.openapi).toBe('3.1.0');
});
