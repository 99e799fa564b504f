import { readConfig } from '../contract/config';
import { DEMO_LOGINS } from '../contract/demo-logins';
import { openDatabase } from '../db/knex';
import { payFirstBill, seedDemo } from './seed/demo';

const WORKER_PATIENCE_MS = 20_000;

/** Loads the demo data into the database of this environment; run again, it changes nothing. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  if (!config.demo) throw new Error('DEMO is off: the demo logins are published and do not belong here');
  const knex = openDatabase(config.databaseUrl, 'app', 2);
  try {
    const made = await seedDemo(knex, config.personalDataKeys);
    console.log(made ? `demo data loaded; sign in as ${DEMO_LOGINS.admin.login}` : 'demo data is there already');
    if (!(await payFirstBill(knex, WORKER_PATIENCE_MS))) console.log('no worker runs yet: no lease waits for approval');
  } finally {
    await knex.destroy();
  }
}

main().catch((error: Error) => {
  console.error(`demo data: ${error.message}`);
  process.exitCode = 1;
});
