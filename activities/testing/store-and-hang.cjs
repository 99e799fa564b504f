// A process that stores a payment with its outbox row, says so, and does nothing more until somebody kills it.
require('../../test/harness/ts-require.cjs');

const { openDatabase } = require('../../db/knex.ts');
const { storePayment } = require('../../db/payments.ts');
const { newId } = require('../../db/testing.ts');
const { withOperator } = require('../../db/tx.ts');

const { DATABASE_URL, OPERATOR_ID, LEASE_ID, AMOUNT_FEN } = process.env;
const id = newId();
const payment = {
  id,
  leaseId: LEASE_ID,
  channel: 'simulator',
  providerNumber: id,
  amountFen: Number(AMOUNT_FEN),
  paidAt: new Date().toISOString(),
};
withOperator(openDatabase(DATABASE_URL), OPERATOR_ID, (tx) => storePayment(tx, payment)).then(() => {
  process.stdout.write('stored\n');
  setTimeout(() => process.exit(1), 60_000); // nobody killed it: the test has failed already
});
