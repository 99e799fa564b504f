import { randomBytes, randomUUID } from 'node:crypto';
import type { Rig } from './test-rig';

export type Reply = {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any;
  readonly text: string;
};

type Extra = { readonly key?: string; readonly headers?: Record<string, string> };

let peers = 0;

/** A browser: keeps the cookies that it is given and sends the CSRF token back, from an address of its own. */
export class Caller {
  readonly #rig: Rig;
  readonly #cookies = new Map<string, string>();
  readonly #peer: string;
  /** Sent with everything; for bearer tokens. */
  headers: Record<string, string> = {};

  constructor(rig: Rig) {
    this.#rig = rig;
    peers += 1;
    this.#peer = `10.0.${peers >> 8}.${peers & 255}`;
  }

  cookie(name: string): string | undefined {
    return this.#cookies.get(name);
  }

  async send(method: string, path: string, body?: unknown, extra: Extra = {}): Promise<Reply> {
    const response = await fetch(`${this.#rig.url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        'x-forwarded-for': this.#peer,
        cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        'x-csrf-token': this.#cookies.get('csrf') ?? '',
        ...(extra.key === undefined ? {} : { 'idempotency-key': extra.key }),
        ...this.headers,
        ...extra.headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value) this.#cookies.set(name, value);
      else this.#cookies.delete(name);
    }
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json') && text !== '';
    return { status: response.status, headers: response.headers, text, body: json ? JSON.parse(text) : text };
  }

  get(path: string, extra?: Extra): Promise<Reply> {
    return this.send('GET', path, undefined, extra);
  }

  post(path: string, body: unknown = {}, extra?: Extra): Promise<Reply> {
    return this.send('POST', path, body, extra);
  }

  /** Fails the test with the server's own words when the answer is not a success. */
  async must(method: string, path: string, body?: unknown, extra?: Extra): Promise<Reply> {
    const reply = await this.send(method, path, body, extra);
    if (reply.status >= 400) throw new Error(`${method} ${path}: ${reply.status} ${reply.text}`);
    return reply;
  }
}

export const PASSWORD = 'correct horse battery';

export const newLogin = (): string => `user-${randomBytes(6).toString('hex')}`;

/** A fresh operator with one administrator, signed in. */
export async function signUp(rig: Rig): Promise<Caller & { login: string; operatorId: string }> {
  const caller = new Caller(rig);
  const login = newLogin();
  const { body } = await caller.must('POST', '/v1/operators', {
    name: '测试公寓',
    adminName: '管理员',
    login,
    password: PASSWORD,
  });
  await caller.must('POST', '/v1/staff-sessions', { login, password: PASSWORD });
  return Object.assign(caller, { login, operatorId: body.id as string });
}

/** A staff member of the administrator's operator, signed in. */
export async function addStaff(
  rig: Rig,
  admin: Caller,
  role: string,
  communityId: string | null = null,
): Promise<Caller> {
  const login = newLogin();
  const roles = [{ role, communityId }];
  await admin.must('POST', '/v1/staff', { login, name: role, password: PASSWORD, roles });
  const caller = new Caller(rig);
  await caller.must('POST', '/v1/staff-sessions', { login, password: PASSWORD });
  return caller;
}

export type Place = { communityId: string; buildingId: string; roomTypeId: string; roomId: string; priceId: string };

/** A community with one building, a room and a price of 3,000 yuan a month, paid monthly. */
export async function aPlace(admin: Caller, code = 'A'): Promise<Place> {
  const id = async (path: string, body: object) => (await admin.must('POST', path, body)).body.id as string;
  const communityId = await id('/v1/communities', { code, name: `${code} 社区` });
  const buildingId = await id('/v1/buildings', { communityId, code: '1', name: '1栋' });
  const roomTypeId = await id('/v1/room-types', { communityId, code: 'S', name: '单间' });
  const roomId = await id('/v1/rooms', { buildingId, code: '101', roomTypeId, areaM2: 25.5 });
  const price = { roomTypeId, minMonths: 1, maxMonths: null, cycle: 1, rateFen: 300_000, basis: 'perMonth' };
  const priceId = await id('/v1/prices', { ...price, validFrom: '2020-01-01', depositMonths: 1 });
  return { communityId, buildingId, roomTypeId, roomId, priceId };
}

let phones = 0;
export const newPhone = (): string => `138${String(10_000_000 + ++phones * 7).slice(0, 8)}`;

export async function aTenant(admin: Caller, phone = newPhone()): Promise<{ id: string; phone: string }> {
  const body = { name: '王小明', phone, idKind: 'residentId', idNumber: '11010519491231002X' };
  const idNumber = `1101051949123${String(1000 + phones).padStart(4, '0')}X`;
  return { id: (await admin.must('POST', '/v1/tenants', { ...body, idNumber })).body.id, phone };
}

export const aYear = (roomId: string, tenantId: string, year = 2027) => ({
  ...{ roomId, tenantId, cycle: 1 },
  ...{ startsOn: `${year}-01-01`, endsOn: `${year}-12-31` },
});

export async function aSignedLease(admin: Caller, roomId: string, tenantId: string): Promise<string> {
  return (await admin.must('POST', '/v1/leases', aYear(roomId, tenantId), { key: randomUUID() })).body.leaseId;
}

/** The tenant of a phone, signed in with the code that was sent. */
export async function signInTenant(rig: Rig, phone: string): Promise<Caller> {
  const caller = new Caller(rig);
  await caller.must('POST', '/v1/tenant-codes', { phone });
  const text = rig.texts.findLast((message) => message.phone === phone)?.text ?? '';
  const [code] = /\d{6}/.exec(text) ?? [];
  await caller.must('POST', '/v1/tenant-sessions', { phone, code });
  return caller;
}
