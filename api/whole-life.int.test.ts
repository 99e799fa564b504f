import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { relayOnce } from '../activities/relay';
import { addDays, addMonths, shanghaiDate } from '../domain/calendar';
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

test('over HTTP alone a lease is signed, paid at the cashier, approved, locked out for arrears, paid and let in again', async () => {
  const admin = await signUp(rig);
  const { roomId } = await aPlace(admin);
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
    const paidAt = rig.orders.at(-1)?.businessAt ?? new Date().toISOString();
    const facts = {
      event: 'paid',
      providerNumber: `P-${orderId}`,
      outTradeNo: orderId,
      amountFen,
      paidAt,
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

  await pay();
  const released = (row: { openFen: number } & object) => 'enforcement' in row && row.enforcement === 'none';
  await until(admin, lease, released);
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
