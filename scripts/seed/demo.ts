import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import { DEMO_OPERATOR_NAME } from '../../contract/demo-logins';
import { openBills } from '../../db/bills';
import { storePayment } from '../../db/payments';
import type { PersonalDataKeys } from '../../db/personal-data';
import { insertOperator } from '../../db/queries/operator';
import { withOperator } from '../../db/tx';
import { DEFAULT_POLICY } from '../../domain/default-policy';
import { sumFen } from '../../domain/money';
import { DEMO_OPERATOR_ID, demoId } from './demo-ids';
import { demoLeaseId, PAID_FIRST_BILL, seedLeases } from './demo-leases';
import { seedPeople } from './demo-people';
import { seedPlaces } from './demo-places';

/**
 * Makes the demo operator with everything that its first screens show, in one transaction; what is there already is left as it is.
 * False: it was there. The leases begin to live when a worker runs.
 */
export async function seedDemo(knex: Knex, keys: PersonalDataKeys, now = Date.now()): Promise<boolean> {
  return withOperator(knex, DEMO_OPERATOR_ID, async (tx) => {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('demo seed', 5))`);
    const there = await tx.query('SELECT 1 FROM operator WHERE operator_id = $1', [DEMO_OPERATOR_ID]);
    if (there.length > 0) return false;
    await insertOperator(tx, DEMO_OPERATOR_NAME, DEFAULT_POLICY);
    await seedPlaces(tx);
    await seedPeople(tx, keys);
    await seedLeases(tx, now);
    return true;
  });
}

const STEP_MS = 100;

/**
 * Pays the first bill of one signed lease as soon as its workflow has issued it, so that an approval waits in the back office. False when no
 * worker issued it within `patienceMs`; the next seed tries again.
 */
export async function payFirstBill(knex: Knex, patienceMs: number): Promise<boolean> {
  const leaseId = demoLeaseId(PAID_FIRST_BILL);
  for (const until = Date.now() + patienceMs; Date.now() < until; await sleep(STEP_MS)) {
    const done = await withOperator(knex, DEMO_OPERATOR_ID, async (tx) => {
      const paid = await tx.query('SELECT 1 FROM payment WHERE lease_id = $1', [leaseId]);
      const amountFen = sumFen((await openBills(tx, leaseId)).map(({ openFen }) => openFen));
      if (paid.length > 0 || amountFen === 0) return paid.length > 0;
      const id = demoId<'payment'>('payment/first');
      const paidAt = new Date().toISOString();
      await storePayment(tx, { id, leaseId, channel: 'bank', providerNumber: 'DEMO-FIRST', amountFen, paidAt });
      return true;
    });
    if (done) return true;
  }
  return false;
}
