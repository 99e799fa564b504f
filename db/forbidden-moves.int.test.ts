import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import { ORDER_STATUSES, waysTo } from '../domain/cashier-order';
import type { LeaseId, PaymentId } from '../domain/ids';
import { postOpening } from '../domain/ledger';
import { fen } from '../domain/money';
import { type TestDatabase, testDatabase } from '../test/harness/database';
import { balance, issueBills, voidBill } from './bills';
import { closeCase, openCase } from './enforcement-cases';
import { openDatabase } from './knex';
import { post } from './ledger';
import { insertOrder, moveOrder } from './orders';
import { applyPayment, storePayment } from './payments';
import { moveRefund, type RefundStatus, requestRefund } from './refunds';
import { aDraft, aLease, aPlace, newId, type Place, plainDecision } from './testing';
import { type Tx, withOperator } from './tx';

/** What somebody could do who gets a statement of their own into the app's connection: the database itself says no. */
let database: TestDatabase;
let db: Knex;
let place: Place;
let leaseId: LeaseId;
let paymentId: PaymentId;

const AT = '2026-01-05T04:00:00.000Z';
const CHECK = { code: '23514' };
const RIGHT = { code: '42501' };
const MOVE = { code: '23001' };

const asApp = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => withOperator(db, place.operatorId, work);
const attack = (sql: string, values: readonly unknown[] = [leaseId]) => asApp((tx) => tx.query(sql, values));
const own = () => ({ leaseId, communityId: place.communityId, at: AT });

beforeAll(async () => {
  database = await testDatabase();
  db = openDatabase(database.url, 'app', 2);
  place = await aPlace(db);
  leaseId = await aLease(db, place);
  paymentId = newId();
  await asApp(async (tx) => {
    await issueBills(tx, { ...own(), drafts: [aDraft('2026-01-01', 300_000), aDraft('2026-02-01', 300_000)] });
    const money = { channel: 'cash', providerNumber: 'r1', amountFen: fen(300_000), paidAt: AT } as const;
    await storePayment(tx, { id: paymentId, leaseId, ...money });
    await applyPayment(tx, { ...own(), paymentId, decide: plainDecision });
  });
});

afterAll(async () => {
  await db?.destroy();
  await database?.drop();
});

describe('the ledger', () => {
  it('takes no balanced pair of entries into a transaction of yesterday', async () => {
    const slipped = `INSERT INTO ledger_entry (operator_id, transaction_id, position, lease_id, scope_id, account, amount_fen)
      SELECT operator_id, transaction_id, 90 + n, lease_id, scope_id, account, n FROM ledger_entry, unnest(ARRAY[-1, 1]) AS n
      WHERE transaction_id = (SELECT id FROM ledger_transaction WHERE lease_id = $1 AND kind = 'payment') AND account = 'receivable'`;
    await expect(attack(slipped)).rejects.toMatchObject({ ...CHECK, message: expect.stringContaining('of the past') });
  });
});

