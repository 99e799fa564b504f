import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import { v7 } from 'uuid';
import { openDatabase } from '../../db/knex';
import type { PersonalDataKeys } from '../../db/personal-data';
import { withOperator } from '../../db/tx';
import { addDays, shanghaiInstant } from '../../domain/calendar';
import { DEFAULT_POLICY } from '../../domain/default-policy';
import { type OperatorId, parseId } from '../../domain/ids';
import { aFlatSheet, aLetRoom, type TestSheet, TODAY } from '../../domain/rent-roll/test-roll';
import { type TestDatabase, testDatabase } from '../../test/harness/database';
import { EXAMPLE_DAY, exampleSheet } from './example-roll';
import { type ImportRequest, importRoll } from './import-roll';
import { type OutSheet, writeXlsx } from './xlsx/write';

const keys: PersonalDataKeys = {
  currentKeyId: 'k1',
  keys: new Map([['k1', Buffer.alloc(32, 1)]]),
  indexKey: Buffer.alloc(32, 2),
};

let database: TestDatabase;
let db: Knex;
let operatorId: OperatorId;

beforeAll(async () => {
  database = await testDatabase();
  db = openDatabase(database.url, 'app', 4);
});

afterAll(async () => {
  await db?.destroy();
  await database?.drop();
});

async function anOperator(): Promise<OperatorId> {
  const id: OperatorId = parseId(v7());
  const values = [id, '示范公寓', JSON.stringify(DEFAULT_POLICY)];
  await withOperator(db, id, (tx) =>
    tx.query('INSERT INTO operator (operator_id, name, policy) VALUES ($1, $2, $3)', values),
  );
  return id;
}

beforeEach(async () => {
  operatorId = await anOperator();
});

const request = (sheet: TestSheet | OutSheet, options: Partial<ImportRequest> = {}): ImportRequest => ({
  knex: db,
  operatorId,
  keys,
  file: { name: 'roll.xlsx', bytes: writeXlsx([sheet as OutSheet]) },
  actor: { kind: 'staff', id: v7(), name: '林经理' },
  scope: null,
  now: new Date(shanghaiInstant(TODAY, 9)),
  dryRun: false,
  skipBadRows: false,
  ...options,
});

const run = (sheet: TestSheet | OutSheet, options: Partial<ImportRequest> = {}) => importRoll(request(sheet, options));

const rows = <Row extends object>(sql: string, operator = operatorId): Promise<Row[]> =>
  withOperator(db, operator, (tx) => tx.query<Row>(sql));

const TABLES = [
  'community',
  'building',
  'room',
  'tenant',
  'lease',
  'lease_occupancy',
  'bill',
  'ledger_entry',
  'outbox',
  'audit_log',
];

const countRows = async (operator = operatorId): Promise<number[]> => {
  const selects = TABLES.map((table) => `(SELECT count(*) FROM ${table}) AS ${table}`).join(', ');
  const [counts] = await rows<Record<string, number>>(`SELECT ${selects}`, operator);
  return TABLES.map((table) => counts?.[table] ?? -1);
};

const EMPTY = TABLES.map(() => 0);
const BAD = aLetRoom({ 房号: '102', 月租金: '3千' });

