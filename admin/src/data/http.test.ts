import { describe, expect, test } from '@jest/globals';
import { ApiError, createHttp, type Language } from './http';

const answering = (response: Response, language: Language = 'zh') => {
  const calls: { url: string; init: RequestInit }[] = [];
  const fetchIt = (async (url: string, init: RequestInit) => {
    calls.push({ url, init });
    return response;
  }) as typeof fetch;
  return {
    http: createHttp(
      fetchIt,
      () => 'a=1; csrf=t0k%3D',
      () => language,
    ),
    calls,
  };
};

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });

describe('calls to the API', () => {
  test('a change carries the CSRF token of the cookie and the key of its decision', async () => {
    const { http, calls } = answering(json({ ok: true }));
    await http('POST', '/v1/leases/x/approval', { body: { decision: 'approve' }, key: 'k1' });
    expect(calls[0]?.init.headers).toMatchObject({ 'x-csrf-token': 't0k=', 'idempotency-key': 'k1' });
  });

  test('a read carries no CSRF token, and leaves out filters that were not set', async () => {
    const { http, calls } = answering(json({ items: [] }));
    await http('GET', '/v1/leases', { query: { status: '', search: '王', cursor: undefined } });
    expect(calls[0]?.url).toBe(`/v1/leases?search=${encodeURIComponent('王')}`);
    expect(calls[0]?.init.headers).not.toHaveProperty('x-csrf-token');
  });

  test('a refusal is shown in the words of the API, with its fields', async () => {
    const errors = [{ path: 'name', message: '必填', messageEn: 'Required.' }];
    const problem = {
      code: 'InvalidInput',
      title: '输入有误',
      detail: 'For programmers.',
      status: 422,
      retryable: false,
      errors,
    };
    const { http } = answering(json(problem, 422, { 'content-type': 'application/problem+json' }));
    const refusal = await http('POST', '/v1/tenants', { body: {} }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ApiError);
    expect(refusal).toMatchObject({ message: '输入有误', status: 422, body: { errors: { name: '必填' } } });
  });

  test('fields are told in English what is wrong with them when the screen is in English', async () => {
    const errors = [{ path: 'name', message: '必填', messageEn: 'Required.' }];
    const problem = {
      code: 'InvalidInput',
      title: '输入有误',
      detail: 'Wrong.',
      status: 400,
      retryable: false,
      errors,
    };
    const { http } = answering(json(problem, 400), 'en');
    await expect(http('POST', '/v1/tenants')).rejects.toMatchObject({ body: { errors: { name: 'Required.' } } });
  });

  test('a refusal is shown in the words of the language that the screen is in', async () => {
    const problem = {
      code: 'BadCredentials',
      title: '账号或密码错误',
      detail: 'Wrong.',
      status: 401,
      retryable: false,
    };
    const { http } = answering(json(problem, 401), 'en');
    await expect(http('POST', '/v1/staff-sessions')).rejects.toMatchObject({ message: 'Wrong.' });
  });

  test('an API that does not answer is said to be unreachable', async () => {
    const http = createHttp(
      () => Promise.reject(new TypeError('Failed to fetch')),
      () => '',
    );
    await expect(http('GET', '/v1/session')).rejects.toMatchObject({ status: 0, message: 'app.error.unreachable' });
  });

  test('the version that an answer names is handed on', async () => {
    const { http } = answering(json({ id: 1 }, 200, { etag: '"v7"' }));
    await expect(http('GET', '/v1/communities/1')).resolves.toMatchObject({ etag: '"v7"' });
  });
});
