import type * as c from './contract';
import type { Http } from './http';

type On<Body = unknown> = { readonly id: string; readonly key: string } & Body;
type Reason = { readonly reason: string };
type Paged<T> = { readonly items: T[]; readonly nextCursor: string | null };

/** Every page of a list that belongs to one lease or one screen. Bounded: 40 pages are 8,000 rows. */
async function all<T>(http: Http, path: string, query: Record<string, unknown> = {}): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null | undefined;
  for (let page = 0; page < 40 && cursor !== null; page++) {
    const { data } = await http<Paged<T>>('GET', path, { query: { ...query, limit: 200, cursor } });
    items.push(...data.items);
    cursor = data.nextCursor;
  }
  return items;
}

const get = async <T>(http: Http, path: string, query: Record<string, unknown> = {}): Promise<T> =>
  (await http<T>('GET', path, { query })).data;

/** What screens read that is not a plain list or record. */
const reads = (http: Http) => ({
  overview: (communityId?: string) => get<c.Overview>(http, '/v1/overview', { communityId }),
  board: (query: { communityId?: string; state?: string }) => all<c.BoardRoom>(http, '/v1/room-board', query),
  buildings: (communityId: string) => all<c.Building>(http, '/v1/buildings', { communityId }),
  everyCommunity: () => all<c.Community>(http, '/v1/communities'),
  /** Not react-admin's getOne: that would begin with the shorter record that a list had put in its cache. */
  lease: (id: string) => get<c.Lease>(http, `/v1/leases/${id}`),
  leaseTimeline: (id: string) => all<c.LeaseEvent>(http, `/v1/leases/${id}/timeline`),
  leaseBills: (id: string) => all<c.BillRow>(http, `/v1/leases/${id}/bills`),
  leaseStatement: (id: string) => get<c.Statement>(http, `/v1/leases/${id}/statement`),
  leaseChanges: (id: string) => get<{ items: c.Change[] }>(http, `/v1/leases/${id}/changes`),
  bill: (id: string) => get<c.Bill>(http, `/v1/bills/${id}`),
  roomDevices: (id: string) => get<{ items: c.Device[] }>(http, `/v1/rooms/${id}/devices`),
  makeQuote: async (body: c.QuoteBody) => (await http<c.Quote>('POST', '/v1/quotes', { body })).data,
  unmaskTenant: async ({ id, reason }: { id: string } & Reason) =>
    (await http<c.UnmaskedTenant>('POST', `/v1/tenants/${id}/unmask`, { body: { reason } })).data,
});

/** Business verbs on a lease: one method each, named for what a person decides. `key` is the decision's Idempotency-Key. */
const leaseVerbs = (http: Http) => {
  const post = async <T = c.LeaseReply>({ id, key }: On, noun: string, body?: unknown): Promise<T> =>
    (await http<T>('POST', `/v1/leases/${id}/${noun}`, { key, ...(body !== undefined && { body }) })).data;
  return {
    approveLease: (on: On) => post(on, 'approval', { decision: 'approve' }),
    rejectLease: (on: On<Reason>) => post(on, 'approval', { decision: 'reject', reason: on.reason }),
    cancelLease: (on: On<Reason>) => post(on, 'cancellation', { reason: on.reason }),
    proposeChange: (on: On<{ change: c.ChangeBody }>) => post<c.Change>(on, 'changes', on.change),
    confirmChange: (on: On<{ changeId: string }>) => post(on, `changes/${on.changeId}/confirmation`),
    quoteTermination: (on: On<{ body: c.TerminationBody }>) =>
      post<c.TerminationQuote>(on, 'termination-quote', on.body),
    terminateLease: (on: On<{ body: c.TerminationBody }>) => post(on, 'termination', on.body),
    requestCheckout: (on: On<{ on: string }>) => post(on, 'checkout', { on: on.on }),
    recordInspection: (on: On<{ body: c.InspectionBody }>) => post(on, 'inspection', on.body),
    evictLease: (on: On<Reason & { moveOutOn: string }>) =>
      post(on, 'eviction', { reason: on.reason, moveOutOn: on.moveOutOn }),
    confirmEnforcement: (on: On) => post(on, 'enforcement/confirmation', {}),
    releaseEnforcement: (on: On<Reason & { until: string | null }>) =>
      post(on, 'enforcement/release', { reason: on.reason, until: on.until }),
    grantExemption: (on: On<Reason & { until: string | null }>) =>
      post(on, 'exemptions', { reason: on.reason, until: on.until }),
    promiseInstalments: (on: On<{ body: c.PromiseBody }>) => post(on, 'promises', on.body),
    waiveLateFee: (on: On<Reason & { billKey: string }>) =>
      post(on, 'waivers', { billKey: on.billKey, reason: on.reason }),
    recordPayment: (on: On<{ body: c.StaffPaymentBody }>) => post<c.PaymentReply>(on, 'payments', on.body),
    travelInTime: (on: On<{ body: c.TimeTravelBody }>) => post<c.TimeTravelReply>(on, 'time-travel', on.body),
  };
};

const otherVerbs = (http: Http) => ({
  signLease: async ({ key, body }: { key: string; body: c.SignLease }) =>
    (await http<c.LeaseReply>('POST', '/v1/leases', { key, body })).data,
  setFireAlarm: async ({ id, key, active, reason }: On<Reason & { active: boolean }>) =>
    (await http<c.FireAlarm>('POST', `/v1/buildings/${id}/fire-alarm`, { key, body: { active, reason } })).data,
  closeWorkOrder: async ({ id, result }: { id: string; result: string }) =>
    (await http<c.WorkOrder>('POST', `/v1/work-orders/${id}/closure`, { body: { result } })).data,
  runImport: async ({ file, dryRun, skipBadRows }: { file: File; dryRun: boolean; skipBadRows: boolean }) => {
    const body = new FormData();
    body.append('file', file, file.name);
    return (await http<c.ImportReport>('POST', '/v1/imports', { body, query: { dryRun, skipBadRows } })).data;
  },
  importBankStatement: async ({ file, dryRun, account }: { file: File; dryRun: boolean; account: string }) => {
    const body = new FormData();
    body.append('file', file, file.name);
    const query = { dryRun, ...(account.trim() !== '' && { account: account.trim() }) };
    return (await http<c.BankStatementReport>('POST', '/v1/bank-statements', { body, query })).data;
  },
  assignBankLine: async ({ id, key, ...body }: On<Reason & { leaseId: string }>) =>
    (await http<c.BankLineReply>('POST', `/v1/bank-statement-lines/${id}/assignment`, { key, body })).data,
  dismissBankLine: async ({ id, key, ...body }: On<Reason>) =>
    (await http<c.BankLineReply>('POST', `/v1/bank-statement-lines/${id}/dismissal`, { key, body })).data,
  readPolicy: () => http<c.Policy>('GET', '/v1/operator/policy'),
  editPolicy: async ({ policy, etag }: { policy: c.Policy; etag: string | null }) =>
    (await http<c.Policy>('PUT', '/v1/operator/policy', { body: policy, ...(etag && { ifMatch: etag }) })).data,
});

export const verbMethods = (http: Http) => ({ ...reads(http), ...leaseVerbs(http), ...otherVerbs(http) });
export type Verbs = ReturnType<typeof verbMethods>;
