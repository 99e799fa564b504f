import { randomUUID } from 'node:crypto';

/** Calls the API as a signed-in member of staff. @throws Error with the API's answer when it refuses. */
export type StaffApi = <T>(method: 'GET' | 'POST', path: string, body?: unknown) => Promise<T>;

export type StaffLogin = { readonly login: string; readonly password: string };

const cookiePairs = (response: Response): string[] => response.headers.getSetCookie().map((c) => c.split(';')[0] ?? '');

/** Opens a trial operator and signs its administrator in. */
export async function signUp(apiUrl: string): Promise<{ readonly staff: StaffApi; readonly credentials: StaffLogin }> {
  const credentials = { login: `chen-${randomUUID().slice(0, 8)}@journey`, password: 'journey-admin-2026' };
  const post = (path: string, body: unknown) =>
    fetch(`${apiUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const opened = await post('/v1/operators', { name: '旅程公寓', adminName: '陈总', ...credentials });
  if (!opened.ok) throw new Error(`sign-up: ${opened.status} ${await opened.text()}`);
  const signedIn = await post('/v1/staff-sessions', credentials);
  const { csrfToken } = (await signedIn.json()) as { csrfToken: string };
  const headers = {
    'content-type': 'application/json',
    'x-csrf-token': csrfToken,
    cookie: cookiePairs(signedIn).join('; '),
  };
  const staff: StaffApi = async <T>(method: 'GET' | 'POST', path: string, body?: unknown) => {
    const response = await fetch(`${apiUrl}${path}`, {
      method,
      headers: { ...headers, 'idempotency-key': randomUUID() },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  return { staff, credentials };
}

/** A community of one small building with a price, and one tenant: what a lease can be signed for. */
export async function aSmallCommunity(staff: StaffApi, tenant: { name: string; phone: string }): Promise<void> {
  type Made = { readonly id: string };
  const make = (path: string, body: unknown) => staff<Made>('POST', path, body);
  const community = await make('/v1/communities', { code: 'HP', name: '湖畔社区', city: '深圳' });
  const type = await make('/v1/room-types', { communityId: community.id, code: 'A', name: '一室一厅' });
  const building = await make('/v1/buildings', { communityId: community.id, code: '1', name: '1栋' });
  for (const floor of [1, 2, 3])
    for (const number of [1, 2, 3, 4])
      await make('/v1/rooms', { buildingId: building.id, code: `${floor}0${number}`, floor, roomTypeId: type.id });
  const price = { minMonths: 1, maxMonths: 60, cycle: 1, rateFen: 300_000, basis: 'perMonth', depositMonths: 1 };
  await make('/v1/prices', { ...price, roomTypeId: type.id, validFrom: '2026-01-01' });
  await make('/v1/tenants', tenant);
}
