import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { relayOnce } from '../activities/relay';
import { addDays, addMonths, shanghaiDate } from '../domain/calendar';
import { cmbFile } from '../service-adapters/bank-statement/fixtures';
import { type LeaseWorld, leaseWorld } from '../test/lease-world';
import { createLeaseCommands } from './lease-commands';
import { aPlace, aTenant, signInTenant, signUp } from './test-caller';
import { type Rig, startRig } from './test-rig';

// Other tests share the two cores.
jest.setTimeout(60_000);

const personalDataKeys = {
  currentKeyId: 'k1',
  keys: new Map([['k1', Buffer.alloc(32, 1)]]),
  indexKey: Buffer.alloc(32, 2),
};

let world: LeaseWorld;
let rig: Rig;

beforeAll(async () => {
  world = await leaseWorld();
  const leases = createLeaseCommands(world.env.client, world.taskQueue);
  rig = await startRig({ leases, personalDataKeys }, world.databaseUrl);
}, 180_000);
afterAll(async () => {
  await rig.stop();
  await world.close();
}, 60_000);

test('a transfer with the tenant’s payment code, found in the bank’s file, pays the first bill and moves the lease on', async () => {
  const admin = await signUp(rig);
  const { roomId } = await aPlace(admin);
  const { id: tenantId, phone } = await aTenant(admin);
  const today = shanghaiDate(Date.now());
  const startsOn = addDays(today, 1);
  const wanted = { roomId, tenantId, cycle: 1, startsOn, endsOn: addDays(addMonths(startsOn, 12), -1) };
  const { leaseId } = (await admin.must('POST', '/v1/leases', wanted, { key: randomUUID() })).body;
  const until = async (wantedStatus: string) => {
    for (let i = 0; i < 200; i += 1) {
      const { body } = await admin.must('GET', `/v1/leases/${leaseId}`);
      if (body.status === wantedStatus) return body;
      await relayOnce(world.relay);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`the lease never became ${wantedStatus}`);
  };
  await until('awaitingFirstPayment');
  const tenant = await signInTenant(rig, phone);
  const { code } = (await tenant.must('GET', `/v1/my/leases/${leaseId}/payment-code`)).body;
  const row = { day: today, time: '', credit: '6000.00', balance: '6000.00', number: 'C1', payer: '王小明的母亲' };
  const file = cmbFile({ ...row, remark: `首期 ${code}` });
  const body = `--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n${file}\r\n--x--\r\n`;
  const headers = { 'content-type': 'multipart/form-data; boundary=x' };
  const report = await admin.must('POST', '/v1/bank-statements?dryRun=false', body, { headers });
  expect(report.body).toMatchObject({ matched: 1, matchedFen: 600_000, unmatched: 0 });
  expect(await until('awaitingApproval')).toMatchObject({ openFen: 0 });
  const [bill] = (await tenant.must('GET', `/v1/my/leases/${leaseId}/bills`)).body.items;
  const shown = (await tenant.must('GET', `/v1/my/bills/${bill.id}`)).body;
  expect(shown).toMatchObject({ openFen: 0, payments: [{ amountFen: 600_000 }] });
}, 120_000);
