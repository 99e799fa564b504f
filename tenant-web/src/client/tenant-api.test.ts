import { describe, expect, test } from '@jest/globals';
import { ROUTES } from '../../../contract/http/routes';
import type { Call, Http } from './http';
import { createApi } from './tenant-api';

type Spec = { readonly method: string; readonly path: string; readonly body?: unknown; readonly idempotency?: string };
type Sent = { readonly method: string; readonly path: string; readonly call: Call };
type Api = ReturnType<typeof createApi>;

const leaseId = '01890000-0000-7000-8000-000000000001';
const key = 'k';
const body = { lastDay: '2026-12-20', reason: '换工作去外地' };

const CALLS: Record<string, (api: Api) => Promise<unknown>> = {
  quoteTermination: (api) => api.quoteTermination({ leaseId, body }),
  terminate: (api) => api.terminate({ leaseId, body, key }),
  requestCheckout: (api) => api.requestCheckout({ leaseId, on: '2027-09-27', key }),
  paymentMethods: (api) => api.paymentMethods(),
  paymentCode: (api) => api.paymentCode(leaseId),
  openCashier: (api) => api.openCashier({ leaseId, billIds: [leaseId], channel: 'wechat', key }),
  door: (api) => api.door(leaseId),
  timeline: (api) => api.timeline(leaseId),
};

async function sentBy(act: (api: Api) => Promise<unknown>): Promise<Sent> {
  const sent: Sent[] = [];
  const http: Http = async <T>(method: string, path: string, call: Call = {}) => {
    sent.push({ method, path, call });
    return { items: [] } as T;
  };
  await act(createApi(http));
  const [first] = sent;
  if (!first) throw new Error('nothing was sent');
  return first;
}

const routeOf = ({ method, path }: Sent): Spec | undefined =>
  (Object.values(ROUTES) as readonly Spec[]).find(
    (spec) => spec.method === method && new RegExp(`^${spec.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path),
  );

describe('what the tenant app asks of the API', () => {
  test.each(Object.entries(CALLS))('%s is a route of the contract, with a body that it accepts', async (_, act) => {
    const sent = await sentBy(act);
    const spec = routeOf(sent);
    expect([sent.path, spec?.path]).toEqual([sent.path, expect.any(String)]);
    const schema = spec?.body as { safeParse(value: unknown): { success: boolean } } | undefined;
    if (sent.call.body !== undefined) expect(schema?.safeParse(sent.call.body)).toMatchObject({ success: true });
  });
});
