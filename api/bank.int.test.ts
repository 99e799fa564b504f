import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { issueBills } from '../db/bills';
import { withLease, withOperator } from '../db/tx';
import { localDate, shanghaiDate } from '../domain/calendar';
import { parseId } from '../domain/ids';
import { fen } from '../domain/money';
import { cmbFile, ICBC_FILE } from '../service-adapters/bank-statement/fixtures';
import { addStaff, aPlace, aSignedLease, aTenant, type Caller, type Place, signInTenant, signUp } from './test-caller';
import { type Rig, startRig } from './test-rig';

// Other tests share the two cores.
jest.setTimeout(60_000);

let rig: Rig;
let admin: Awaited<ReturnType<typeof signUp>>;
let finance: Caller;
let place: Place;
let tenant: { id: string; phone: string };
let leaseId: string;
const today = shanghaiDate(Date.now());

beforeAll(async () => {
  rig = await startRig();
}, 120_000);
afterAll(() => rig.stop());
beforeEach(async () => {
  admin = await signUp(rig);
  finance = await addStaff(rig, admin, 'finance');
  place = await aPlace(admin);
  tenant = await aTenant(admin);
  leaseId = await aSignedLease(admin, place.roomId, tenant.id);
  await bill(leaseId, 300_000);
}, 60_000);

/** A bill of the lease, due today, named by its amount. */
async function bill(of: string, amountFen: number): Promise<void> {
  const key = { operatorId: parseId<'operator'>(admin.operatorId), leaseId: parseId<'lease'>(of) };
  const until = localDate('2027-02-01');
  const period = { from: localDate('2027-01-01'), until };
  const line = { kind: 'rent', ...period, amountFen: fen(amountFen), taxFen: fen(0), explain: '租金' } as const;
  const days = { issueOn: today, dueOn: today, periodFrom: period.from, periodUntil: until };
  await withLease(rig.services.knex, key, (tx) =>
    issueBills(tx, {
      ...{ leaseId: key.leaseId, communityId: parseId(place.communityId), at: new Date().toISOString() },
      drafts: [{ key: `bill-${amountFen}`, kind: 'periodic', ...days, lines: [line] }],
    }),
  );
}

const upload = (caller: Caller, query: string, file: string) =>
  caller.send(
    'POST',
    `/v1/bank-statements${query}`,
    `--x\r\nContent-Disposition: form-data; name="file"; filename="流水.csv"\r\nContent-Type: text/csv\r\n\r\n${file}\r\n--x--\r\n`,
    { headers: { 'content-type': 'multipart/form-data; boundary=x' } },
  );

const rent = {
  credit: '3000.00',
  balance: '13000.00',
  number: 'C1',
  payer: '王小明',
  remark: '房租',
  day: today,
  time: '',
};
const stranger = { ...rent, balance: '16000.00', number: 'C2', payer: '陌生人', remark: '转账' };
const fee = { debit: '10.00', balance: '15990.00', number: 'C3', day: today, time: '', remark: '手续费' };
const FILE = cmbFile(rent, stranger, fee);

const lines = async (query = ''): Promise<Record<string, unknown>[]> =>
  (await finance.must('GET', `/v1/bank-statement-lines${query}`)).body.items;
const payments = async (): Promise<Record<string, unknown>[]> => (await finance.must('GET', '/v1/payments')).body.items;
const outbox = () =>
  withOperator(rig.services.knex, parseId(admin.operatorId), (tx) =>
    tx.query<{ payload: object }>(`SELECT payload FROM outbox WHERE topic = 'payment.stored'`),
  );

