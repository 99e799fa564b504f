import type { Problem } from './contract';

/** Refusals come in Chinese (`title`, `message`) and, for English readers, in English (`detail`, `messageEn`). */
export type Language = 'zh' | 'en';

const wordsOf = ({ title, detail }: Problem, language: Language): string => (language === 'en' && detail) || title;

const fieldWords = (errors: NonNullable<Problem['errors']>, language: Language): Record<string, string> =>
  Object.fromEntries(errors.map((e) => [e.path, language === 'en' ? e.messageEn : e.message]));

/** What went wrong, in words to show; a key of our own messages when the API was not reached. */
export class ApiError extends Error {
  readonly status: number;
  readonly problem: Problem | undefined;
  /** react-admin shows these beside the fields of a form. */
  readonly body: { readonly errors?: Record<string, string> };

  constructor(status: number, problem: Problem | undefined, language: Language = 'zh') {
    super(problem ? wordsOf(problem, language) : 'app.error.unreachable');
    this.status = status;
    this.problem = problem;
    this.body = problem?.errors ? { errors: fieldWords(problem.errors, language) } : {};
  }
}

export type Call = {
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  /** Idempotency-Key: the same for every try of one decision, so that a repeated click is one deed. */
  readonly key?: string;
  readonly ifMatch?: string;
};

export type Answer<T> = { readonly data: T; readonly etag: string | null };

export type Http = <T>(method: string, path: string, call?: Call) => Promise<Answer<T>>;

const csrfToken = (cookies: string): string | undefined =>
  cookies
    .split('; ')
    .find((pair) => pair.startsWith('csrf='))
    ?.slice('csrf='.length);

export function queryString(query: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([k, v]) => [k, String(v)]))}`;
}

function headersOf(method: string, call: Call, cookies: string): Record<string, string> {
  const csrf = csrfToken(cookies);
  return {
    accept: 'application/json',
    ...(call.body !== undefined && !(call.body instanceof FormData) && { 'content-type': 'application/json' }),
    ...(method !== 'GET' && csrf !== undefined && { 'x-csrf-token': decodeURIComponent(csrf) }),
    ...(call.key !== undefined && { 'idempotency-key': call.key }),
    ...(call.ifMatch !== undefined && { 'if-match': call.ifMatch }),
  };
}

const bodyOf = (body: unknown): BodyInit | null =>
  body === undefined ? null : body instanceof FormData ? body : JSON.stringify(body);

async function problemOf(response: Response): Promise<Problem | undefined> {
  if (!response.headers.get('content-type')?.includes('json')) return undefined;
  return (await response.json()) as Problem;
}

/** Calls the API of this origin. @throws ApiError on any answer but 2xx, and with status 0 when there was none. */
export const createHttp =
  (fetchIt: typeof fetch, cookies: () => string, language: () => Language = () => 'zh'): Http =>
  async <T>(method: string, path: string, call: Call = {}) => {
    const url = `${path}${queryString(call.query ?? {})}`;
    const init = { method, headers: headersOf(method, call, cookies()), body: bodyOf(call.body) };
    const response = await fetchIt(url, init).catch(() => {
      throw new ApiError(0, undefined);
    });
    if (!response.ok) throw new ApiError(response.status, await problemOf(response), language());
    const data = response.status === 204 ? undefined : await response.json();
    return { data: data as T, etag: response.headers.get('etag') };
  };