describe('a bill', () => {
  const settled = (amount: number, reason: string) =>
    attack(
      `INSERT INTO bill_allocation (operator_id, bill_id, seq, lease_id, payment_id, amount_fen, effective_on, at, reason)
        SELECT operator_id, id, 9, lease_id, $2, $3, due_on, now(), $4 FROM bill WHERE lease_id = $1 AND key = $5`,
      [
        ...[leaseId, reason === 'payment' ? paymentId : null, amount, reason],
        amount < 0 ? 'period/2026-01-01' : 'period/2026-02-01',
      ],
    );

  it.each(['credit', 'payment', 'waiver'])('is not settled by a %s that nobody posted', async (reason) => {
    await expect(settled(300_000, reason)).rejects.toMatchObject({
      ...CHECK,
      message: expect.stringContaining('posted'),
    });
  });

  it('is not opened again without being voided, whatever the reason says', async () => {
    for (const reason of ['reversal', 'credit', 'payment']) {
      await expect(settled(-1, reason)).rejects.toMatchObject(CHECK);
    }
  });

  it('is not voided without the reversal of its posting', async () => {
    const voided = attack(`UPDATE bill SET voided_at = now(), void_reason = 'x' WHERE lease_id = $1 AND open_fen > 0`);
    await expect(voided).rejects.toMatchObject({ ...CHECK, message: expect.stringContaining('reversal') });
  });

  it('that was voided stays voided, with the reason that was given', async () => {
    const other = await aLease(db, place);
    const key = 'period/2026-01-01';
    await asApp((tx) => issueBills(tx, { ...own(), leaseId: other, drafts: [aDraft('2026-01-01')] }));
    await asApp((tx) => voidBill(tx, { ...own(), leaseId: other, key, reason: '重复' }));
    for (const change of ['voided_at = NULL, void_reason = NULL', `void_reason = 'x'`]) {
      await expect(attack(`UPDATE bill SET ${change} WHERE lease_id = $1`, [other])).rejects.toMatchObject(MOVE);
    }
  });

  it('that was paid is voided as before, whether in part or in full', async () => {
    for (const paidFen of [100_000, 310_000]) {
      const other = await aLease(db, place);
      const mine = { ...own(), leaseId: other };
      const id: PaymentId = newId();
      await asApp(async (tx) => {
        await issueBills(tx, { ...mine, drafts: [aDraft('2026-01-01')] });
        const money = { channel: 'cash', providerNumber: id, amountFen: fen(paidFen), paidAt: AT } as const;
        await storePayment(tx, { id, leaseId: other, ...money });
        await applyPayment(tx, { ...mine, paymentId: id, decide: plainDecision });
      });
      const after = await asApp((tx) => voidBill(tx, { ...mine, key: 'period/2026-01-01', reason: '取消' }));
      expect(after).toEqual({ open: [], prepaymentFen: paidFen });
    }
  });

  it('is paid from credit as before', async () => {
    const other = await aLease(db, place);
    const opening = postOpening({ leaseId: other, at: AT }, { balanceFen: fen(-400_000), depositFen: fen(0) });
    const after = await asApp(async (tx) => {
      await post(tx, place.communityId, opening ? [opening] : []);
      return issueBills(tx, { ...own(), leaseId: other, drafts: [aDraft('2026-01-01', 300_000)] });
    });
    expect(after).toMatchObject({ open: [], prepaymentFen: 100_000 });
    expect(await asApp((tx) => balance(tx, other))).toEqual(after);
  });
});

