import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { grants, MONEY_ORDER_KINDS, type StaffRole } from '../contract/roles';
import { withOperator } from '../db/tx';
import { openWorkOrder } from '../db/work-orders';
import { type CommunityId, parseId } from '../domain/ids';
import { addStaff, aPlace, type Caller, signUp } from './test-caller';
import { type Rig, startRig } from './test-rig';

jest.setTimeout(60_000);

const KINDS = ['enforcement', 'refund', 'inspection', 'collection', 'workflow', 'payment', 'repair', 'other'] as const;
const ROLES = ['communityManager', 'maintenance', 'finance', 'deviceOps', 'auditor'] as const satisfies StaffRole[];

let rig: Rig;
let admin: Awaited<ReturnType<typeof signUp>>;
let communityId: CommunityId;
const callers = new Map<string, Caller>();

beforeAll(async () => {
  rig = await startRig();
  admin = await signUp(rig);
  communityId = parseId((await aPlace(admin)).communityId);
  for (const role of ROLES) callers.set(role, await addStaff(rig, admin, role));
}, 120_000);
afterAll(() => rig.stop());

let orders = 0;

/** Opens an order as the platform does; answers its id. */
async function anOrder(kind: (typeof KINDS)[number], at = communityId): Promise<string> {
  const key = `test/${++orders}`;
  return withOperator(rig.services.knex, parseId(admin.operatorId), async (tx) => {
    const order = {
      key,
      communityId: at,
      leaseId: null,
      roomId: null,
      kind,
      title: '退款',
      at: new Date().toISOString(),
    };
    await openWorkOrder(tx, order);
    const [row] = await tx.query<{ id: string }>('SELECT id FROM work_order WHERE key = $1', [key]);
    return row?.id ?? '';
  });
}

const close = (caller: Caller, id: string) => caller.post(`/v1/work-orders/${id}/closure`, { result: '已线下付清' });
const seen = async (caller: Caller): Promise<string[]> =>
  (await caller.must('GET', '/v1/work-orders?limit=200')).body.items.map(({ id }: { id: string }) => id);

/** 200: closes it; 403: sees it only; 404: does not see it. */
const EXPECTED = {
  communityManager: { money: 200, rooms: 200 },
  maintenance: { money: 404, rooms: 200 },
  finance: { money: 200, rooms: 404 },
  deviceOps: { money: 404, rooms: 200 },
  auditor: { money: 403, rooms: 403 },
} as const;

describe.each(ROLES)('%s', (role) => {
  test.each(KINDS)('meets a work order of kind %s as the books and the doors divide them', async (kind) => {
    const caller = callers.get(role) as Caller;
    const expected = EXPECTED[role][MONEY_ORDER_KINDS.includes(kind) ? 'money' : 'rooms'];
    const id = await anOrder(kind);
    expect((await seen(caller)).includes(id)).toBe(expected !== 404);
    const reply = await close(caller, id);
    // An auditor is turned away by the route itself, whatever the order.
    expect(reply.status).toBe(grants(role, 'workOrder.close') ? expected : 403);
  });
});

test('who keeps the books of one community and mends the doors of another does each where it belongs', async () => {
  const other: CommunityId = parseId((await aPlace(admin, 'B')).communityId);
  const caller = await addStaff(rig, admin, 'finance', communityId);
  const { id } = (await caller.must('GET', '/v1/session')).body;
  const roles = [
    { role: 'finance', communityId },
    { role: 'maintenance', communityId: other },
  ];
  await admin.must('PATCH', `/v1/staff/${id}`, { roles });
  const [mine, notMine] = [await anOrder('refund'), await anOrder('refund', other)];
  const [door, notDoor] = [await anOrder('repair', other), await anOrder('repair')];
  const list = await seen(caller);
  expect([mine, door, notMine, notDoor].map((order) => list.includes(order))).toEqual([true, true, false, false]);
  expect([(await close(caller, mine)).status, (await close(caller, notMine)).status]).toEqual([200, 404]);
});