describe('a bank statement', () => {
  test('is tried first, then imported: what fits becomes a payment that the lease is told of, the rest waits', async () => {
    const dry = await upload(finance, '', FILE);
    expect(dry.body).toMatchObject({
      ...{ dryRun: true, statementId: null, layout: 'cmb', known: 0, matched: 1, unmatched: 1, outgoing: 1 },
      incoming: [
        { line: 2, rule: 'nameAndBill', roomName: '1栋 101' },
        { line: 3, why: 'nothingFits', leaseNumber: null },
      ],
    });
    expect([await payments(), await lines()]).toEqual([[], []]);

    const real = await upload(finance, '?dryRun=false', FILE);
    expect(real.body).toMatchObject({ dryRun: false, matched: 1, matchedFen: 300_000, unmatchedFen: 300_000 });
    const providerNumber = '769915033910001/C1';
    expect(await payments()).toMatchObject([{ leaseId, channel: 'bank', providerNumber, amountFen: 300_000 }]);
    expect((await outbox()).map(({ payload }) => payload)).toMatchObject([{ leaseId }]);
    expect((await lines()).map(({ state, rule }) => [state, rule])).toEqual(
      expect.arrayContaining([
        ['matched', 'nameAndBill'],
        ['unmatched', null],
        ['outgoing', null],
      ]),
    );
    const [statement] = (await finance.must('GET', '/v1/bank-statements')).body.items;
    expect(statement).toMatchObject({ fileName: '流水.csv', lines: { matched: 1, unmatched: 1, outgoing: 1 } });
    const { items } = (await admin.must('GET', '/v1/audit-entries?limit=50')).body;
    const actions = items.map(({ action }: { action: string }) => action);
    expect(actions).toEqual(expect.arrayContaining(['bankStatement.import', 'payment.match']));
  });

  test('that comes again, or overlaps another, books nothing twice', async () => {
    await upload(finance, '?dryRun=false', FILE);
    const again = await upload(finance, '?dryRun=false', FILE);
    expect(again.body).toMatchObject({ statementId: null, known: 3, matched: 0, unmatched: 0 });
    const later = { ...rent, balance: '18990.00', number: 'C4', remark: '押金', payer: '陌生人' };
    const overlapping = await upload(finance, '?dryRun=false', cmbFile(stranger, fee, later));
    expect(overlapping.body).toMatchObject({ known: 2, unmatched: 1 });
    expect([(await lines()).length, (await payments()).length, (await outbox()).length]).toEqual([4, 1, 1]);
  });

  test('imported by two people at once is booked once', async () => {
    const other = await addStaff(rig, admin, 'finance');
    const answers = await Promise.all([finance, other].map((caller) => upload(caller, '?dryRun=false', FILE)));
    // One of them may be told that an import is running.
    expect(answers.filter(({ status }) => status === 200 || status === 409)).toHaveLength(2);
    await upload(other, '?dryRun=false', FILE);
    expect([(await lines()).length, (await payments()).length]).toEqual([3, 1]);
  });

  test('of another bank is told apart by what stands in it, and needs its account said where the file does not', async () => {
    const withoutAccount = ICBC_FILE.replaceAll('本方账号', '本方').replaceAll('4000023009200123456', '');
    const missing = await upload(finance, '', withoutAccount);
    expect([missing.status, missing.body.errors]).toEqual([400, [expect.objectContaining({ path: 'account' })]]);
    const said = await upload(finance, '?account=4000023009200123456', withoutAccount);
    expect(said.body).toMatchObject({ layout: 'icbc', account: '4000023009200123456', unmatched: 2 });
    expect((await upload(finance, '?account=999999999', FILE)).body.errors[0].message).toContain('不一致');
  });

  test('that cannot be read exactly is refused with line and reason in both languages, and nothing of it is kept', async () => {
    const bad = await upload(finance, '?dryRun=false', cmbFile(rent, { ...stranger, credit: '3000.001' }, fee));
    expect([bad.status, bad.body.code]).toEqual([400, 'InvalidInput']);
    expect(bad.body.errors).toEqual([
      {
        path: 'file',
        message: expect.stringMatching(/^第 3 行：金额不是整分/),
        messageEn: expect.stringMatching(/^Line 3: the amount has a fraction of a fen/),
      },
    ]);
    await upload(finance, '?dryRun=false', FILE);
    const altered = cmbFile({ ...rent, credit: '3001.00', balance: '13001.00' }, { ...stranger, balance: '16001.00' });
    expect((await upload(finance, '?dryRun=false', altered)).body.errors[0].message).toContain('之前导入时金额不同');
    expect((await lines()).length).toBe(3);
  });

  test('of the same days in another layout is refused, because its lines could not be told from those that are there', async () => {
    await upload(finance, '?dryRun=false', FILE);
    const day = today.slice(2).replaceAll('-', '');
    const mt940 = [':20:A', ':25:769915033910001', ':28C:1/1', `:60F:C${day}CNY0,`, `:61:${day}C3000,NTRFX`];
    const file = [...mt940, `:62F:C${day}CNY3000,00`, '-'].join('\r\n');
    expect((await upload(finance, '', file)).body.errors[0].message).toContain('另一种格式');
    const elsewhere = await upload(finance, '', file.replace('769915033910001', '769915033910002'));
    expect(elsewhere.body).toMatchObject({ layout: 'mt940', unmatched: 1 });
  });

  test('of the whole operator is not for staff of single communities, nor for those who keep no books', async () => {
    const local = await addStaff(rig, admin, 'finance', place.communityId);
    const maintenance = await addStaff(rig, admin, 'maintenance');
    for (const caller of [local, maintenance]) {
      expect((await upload(caller, '', FILE)).status).toBe(403);
      for (const list of ['bank-statements', 'bank-statement-lines'])
        expect((await caller.get(`/v1/${list}`)).status).toBe(403);
    }
  });
});

