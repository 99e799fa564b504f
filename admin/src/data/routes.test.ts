import { describe, expect, test } from '@jest/globals';
import { ROUTES } from '../../../contract/http/routes';
import { CONTRACT_DOWNLOAD, permissionFor } from './access';
import type { Call, Http } from './http';
import { RESOURCES } from './resources';
import { verbMethods } from './verbs';

type Spec = { readonly method: string; readonly path: string; readonly body?: unknown; readonly idempotency?: string };
const specs: readonly Spec[] = Object.values(ROUTES);

const id = '01890000-0000-7000-8000-000000000001';
const reason = '试用期内协商';
const day = '2026-09-30';
const key = 'k';

const routeOf = (method: string, path: string): Spec | undefined =>
  specs.find(
    (spec) => spec.method === method && new RegExp(`^${spec.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path),
  );

/** Sends everything that a verb sends to nowhere, and keeps it. */
async function sentBy(act: (verbs: ReturnType<typeof verbMethods>) => Promise<unknown>) {
  const sent: { method: string; path: string; call: Call }[] = [];
  const http: Http = async <T>(method: string, path: string, call: Call = {}) => {
    sent.push({ method, path, call });
    return { data: { items: [], nextCursor: null } as T, etag: null };
  };
  await act(verbMethods(http));
  return sent;
}

const VERBS: Record<string, Parameters<typeof sentBy>[0]> = {
  approve: (v) => v.approveLease({ id, key }),
  reject: (v) => v.rejectLease({ id, key, reason }),
  cancel: (v) => v.cancelLease({ id, key, reason }),
  propose: (v) => v.proposeChange({ id, key, change: { kind: 'renewal', newEndsOn: day } }),
  confirmChange: (v) => v.confirmChange({ id, key, changeId: id }),
  quoteTermination: (v) => v.quoteTermination({ id, key, body: { lastDay: day, reason } }),
  terminate: (v) => v.terminateLease({ id, key, body: { lastDay: day, reason } }),
  checkout: (v) => v.requestCheckout({ id, key, on: day }),
  inspect: (v) => v.recordInspection({ id, key, body: { damages: [{ text: '门把手', amountFen: 5000 }] } }),
  evict: (v) => v.evictLease({ id, key, reason, moveOutOn: day }),
  confirmLock: (v) => v.confirmEnforcement({ id, key }),
  release: (v) => v.releaseEnforcement({ id, key, reason, until: null }),
  exempt: (v) => v.grantExemption({ id, key, reason, until: day }),
  promise: (v) => v.promiseInstalments({ id, key, body: { amountFen: 100, until: day } }),
  waive: (v) => v.waiveLateFee({ id, key, reason, billKey: 'late-fee/first/2026-09-30' }),
  recordPayment: (v) => v.recordPayment({ id, key, body: { channel: 'cash', amountFen: 1, reference: 'R1' } }),
  travel: (v) => v.travelInTime({ id, key, body: { to: day } }),
  fireAlarm: (v) => v.setFireAlarm({ id, key, active: true, reason }),
  buildings: (v) => v.buildings(id),
  closeWorkOrder: (v) => v.closeWorkOrder({ id, result: '已更换' }),
  assignBankLine: (v) => v.assignBankLine({ id, key, reason, leaseId: id }),
  dismissBankLine: (v) => v.dismissBankLine({ id, key, reason }),
  unmask: (v) => v.unmaskTenant({ id, reason }),
  quote: (v) => v.makeQuote({ roomId: id, startsOn: day, endsOn: day, cycle: 1 }),
  sign: (v) => v.signLease({ key, body: { roomId: id, tenantId: id, startsOn: day, endsOn: day, cycle: 'wholeTerm' } }),
  overview: (v) => v.overview(),
  board: (v) => v.board({ communityId: id }),
  communities: (v) => v.everyCommunity(),
  timeline: (v) => v.leaseTimeline(id),
  bills: (v) => v.leaseBills(id),
  statement: (v) => v.leaseStatement(id),
  changes: (v) => v.leaseChanges(id),
  bill: (v) => v.bill(id),
  devices: (v) => v.roomDevices(id),
  policy: (v) => v.readPolicy(),
};

describe('what the admin app asks of the API', () => {
  test.each(Object.entries(VERBS))(
    '%s is a route of the contract, with a body that the contract accepts',
    async (_, act) => {
      for (const { method, path, call } of await sentBy(act)) {
        const spec = routeOf(method, path);
        expect([path, spec?.path]).toEqual([path, expect.any(String)]);
        if (call.body === undefined) continue;
        const body = spec?.body as { safeParse(value: unknown): { success: boolean; error?: unknown } };
        expect(body.safeParse(call.body)).toMatchObject({ success: true });
      }
    },
  );

  test('money and signing never go out without an Idempotency-Key', async () => {
    const required = specs.filter(({ idempotency }) => idempotency === 'required').map(({ path }) => path);
    const sent = (await Promise.all(Object.values(VERBS).map(sentBy))).flat();
    const wanting = sent.filter(({ method, path }) => required.includes(routeOf(method, path)?.path ?? ''));
    expect(wanting.length).toBeGreaterThan(1);
    expect(wanting.filter(({ call }) => call.key === undefined)).toEqual([]);
  });

  test('a contract is offered to exactly those who may download it', () => {
    expect(CONTRACT_DOWNLOAD).toBe(ROUTES.downloadContract.rule);
  });

  test('every resource is a list of the contract, and what the menu allows is what the route asks for', () => {
    for (const [name, { path }] of Object.entries(RESOURCES)) {
      const spec = Object.values(ROUTES).find((route) => route.method === 'GET' && route.path === path);
      expect([name, spec?.path]).toEqual([name, path]);
      const permission = permissionFor(name, 'list');
      if (permission !== undefined) expect([name, permission]).toEqual([name, spec?.rule]);
    }
  });
});
