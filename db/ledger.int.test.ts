import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import { localDate } from '../domain/calendar';
import type { LeaseId } from '../domain/ids';
import { balanceOf, type LedgerTransaction, postDepositMove, postOpening, postWaiver } from '../domain/ledger';
import { fen } from '../domain/money';
import { type TestDatabase, testDatabase } from '../test/harness/database';
import { audit } from './audit';
import { openDatabase } from './knex';
import { balances, post, statement } from './ledger';
import { aLease, aPlace, type Place } from './testing';
import { type Tx, withOperator } from './tx';

let database: TestDatabase;
let db: Knex;
let owner: Knex;
let place: Place;

beforeAll(async () => {
  database = await testDatabase();
  db = openDatabase(database.url, 'app', 2);
  owner = openDatabase(database.url, 'owner', 1);
  place = await aPlace(db);
});

afterAll(async () => {
  await db?.destroy();
  await owner?.destroy();
  await database?.drop();
});

const asOperator = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => withOperator(db, place.operatorId, work);

const on = (leaseId: LeaseId, day: string) => ({ leaseId, at: `${day}T04:00:00.000Z` });

/** Opening debt of 1000.00 and deposit of 3000.00, a waiver of 200.00, and the deposit given back. */
function aHistory(leaseId: LeaseId): LedgerTransaction[] {
  const opening = postOpening(on(leaseId, '2026-01-10'), { balanceFen: fen(100_000), depositFen: fen(300_000) });
  return [
    ...(opening ? [opening] : []),
    postWaiver(on(leaseId, '2026-02-10'), { waiverId: 'w1', amountFen: fen(20_000) }),
    postDepositMove(on(leaseId, '2026-03-10'), { amountFen: fen(300_000), cause: 'settlement' }),
  ];
}

describe('the ledger', () => {
  it('posts a transaction once by its key', async () => {
    const leaseId = await aLease(db, place);
    const transactions = aHistory(leaseId);
    const keys = transactions.map(({ key }) => key);
    expect([...(await asOperator((tx) => post(tx, place.communityId, transactions)))].sort()).toEqual(keys.sort());
    expect(await asOperator((tx) => post(tx, place.communityId, transactions))).toEqual([]);
    const held = await asOperator((tx) => balances(tx, { leaseId }, null));
    expect(held.get('receivable')).toBe(80_000);
    expect(held.get('prepayment')).toBe(-300_000);
  });

  it('refuses a transaction that does not sum to zero, at the latest when it is committed', async () => {
    const leaseId = await aLease(db, place);
    const crooked = aHistory(leaseId).map((transaction) => ({
      ...transaction,
      entries: transaction.entries.map((entry, i) =>
        i === 0 ? { ...entry, amountFen: fen(entry.amountFen + 1) } : entry,
      ),
    }));
    await expect(asOperator((tx) => post(tx, place.communityId, crooked))).rejects.toThrow('do not balance');
    expect((await asOperator((tx) => balances(tx, { leaseId }, null))).size).toBe(0);
  });

  it('refuses a transaction without entries', async () => {
    const leaseId = await aLease(db, place);
    const [first] = aHistory(leaseId);
    if (!first) throw new Error('no history');
    const empty = { ...first, entries: [] };
    await expect(asOperator((tx) => post(tx, place.communityId, [empty]))).rejects.toThrow('does not balance');
  });

  it('refuses an entry that is slipped into a transaction of yesterday', async () => {
    const leaseId = await aLease(db, place);
    await asOperator((tx) => post(tx, place.communityId, aHistory(leaseId)));
    const slip = asOperator((tx) =>
      tx.query(
        `INSERT INTO ledger_entry (operator_id, transaction_id, position, lease_id, scope_id, account, amount_fen)
          SELECT operator_id, transaction_id, 99, lease_id, scope_id, account, 1 FROM ledger_entry WHERE lease_id = $1 LIMIT 1`,
        [leaseId],
      ),
    );
    await expect(slip).rejects.toMatchObject({ code: '23514' });
  });

  it('lets nobody change or delete what was posted: the app has no right to, the owner meets the trigger', async () => {
    const leaseId = await aLease(db, place);
    await asOperator((tx) => post(tx, place.communityId, aHistory(leaseId)));
    for (const table of ['ledger_entry', 'ledger_transaction', 'bill_line', 'bill_allocation', 'audit_log']) {
      for (const sql of [`UPDATE ${table} SET operator_id = operator_id`, `DELETE FROM ${table}`]) {
        await expect(asOperator((tx) => tx.query(sql))).rejects.toMatchObject({ code: '42501' });
      }
    }
    await expect(owner.raw('UPDATE ledger_entry SET amount_fen = amount_fen * 2')).rejects.toThrow('never changed');
    await expect(owner.raw('DELETE FROM ledger_transaction')).rejects.toThrow('never changed');
    await expect(owner.raw('TRUNCATE ledger_entry CASCADE')).rejects.toThrow('never changed');
  });

  it('reads a statement of any day as the fold of what was posted up to that day', async () => {
    const leaseId = await aLease(db, place);
    const history = aHistory(leaseId);
    await asOperator((tx) => post(tx, place.communityId, history));
    for (const day of ['2026-01-09', '2026-01-10', '2026-02-09', '2026-02-10', '2026-03-10', '2027-01-01']) {
      const through = localDate(day);
      const until = history.filter(({ at }) => at.slice(0, 10) <= day);
      const read = await asOperator((tx) => statement(tx, leaseId, { through }));
      const [receivable, prepayment] = [balanceOf('receivable', until), balanceOf('prepayment', until)];
      expect([day, read.closingFen]).toEqual([day, receivable + prepayment]);
      expect(read.prepaymentFen).toBe(0 - prepayment);
      expect(read.depositHeldFen).toBe(0 - balanceOf('deposit', until));
      const held = await asOperator((tx) => balances(tx, { leaseId }, through));
      expect(held.get('receivable') ?? 0).toBe(receivable);
    }
  });

  it('opens a statement with the balance of the day before', async () => {
    const leaseId = await aLease(db, place);
    await asOperator((tx) => post(tx, place.communityId, aHistory(leaseId)));
    const read = await asOperator((tx) =>
      statement(tx, leaseId, { from: localDate('2026-02-01'), through: localDate('2026-02-28') }),
    );
    expect(read).toMatchObject({ openingFen: 100_000, closingFen: 80_000, depositHeldFen: 300_000 });
    expect(read.entries.map(({ amountFen, balanceFen }) => [amountFen, balanceFen])).toEqual([[-20_000, 80_000]]);
  });
});

describe('the audit log', () => {
  it('keeps what was written and lets nobody edit it', async () => {
    await asOperator((tx) =>
      audit(tx, {
        actor: { kind: 'staff', id: 's1', name: '王经理' },
        action: 'lease.approve',
        subject: { kind: 'lease', id: 'l1' },
        before: { status: 'awaitingApproval' },
        after: { status: 'awaitingSeal' },
        why: '材料齐全',
      }),
    );
    const rows = await asOperator((tx) =>
      tx.query(`SELECT action, before, reason FROM audit_log WHERE subject_id = 'l1'`),
    );
    expect(rows).toEqual([{ action: 'lease.approve', before: { status: 'awaitingApproval' }, reason: '材料齐全' }]);
    await expect(owner.raw(`UPDATE audit_log SET reason = ''`)).rejects.toThrow('never changed');
    await expect(owner.raw(`DELETE FROM audit_log`)).rejects.toThrow('never changed');
  });
});
