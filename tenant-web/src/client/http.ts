import type { Problem } from './contract';

/** What went wrong: the API's own words, or none at all (`status` 0) when it was not reached. */
export class ApiError extends Error {
  readonly status: number;
  readonly problem: Problem | undefined;

  constructor(status: number, problem: Problem | undefined) {
    super(problem?.title ?? `status ${status}`);
    this.status = status;
    this.problem = problem;
  }

  /** Nobody's fault on this side: the service is away or starting. */
  get isOutage(): boolean {
    return this.status === 0 || this.status >= 502;
  }
}

export type Call = {
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  /** Idempotency-Key: the same for every try of one decision. */
  readonly key?: string;
};

export type Http = <T>(method: string, path: string, call?: Call) => Promise<T>;

const csrfToken = (cookies: string): string | undefined =>
  cookies
    .split('; ')
    .find((pair) => pair.startsWith('csrf='))
    ?.slice('csrf='.length);

function urlOf(path: string, query: NonNullable<Call['query']>): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

function headersOf(method: string, call: Call, cookies: string): Record<string, string> {
  const csrf = csrfToken(cookies);
  return {
    accept: 'application/json',
    ...(call.body !== undefined && { 'content-type': 'application/json' }),
    ...(method !== 'GET' && csrf !== undefined && { 'x-csrf-token': decodeURIComponent(csrf) }),
    ...(call.key !== undefined && { 'idempotency-key': call.key }),
  };
}

async function problemOf(response: Response): Promise<Problem | undefined> {
  if (!response.headers.get('content-type')?.includes('json')) return undefined;
  return (await response.json()) as Problem;
}

/** Calls the API of this origin. @throws ApiError on any answer but 2xx, and with status 0 when there was none. */
export const createHttp =
  (fetchIt: typeof fetch, cookies: () => string): Http =>
  async <T>(method: string, path: string, call: Call = {}) => {
    const body = call.body === undefined ? null : JSON.stringify(call.body);
    const init = { method, headers: headersOf(method, call, cookies()), body };
    const response = await fetchIt(urlOf(path, call.query ?? {}), init).catch(() => {
      throw new ApiError(0, undefined);
    });
    if (!response.ok) throw new ApiError(response.status, await problemOf(response));
    return (response.status === 204 ? undefined : await response.json()) as T;
  };