describe('the payment code', () => {
  test('that the tenant is shown wins over name and amount', async () => {
    const signedIn = await signInTenant(rig, tenant.phone);
    const { code } = (await signedIn.must('GET', `/v1/my/leases/${leaseId}/payment-code`)).body;
    const coded = { ...stranger, balance: '10000.55', credit: '0.55', remark: `6月房租${code}` };
    const { body } = await upload(finance, '?dryRun=false', cmbFile(coded));
    expect(body.incoming).toMatchObject([{ rule: 'code', amountFen: 55 }]);
    expect(await payments()).toMatchObject([{ leaseId, amountFen: 55 }]);
    const neighbour = await signInTenant(rig, (await aTenant(admin)).phone);
    expect((await neighbour.get(`/v1/my/leases/${leaseId}/payment-code`)).status).toBe(404);
  });
});

describe('a line that waits', () => {
  const waiting = async (): Promise<Record<string, unknown>> => {
    await upload(finance, '?dryRun=false', FILE);
    const line = (await lines('?state=unmatched')).find(({ payerName }) => payerName === '陌生人');
    if (!line) throw new Error('no line waits');
    return line;
  };

  test('says why and which lease it may belong to, and is booked on the one that a person names, once', async () => {
    const other = await aSignedLease(admin, (await aPlace(admin, 'B')).roomId, (await aTenant(admin)).id);
    await bill(other, 300_000);
    const line = await waiting();
    // The tenants have one name and one rent: nothing is guessed.
    expect(await payments()).toEqual([]);
    expect((await lines('?state=unmatched')).map(({ why }) => why).sort()).toEqual(['ambiguous', 'nothingFits']);
    const [first] = (await lines('?state=unmatched')).filter(({ payerName }) => payerName === '王小明');
    expect(first).toMatchObject({
      proposals: [{ fits: ['name', 'bill', 'sum'], openFen: 300_000 }, { roomName: expect.stringMatching(/1栋 101$/) }],
    });
    const path = `/v1/bank-statement-lines/${line.id}/assignment`;
    const body = { leaseId, reason: '租客来电确认' };
    const key = randomUUID();
    const booked = await finance.must('POST', path, body, { key });
    expect(booked.body).toMatchObject({ state: 'assigned', paymentId: expect.any(String) });
    expect((await finance.must('POST', path, body, { key })).body).toEqual(booked.body);
    expect((await finance.post(path, body, { key: randomUUID() })).body.code).toBe('BankLineDecided');
    expect(await payments()).toMatchObject([{ id: booked.body.paymentId, leaseId }]);
    expect(await outbox()).toHaveLength(1);
    const [entry] = (await admin.must('GET', '/v1/audit-entries?action=bankLine.assign')).body.items;
    expect(entry).toMatchObject({ reason: '租客来电确认', after: { leaseId, amountFen: 300_000 } });
    // Whoever has paid for a lease once is known to it from then on.
    await bill(leaseId, 123_400);
    const next = { ...stranger, number: 'C9', credit: '1234.00', balance: '17224.00' };
    expect((await upload(finance, '', cmbFile(next))).body.incoming).toMatchObject([{ rule: 'nameAndBill' }]);
  });

  test('that is no rent is dismissed with a reason and books nothing', async () => {
    const { id } = await waiting();
    const path = `/v1/bank-statement-lines/${id}/dismissal`;
    expect((await finance.post(path, {})).body.code).toBe('InvalidInput');
    expect((await finance.must('POST', path, { reason: '退回的保证金' })).body).toEqual({
      state: 'dismissed',
      paymentId: null,
    });
    expect((await finance.post(path, { reason: '再来一次' })).body.code).toBe('BankLineDecided');
    expect((await lines('?state=dismissed')).map(({ reason }) => reason)).toEqual(['退回的保证金']);
    expect(await payments()).toHaveLength(1);
  });

  test('because staff typed the transfer in before says so, instead of booking it twice', async () => {
    const typed = { channel: 'bankTransfer', amountFen: 300_000, reference: '20270105' };
    await finance.must('POST', `/v1/leases/${leaseId}/payments`, typed, { key: randomUUID() });
    await bill(leaseId, 300_001);
    const { body } = await upload(finance, '', cmbFile({ ...rent, remark: (await codeOf()).replace(' ', '') }));
    expect(body.incoming).toMatchObject([{ why: 'maybeRecorded' }]);
  });
});

async function codeOf(): Promise<string> {
  const signedIn = await signInTenant(rig, tenant.phone);
  return (await signedIn.must('GET', `/v1/my/leases/${leaseId}/payment-code`)).body.code;
}