describe('an import', () => {
  it('writes nothing in a dry run but the run itself, and says what would be created', async () => {
    const report = await run(aFlatSheet(aLetRoom()), { dryRun: true });
    expect(report).toMatchObject({ dryRun: true, stored: false, created: { rooms: 1, tenants: 1, leases: 1 } });
    expect(await countRows()).toEqual(EMPTY);
    expect(await rows('SELECT dry_run FROM import_run')).toEqual([{ dry_run: true }]);
  });

  it('makes a running lease that bills from its next period, with arrears, deposit, message and audit row', async () => {
    await run(aFlatSheet(aLetRoom({ 欠费: '1,200.50元', 押金: '¥3,000.00' })));
    expect(await rows('SELECT status, source, billed_until, starts_on, policy FROM lease')).toEqual([
      {
        status: 'effective',
        source: 'imported',
        billed_until: '2026-12-01',
        starts_on: '2026-03-01',
        policy: DEFAULT_POLICY,
      },
    ]);
    expect(await rows('SELECT key, kind, due_on, open_fen FROM bill')).toEqual([
      { key: 'opening', kind: 'opening', due_on: addDays(TODAY, 7), open_fen: 120_050 },
    ]);
    expect(await rows('SELECT receivable_fen, deposit_fen, prepayment_fen FROM lease_balance')).toEqual([
      { receivable_fen: 120_050, deposit_fen: 300_000, prepayment_fen: 0 },
    ]);
    expect(await rows('SELECT sum(amount_fen) AS sum FROM ledger_entry')).toEqual([{ sum: 0 }]);
    expect(await rows("SELECT topic, payload->>'leaseId' = (SELECT id::text FROM lease) AS same FROM outbox")).toEqual([
      { topic: 'startLease', same: true },
    ]);
    expect(await rows('SELECT action, actor_name FROM audit_log')).toEqual([
      { action: 'import.run', actor_name: '林经理' },
    ]);
  });

  it('keeps money paid ahead as the tenant’s credit', async () => {
    await run(aFlatSheet(aLetRoom({ 欠费: -500 })));
    expect(await rows('SELECT receivable_fen, prepayment_fen FROM lease_balance')).toEqual([
      { receivable_fen: 0, prepayment_fen: 50_000 },
    ]);
  });

  it('stores phones as ciphertext only', async () => {
    await run(aFlatSheet(aLetRoom()));
    const [tenant] = await rows<{ phone_enc: string; whole: string }>(
      'SELECT phone_enc, tenant::text AS whole FROM tenant',
    );
    expect(tenant?.phone_enc).toMatch(/^k1:/);
    expect(tenant?.whole).not.toContain('13800138000');
  });

  it('changes nothing the second time, not even days later', async () => {
    const sheet = exampleSheet({ rooms: 200, asOf: EXAMPLE_DAY });
    await run(sheet, { now: new Date(shanghaiInstant(EXAMPLE_DAY, 9)) });
    const before = await countRows();
    for (const now of [new Date(shanghaiInstant(EXAMPLE_DAY, 10)), new Date(shanghaiInstant(TODAY, 9))]) {
      const { created, changed, unchanged, refused } = await run(sheet, { now });
      expect(refused).toEqual([]);
      expect([...Object.values(created), ...Object.values(changed)].every((count) => count === 0)).toBe(true);
      expect(unchanged).toMatchObject({
        rooms: 200,
        leases: 180,
        tenants: 180,
        meters: 400,
        readings: 400,
        prices: 20,
      });
    }
    expect((await countRows()).slice(0, -1)).toEqual(before.slice(0, -1));
  });

  it('stops at one refused row and writes nothing at all', async () => {
    const report = await run(aFlatSheet(aLetRoom(), BAD));
    expect(report).toMatchObject({ stored: false, created: { rooms: 0 } });
    expect(report.refused).toEqual([
      { sheet: '租金表', row: 3, column: 'D', reason: expect.stringContaining('请写成数字') },
    ]);
    expect(await countRows()).toEqual(EMPTY);
  });

  it('takes the good rows alone when asked to', async () => {
    const report = await run(aFlatSheet(aLetRoom(), BAD), { skipBadRows: true });
    expect(report).toMatchObject({ stored: true, created: { rooms: 1 }, refused: [{ row: 3 }] });
    expect(await rows('SELECT code FROM room')).toEqual([{ code: '101' }]);
  });

  it('leaves nothing behind when the database fails after most of it was written', async () => {
    const failing = request(aFlatSheet(aLetRoom()), {
      // The last kind of row is stored, the commit is not reached.
      onProgress: ({ phase, done }) => {
        if (phase === 'storing' && done >= 5) throw new Error('the power failed');
      },
    });
    await expect(importRoll(failing)).rejects.toThrow('the power failed');
    expect(await countRows()).toEqual(EMPTY);
  });

  it('updates a room’s facts, and refuses to rewrite a lease that runs', async () => {
    await run(aFlatSheet(aLetRoom()));
    const facts = (area: number) => ({
      name: '房间',
      rows: [
        ['社区', '楼栋', '房号', '面积'],
        ['滨江公寓', '1栋', '101', area],
      ],
    });
    expect(await run(facts(30))).toMatchObject({ changed: { rooms: 1 }, created: { rooms: 0 } });
    expect(await rows('SELECT area_cm2 FROM room')).toEqual([{ area_cm2: 300_000 }]);
    const { refused } = await run(aFlatSheet(aLetRoom({ 月租金: 3300 })));
    expect(refused).toMatchObject([{ row: 2, column: 'D', reason: expect.stringContaining('变更') }]);
  });

  it('refuses a lease that overlaps one on record, naming it', async () => {
    await run(aFlatSheet(aLetRoom()));
    const other = aLetRoom({
      租客: '李四',
      手机号: '13900139000',
      起租日: '2027-02-28',
      到期日: '2028-02-27',
      租金已付至: null,
    });
    expect((await run(aFlatSheet(other))).refused).toMatchObject([{ row: 2, column: 'I' }]);
  });
});

describe('operators', () => {
  it('import the same file side by side without seeing each other', async () => {
    const other = await anOperator();
    await run(aFlatSheet(aLetRoom()));
    expect(await countRows(other)).toEqual(EMPTY);
    const report = await run(aFlatSheet(aLetRoom()), { operatorId: other });
    expect(report.created).toMatchObject({ communities: 1, rooms: 1, tenants: 1, leases: 1 });
    expect(await countRows(other)).toEqual(await countRows());
  });

  it('lets a manager import into their own community only', async () => {
    await run(aFlatSheet(aLetRoom()));
    const [own] = await rows<{ id: string }>('SELECT id FROM community');
    const scope = [parseId<'community'>(own?.id ?? '')];
    const elsewhere = aLetRoom({ 社区: '别处', 手机号: '13900139000', 租客: '李四' });
    const { refused, created } = await run(
      aFlatSheet(
        aLetRoom({ 房号: '103', 租客: null, 手机号: null, 起租日: null, 到期日: null, 租金已付至: null }),
        elsewhere,
      ),
      { scope, skipBadRows: true },
    );
    expect(refused).toMatchObject([{ row: 3, column: 'A', reason: expect.stringContaining('无权') }]);
    expect(created).toMatchObject({ communities: 0, rooms: 1 });
  });
});