describe('money', () => {
  it('that reached its lease is never made to arrive again', async () => {
    const again = attack(`UPDATE payment SET status = 'stored', applied_at = NULL WHERE lease_id = $1`);
    await expect(again).rejects.toMatchObject(MOVE);
    await expect(attack('UPDATE payment SET amount_fen = 1 WHERE lease_id = $1')).rejects.toMatchObject(RIGHT);
  });

  it('asked for at a provider keeps its amount, its number and its provider', async () => {
    for (const change of ['amount_fen = amount_fen + 1', `out_trade_no = 'x'`, `channel = 'alipay'`]) {
      await expect(attack(`UPDATE cashier_order SET ${change}`, [])).rejects.toMatchObject(RIGHT);
    }
    const paid = attack(
      `INSERT INTO cashier_order (operator_id, id, lease_id, bill_ids, amount_fen, channel, out_trade_no, expires_at, status)
      VALUES ($2, uuidv7(), $1, '{}', 1, 'alipay', 'x000000', now(), 'paid')`,
      [leaseId, place.operatorId],
    );
    await expect(paid).rejects.toMatchObject(RIGHT);
  });

  it('asked for at a provider moves in the database just as in the code', async () => {
    for (const from of ORDER_STATUSES) {
      for (const to of ORDER_STATUSES.filter((status) => status !== from)) {
        const id: PaymentId = newId();
        const order = { id, leaseId, billIds: [], amountFen: fen(5), channel: 'alipay', businessAt: null } as const;
        await asApp(async (tx) => {
          await insertOrder(tx, { ...order, nowMs: Date.parse(AT) });
          if (from !== 'created') expect(await moveOrder(tx, id, { to: from })).toBe(true);
        });
        const moved = await attack('UPDATE cashier_order SET status = $2 WHERE id = $1', [id, to]).then(
          () => true,
          () => false,
        );
        expect([from, to, moved]).toEqual([from, to, waysTo(to).includes(from)]);
      }
    }
  });

  it('to give back keeps amount and lease, and is not requested as done', async () => {
    for (const change of ['amount_fen = amount_fen + 1', 'lease_id = lease_id', 'requested_at = now()']) {
      await expect(attack(`UPDATE refund SET ${change}`, [])).rejects.toMatchObject(RIGHT);
    }
    const done = attack(
      `INSERT INTO refund (operator_id, lease_id, key, amount_fen, reason, requested_at, status) VALUES ($2, $1, 'x', 1, 'x', now(), 'done')`,
      [leaseId, place.operatorId],
    );
    await expect(done).rejects.toMatchObject(RIGHT);
  });

  it('to give back moves in the database just as in the code, and done is done', async () => {
    const statuses: readonly RefundStatus[] = ['requested', 'sent', 'done', 'failed'];
    const ways: Partial<Record<RefundStatus, readonly ('sent' | 'done' | 'failed')[]>> = {
      ...{ sent: ['sent'], done: ['done'], failed: ['failed'] },
    };
    for (const from of statuses) {
      for (const to of statuses.filter((status) => status !== from)) {
        const asked = { leaseId, key: `${from}-${to}`, amountFen: fen(5), reason: 'x', at: AT };
        const { id } = await asApp(async (tx) => {
          const refund = await requestRefund(tx, asked);
          for (const step of ways[from] ?? []) await moveRefund(tx, refund.id, { to: step, at: AT });
          return refund;
        });
        const byCode =
          to === 'requested'
            ? false
            : await asApp((tx) =>
                moveRefund(tx, id, { to, at: AT }).then(() => Promise.reject(new Error('undo'))),
              ).catch((error: Error) => error.message === 'undo');
        const byHand = await attack('UPDATE refund SET status = $2 WHERE id = $1', [id, to]).then(
          () => true,
          () => false,
        );
        expect([from, to, byHand]).toEqual([from, to, byCode]);
      }
    }
    const number = attack(`UPDATE refund SET provider_number = 'x' WHERE status = 'done'`, []);
    await expect(number).rejects.toMatchObject(MOVE);
  });
});

describe('the record of a lock-out', () => {
  it('keeps the evidence of its decision, and a closed one is not opened again', async () => {
    const [roomId, at] = [place.roomId, AT];
    const open = { leaseId, roomId, arrearsFen: fen(1), at, by: null };
    await asApp((tx) => openCase(tx, { ...open, state: 'awaitingConfirmation', evidence: { n: 1 } }));
    await asApp((tx) => openCase(tx, { ...open, state: 'restricted', evidence: { n: 2 }, by: '王经理' }));
    const evidence = `UPDATE enforcement_case SET evidence = '{}' WHERE lease_id = $1`;
    await expect(attack(evidence)).rejects.toMatchObject(MOVE);
    await expect(attack('UPDATE enforcement_case SET arrears_fen = 9 WHERE lease_id = $1')).rejects.toMatchObject(
      RIGHT,
    );
    await asApp((tx) => closeCase(tx, leaseId, AT, '已付清'));
    await expect(attack(evidence)).rejects.toMatchObject(MOVE);
    await expect(attack(`UPDATE enforcement_case SET state = 'restricted' WHERE lease_id = $1`)).rejects.toMatchObject(
      MOVE,
    );
  });
});

describe('the audit log', () => {
  it('says itself when something was done', async () => {
    const backdated = attack(
      `INSERT INTO audit_log (operator_id, at, actor_kind, action, subject_kind, subject_id) VALUES ($1, '2020-01-01', 'system', 'a', 'b', 'c')`,
      [place.operatorId],
    );
    await expect(backdated).rejects.toMatchObject(RIGHT);
  });
});
