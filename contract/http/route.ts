import type { z } from 'zod';
import type { Permission } from '../roles';

/**
 * Who may call a route: anyone, anyone who is signed in, a provider whose signature checks out, or whoever holds a permission.
 * A route cannot be declared without one.
 */
export type Rule = 'public' | 'signedIn' | 'providerSignature' | Permission;

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export const TAGS = {
  session: { zh: '登录与账号', en: 'Session and accounts' },
  operator: { zh: '运营商', en: 'Operator' },
  places: { zh: '社区与房源', en: 'Places' },
  prices: { zh: '价格与报价', en: 'Prices and quotes' },
  tenants: { zh: '租客', en: 'Tenants' },
  leases: { zh: '租约', en: 'Leases' },
  enforcement: { zh: '催缴与锁控', en: 'Dunning and enforcement' },
  money: { zh: '账单与收款', en: 'Bills and payments' },
  work: { zh: '待办、通知与审计', en: 'Approvals, notices, work orders, audit' },
  imports: { zh: '导入', en: 'Import' },
  ops: { zh: '运维', en: 'Operations' },
  my: { zh: '租客自助', en: 'Tenant self-service' },
} as const;

export type RouteSpec = {
  /** operationId: verb and noun. */
  readonly name: string;
  readonly method: Method;
  /** Express and OpenAPI agree but for the braces: `/v1/leases/{id}`. */
  readonly path: `/${string}`;
  readonly rule: Rule;
  readonly tag: keyof typeof TAGS;
  readonly summary: { readonly zh: string; readonly en: string };
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** JSON answer; leave out for bytes and for 204. */
  readonly reply?: z.ZodType;
  readonly status?: 200 | 201 | 202 | 204;
  /** Media types of an answer that is not JSON. */
  readonly bytes?: string;
  /** The largest JSON body, where the usual 256 kB are too few. */
  readonly bodyLimit?: '4mb';
  /** Media type of a body that is not JSON; the handler reads the request itself. */
  readonly rawBody?: string;
  /** Wants an `Idempotency-Key`: `required` for money and contracts, `optional` elsewhere. Without a mention the header is ignored. */
  readonly idempotency?: 'required' | 'optional';
  /** `give` sends an ETag, `need` refuses an edit without the `If-Match` of what was read. */
  readonly etag?: 'give' | 'need';
  /** A read that leaves an audit row; any other GET runs in a transaction that cannot write. */
  readonly audited?: true;
};

/** Keeps the exact types of a route, so that its handler and its callers are checked against the schemas. */
export const route = <const R extends RouteSpec>(spec: R): R => spec;
