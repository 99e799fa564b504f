import type * as c from './contract';
import type { Http } from './http';

type Items<T> = { readonly items: T[] };
const FIRST = { limit: 200 } as const;

type OrderToOpen = {
  readonly leaseId: string;
  readonly billIds: readonly string[];
  readonly channel: c.PaymentMethod['channel'];
  readonly key: string;
};

/** Everything that the tenant's screens ask of the API, by name. */
export const createApi = (http: Http) => ({
  session: () => http<c.Session>('GET', '/v1/session'),
  sendCode: (phone: string) => http<c.CodeSent>('POST', '/v1/tenant-codes', { body: { phone } }),
  signIn: (body: c.SignIn) => http<c.Session>('POST', '/v1/tenant-sessions', { body }),
  signOut: () => http<undefined>('DELETE', '/v1/session'),
  leases: () => http<Items<c.LeaseRow>>('GET', '/v1/my/leases'),
  lease: (id: string) => http<c.Lease>('GET', `/v1/my/leases/${id}`),
  timeline: (id: string) => http<Items<c.LeaseEvent>>('GET', `/v1/my/leases/${id}/timeline`, { query: FIRST }),
  bills: (id: string) => http<Items<c.BillRow>>('GET', `/v1/my/leases/${id}/bills`, { query: FIRST }),
  bill: (id: string) => http<c.Bill>('GET', `/v1/my/bills/${id}`),
  door: (id: string) => http<c.Door>('GET', `/v1/my/leases/${id}/door`),
  paymentCode: (id: string) => http<c.PaymentCode>('GET', `/v1/my/leases/${id}/payment-code`),
  paymentMethods: () => http<Items<c.PaymentMethod>>('GET', '/v1/my/payment-methods'),
  openCashier: ({ leaseId, key, ...body }: OrderToOpen) =>
    http<c.CashierOrder>('POST', `/v1/my/leases/${leaseId}/cashier-orders`, { body, key }),
  cashierOrder: ({ leaseId, orderId }: { leaseId: string; orderId: string }) =>
    http<c.CashierOrder>('GET', `/v1/my/leases/${leaseId}/cashier-orders/${orderId}`),
  requestCheckout: ({ leaseId, on, key }: { leaseId: string; on: string; key: string }) =>
    http<c.LeaseReply>('POST', `/v1/my/leases/${leaseId}/checkout`, { body: { on }, key }),
  quoteTermination: ({ leaseId, body }: { leaseId: string; body: c.TerminationBody }) =>
    http<c.TerminationQuote>('POST', `/v1/my/leases/${leaseId}/termination-quote`, { body }),
  terminate: ({ leaseId, body, key }: { leaseId: string; body: c.TerminationBody; key: string }) =>
    http<c.LeaseReply>('POST', `/v1/my/leases/${leaseId}/termination`, { body, key }),
  notices: () => http<Items<c.Notice>>('GET', '/v1/my/notices', { query: { limit: 100 } }),
  readNotice: (id: string) => http<{ ok: true }>('PUT', `/v1/my/notices/${id}/read`),
});
