import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { relayOnce } from '../activities/relay';
import { addDays, addMonths, shanghaiDate } from '../domain/calendar';
import { outTradeNoOf } from '../domain/cashier-order';
import { parseId } from '../domain/ids';
import { type LeaseWorld, leaseWorld } from '../test/lease-world';
import { createLeaseCommands } from './lease-commands';
import { aPlace, aTenant, type Caller, signInTenant, signUp } from './test-caller';
import { type Rig, startRig } from './test-rig';
import { createTimeTravel } from './time-travel';

// Other tests share the two cores.
jest.setTimeout(60_000);

/** The keys that the world's worker reads personal data with. */
const personalDataKeys = {
  currentKeyId: 'k1',
  keys: new Map([['k1', Buffer.alloc(32, 1)]]),
  indexKey: Buffer.alloc(32, 2),
};

let world: LeaseWorld;
let rig: Rig;

beforeAll(async () => {
  world = await leaseWorld();
  const { client } = world.env;
  const leases = createLeaseCommands(client, world.taskQueue);
  rig = await startRig({ leases, timeTravel: createTimeTravel(client), personalDataKeys }, world.databaseUrl);
}, 180_000);
afterAll(async () => {
  await rig.stop();
  await world.close();
}, 60_000);

const until = async (caller: Caller, path: string, holds: (body: { status: string; openFen: number }) => boolean) => {
  for (let i = 0; i < 200; i += 1) {
    const { body } = await caller.must('GET', path);
    if (holds(body)) return body;
    await relayOnce(world.relay);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${path} never came to it: ${(await caller.get(path)).text}`);
};

test('over HTTP alone a lease is signed, paid at the cashier, approved, locked out for arrears, let in while a fire alarm lasts, paid and let in for good', async () => {
  const admin = await signUp(rig);
  const { roomId, buildingId } = await aPlace(admin);
  const { id: tenantId, phone } = await aTenant(admin);
  const startsOn = addDays(shanghaiDate(Date.now()), 1);
  const wanted = { roomId, tenantId, cycle: 1, startsOn, endsOn: addDays(addMonths(startsOn, 12), -1) };
  const { body } = await admin.must('POST', '/v1/leases', wanted, { key: randomUUID() });
  const lease = `/v1/leases/${body.leaseId}`;
  await until(admin, lease, ({ status }) => status === 'awaitingFirstPayment');

  const tenant = await signInTenant(rig, phone);
  const mine = `/v1/my/leases/${body.leaseId}`;
  const pay = async () => {
    const open = (await tenant.must('GET', `${mine}/bills?open=true`)).body.items as { id: string }[];
    const billIds = open.map(({ id }) => id);
    const { orderId, amountFen } = (
      await tenant.must('POST', `${mine}/cashier-orders`, { billIds }, { key: randomUUID() })
    ).body;
    const facts = {
      event: 'paid',
      providerNumber: `P-${orderId}`,
      outTradeNo: outTradeNoOf(parseId(orderId)),
      amountFen,
      paidAt: new Date().toISOString(),
      attach: admin.operatorId,
    };
    const text = JSON.stringify(facts);
    expect((await tenant.send('POST', '/callbacks/cashier', text, { headers: rig.sign(text) })).text).toBe('success');
  };
  await pay();
  await until(admin, lease, ({ status }) => status === 'awaitingApproval');
  expect((await admin.must('GET', '/v1/approvals')).body.items).toMatchObject([{ kind: 'lease', amountFen: 600_000 }]);
  await admin.must('POST', `${lease}/approval`, { decision: 'approve' }, { key: randomUUID() });
  await until(admin, lease, ({ status }) => status === 'effective');

  const travelled = await admin.must('POST', `${lease}/time-travel`, { duration: 'P40D' });
  expect(travelled.body.seconds).toBeLessThan(10);
  const locked = (await admin.must('GET', lease)).body;
  expect(locked).toMatchObject({ enforcement: 'restricted', overdueFen: 300_000 });
  expect((await tenant.must('GET', `${mine}/door`)).body).toMatchObject({
    enforcement: 'restricted',
    overdueFen: 300_000,
  });
  const cancelled = await admin.post(`${lease}/cancellation`, { reason: '反悔了' });
  expect(cancelled.body.code).toBe('LeaseHasBegun');

  const doorIs = (state: string) => (row: object) => 'enforcement' in row && row.enforcement === state;
  const alarm = `/v1/buildings/${buildingId}/fire-alarm`;
  const begun = (await admin.must('POST', alarm, { active: true, reason: '烟感报警' })).body;
  expect(begun).toMatchObject({ leases: 1, fireAlarmSince: expect.any(String) });
  expect((await admin.must('POST', alarm, { active: true, reason: '又报一次' })).body).toEqual({ ...begun, leases: 0 });
  await until(admin, lease, doorIs('none'));
  expect(world.rooms.log.filter((command) => command.leaseId === body.leaseId).at(-1)?.action).toMatch(
    /unlock|restore/,
  );
  expect((await admin.must('GET', '/v1/buildings')).body.items[0].fireAlarmSince).toBe(begun.fireAlarmSince);
  await admin.must('POST', alarm, { active: false, reason: '误报' });
  await until(admin, lease, doorIs('restricted'));
  const approvals = `/v1/audit-entries?subjectId=${body.leaseId}&action=lease.approveLease`;
  expect((await admin.must('GET', approvals)).body.items).toMatchObject([
    { actorKind: 'staff', before: { status: 'awaitingApproval' }, after: { status: 'awaitingSeal' } },
  ]);
  const entries = (await admin.must('GET', `/v1/audit-entries?subjectId=${buildingId}`)).body.items;
  expect(entries.map(({ action, reason }: Record<string, string>) => [action, reason])).toEqual(
    expect.arrayContaining([
      ['building.endFireAlarm', '误报'],
      ['building.beginFireAlarm', '烟感报警'],
    ]),
  );

  await pay();
  await until(admin, lease, doorIs('none'));
  const events = (await admin.must('GET', `${lease}/timeline?limit=200`)).body.items as {
    kind: string;
    text: string;
  }[];
  expect(events.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['signed', 'billIssued', 'restricted', 'released']),
  );
  expect(events.filter(({ kind, text }) => kind === text || !/\p{Script=Han}/u.test(text))).toEqual([]);
  const statement = (await admin.must('GET', `${lease}/statement`)).body;
  expect(statement.depositHeldFen).toBe(300_000);
  expect(statement.closingFen).toBe((await admin.must('GET', lease)).body.openFen);
  expect((await admin.must('GET', `${lease}/contract`)).headers.get('content-type')).toBe('application/pdf');
}, 120_000);
