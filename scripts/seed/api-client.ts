import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import type { problem } from '../../contract/http/common';

/** One person's signed-in session with the API, as a browser would have it. */
export type ApiClient = {
  get<T>(path: string): Promise<T>;
  /** `key` makes a repeated request the same one; a fresh one is used without it. */
  send<T>(method: 'POST' | 'PUT' | 'PATCH', path: string, body: object, key?: string): Promise<T>;
};

/** The API said no; `code` is the problem's. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';
  readonly code: string;
  readonly retryable: boolean;

  constructor({ code, title, detail, retryable }: z.output<typeof problem>) {
    super(`${code}: ${title} ${detail}`);
    this.code = code;
    this.retryable = retryable;
  }
}

export const signInStaff = (apiUrl: string, who: { readonly login: string; readonly password: string }) =>
  signIn(apiUrl, '/v1/staff-sessions', { login: who.login, password: who.password });

/** Signs a tenant in with the code that the message simulator received. */
export async function signInTenant(apiUrl: string, simulatorUrl: string, phone: string): Promise<ApiClient> {
  await call(apiUrl, {}, 'POST', '/v1/tenant-codes', { phone });
  const code = await codeFor(simulatorUrl, phone);
  return signIn(apiUrl, '/v1/tenant-sessions', { phone, code });
}

const MESSAGE_PATIENCE_MS = 20_000;

/** The message is sent after the API has answered, so it may take a moment. */
async function codeFor(simulatorUrl: string, phone: string): Promise<string> {
  for (const end = Date.now() + MESSAGE_PATIENCE_MS; Date.now() < end; await sleep(50)) {
    const inbox = await fetch(`${simulatorUrl}/sms?phone=${phone}`, { headers: { accept: 'application/json' } });
    const { messages } = (await inbox.json()) as { messages: readonly { readonly text: string }[] };
    const [code] = /\d{6}/.exec(messages[0]?.text ?? '') ?? [];
    if (code) return code;
  }
  throw new Error(`no code came to ${phone}`);
}

async function signIn(apiUrl: string, path: string, body: object): Promise<ApiClient> {
  const response = await call(apiUrl, {}, 'POST', path, body);
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const { csrfToken } = (await response.json()) as { csrfToken: string };
  const headers = { cookie, 'x-csrf-token': csrfToken };
  const json = async <T>(answer: Promise<Response>): Promise<T> => (await (await answer).json()) as T;
  return {
    get: (where) => json(call(apiUrl, headers, 'GET', where)),
    send: (method, where, what, key = randomUUID()) =>
      json(call(apiUrl, { ...headers, 'idempotency-key': key }, method, where, what)),
  };
}

/** @throws ApiRefusal for everything that is not a success; TypeError when nobody listens. */
async function call(
  apiUrl: string,
  headers: Readonly<Record<string, string>>,
  method: string,
  path: string,
  body?: object,
): Promise<Response> {
  const response = await fetch(`${apiUrl}${path}`, {
    method,
    headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
    signal: AbortSignal.timeout(30_000),
  });
  if (response.ok) return response;
  const text = await response.text();
  try {
    throw new ApiRefusal(JSON.parse(text) as z.output<typeof problem>);
  } catch (error) {
    throw error instanceof ApiRefusal
      ? error
      : new Error(`${method} ${path}: ${response.status} ${text.slice(0, 200)}`);
  }
}
