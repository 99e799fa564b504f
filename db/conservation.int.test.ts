import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Knex } from 'knex';
import { addMonths, localDate } from '../domain/calendar';
import type { LeaseId, PaymentId } from '../domain/ids';
import { fen, sumFen } from '../domain/money';
import { type TestDatabase, testDatabase } from '../test/harness/database';
import { balance, billedLines, issueBills, voidBill } from './bills';
import { openDatabase } from './knex';
import { balances, statement } from './ledger';
import { applyPayment, storePayment } from './payments';
import { aDraft, aLease, aPlace, newId, type Place, plainDecision } from './testing';
import { type Tx, withLease } from './tx';

let database: TestDatabase;
let db: Knex;
let place: Place;

beforeAll(async () => {
  database = await testDatabase();
  db = openDatabase(database.url, 'app', 2);
  place = await aPlace(db);
});

afterAll(async () => {
  await db?.destroy();
  await database?.drop();
});

type Step =
  | { readonly kind: 'issue'; readonly month: number; readonly amountFen: number }
  | { readonly kind: 'adjust'; readonly month: number; readonly amountFen: number }
  | { readonly kind: 'pay'; readonly amountFen: number }
  | { readonly kind: 'payTwice'; readonly amountFen: number }
  | { readonly kind: 'void'; readonly month: number };

const month = fc.integer({ min: 0, max: 5 });
const amountFen = fc.integer({ min: 1, max: 500_000 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('issue' as const), month, amountFen }),
  fc.record({ kind: fc.constant('adjust' as const), month, amountFen: fc.integer({ min: -300_000, max: -1 }) }),
  fc.record({ kind: fc.constant('pay' as const), amountFen }),
  fc.record({ kind: fc.constant('payTwice' as const), amountFen }),
  fc.record({ kind: fc.constant('void' as const), month }),
);

const dayOf = (index: number) => addMonths(localDate('2026-01-01'), index);

/** Plays one step at its own moment; answers the money that came in. */
async function play(tx: Tx, leaseId: LeaseId, action: Step, at: string): Promise<number> {
  const base = { leaseId, communityId: place.communityId, at };
  switch (action.kind) {
    case 'issue':
      await issueBills(tx, { ...base, drafts: [aDraft(dayOf(action.month), action.amountFen)] });
      return 0;
    case 'adjust':
      await issueBills(tx, { ...base, drafts: [aDraft(dayOf(action.month), action.amountFen, `adjustment/${at}`)] });
      return 0;
    case 'pay':
    case 'payTwice': {
      const paymentId: PaymentId = newId();
      const stored = {
        channel: 'simulator' as const,
        providerNumber: paymentId,
        amountFen: fen(action.amountFen),
        paidAt: at,
      };
      await storePayment(tx, { id: paymentId, leaseId, ...stored });
      await applyPayment(tx, { ...base, paymentId, decide: plainDecision });
      if (action.kind === 'payTwice') await applyPayment(tx, { ...base, paymentId, decide: plainDecision });
      return action.amountFen;
    }
    case 'void': {
      const key = `period/${dayOf(action.month)}`;
      if ((await billedLines(tx, leaseId)).some((bill) => bill.key === key)) {
        await voidBill(tx, { ...base, key, reason: '测试' });
      }
      return 0;
    }
  }
}

describe('money', () => {
  it('is neither made nor lost in any history of bills, payments, adjustments and voids', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 15 }), async (steps) => {
        const leaseId = await aLease(db, place);
        let received = 0;
        for (const [i, action] of steps.entries()) {
          const at = new Date(Date.UTC(2026, 0, 1 + i, 4)).toISOString();
          received += await withLease(db, { operatorId: place.operatorId, leaseId }, (tx) =>
            play(tx, leaseId, action, at),
          );
        }
        await withLease(db, { operatorId: place.operatorId, leaseId }, async (tx) => {
          const bills = (await billedLines(tx, leaseId)).filter((bill) => !bill.voided);
          const ledger = await balances(tx, { leaseId }, null);
          const now = await balance(tx, leaseId);
          const billed = sumFen(bills.map((bill) => bill.totalFen));
          const open = sumFen(bills.map((bill) => bill.openFen));
          expect(sumFen([...ledger.values()])).toBe(0);
          expect(ledger.get('cash.simulator') ?? 0).toBe(received);
          // what is owed less what is held is what was billed less what came in
          expect(open - now.prepaymentFen).toBe(billed - received);
          expect(ledger.get('receivable') ?? 0).toBe(open);
          expect(sumFen(now.open.map((bill) => bill.openFen))).toBe(open);
          expect(now.prepaymentFen).toBeGreaterThanOrEqual(0);
          expect((await statement(tx, leaseId)).closingFen).toBe(open - now.prepaymentFen);
        });
      }),
      { numRuns: 30 },
    );
  }, 120_000);
});
