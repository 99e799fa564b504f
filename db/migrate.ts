import type { Knex } from 'knex';
import { openDatabase } from './knex';
import * as roles from './migrations/20261124T0900_roles';
import * as operators from './migrations/20261124T0905_operators';
import * as rooms from './migrations/20261124T0910_rooms';
import * as prices from './migrations/20261124T0915_prices';
import * as tenants from './migrations/20261124T0920_tenants';
import * as leases from './migrations/20261124T0925_leases';
import * as occupancy from './migrations/20261124T0930_occupancy';
import * as bills from './migrations/20261124T0935_bills';
import * as payments from './migrations/20261124T0940_payments';
import * as billSettlement from './migrations/20261124T0945_bill_settlement';
import * as ledger from './migrations/20261124T0950_ledger';
import * as enforcement from './migrations/20261124T0955_enforcement';
import * as devices from './migrations/20261124T1000_devices';
import * as workAndDocuments from './migrations/20261124T1005_work_and_documents';
import * as staffAndSessions from './migrations/20261124T1010_staff_and_sessions';
import * as lookups from './migrations/20261124T1015_lookups';
import * as underneath from './migrations/20261124T1020_underneath';
import * as views from './migrations/20261124T1025_views';
import * as leaseWorkflow from './migrations/20261124T1030_lease_workflow';
import * as authLookups from './migrations/20261124T1040_auth_lookups';
import * as paymentQuarantine from './migrations/20261124T1045_payment_quarantine';
import * as coTenantIsTenant from './migrations/20261124T1050_co_tenant_is_tenant';
import * as listIndexes from './migrations/20261124T1100_list_indexes';
import * as refundShares from './migrations/20261124T1110_refund_shares';
import * as onlyAsPosted from './migrations/20261124T1120_only_as_posted';
import * as operatorWideOrders from './migrations/20261124T1130_operator_wide_orders';
import * as attemptsGivenBack from './migrations/20261124T1135_attempts_given_back';
import * as rateOfToday from './migrations/20261124T1140_rate_of_today';
import * as fireAlarmReports from './migrations/20261125T0011_fire_alarm_reports';
import * as housekeeping from './migrations/20261125T0021_housekeeping';
import * as leaseSearch from './migrations/20261125T0023_lease_search';
import * as ordersOfProviders from './migrations/20261125T0051_orders_of_providers';
import * as bankStatements from './migrations/20261125T0116_bank_statements';

/** In the order they run. Named without extension, so that a database made from .ts and one made from .js agree. */
const MIGRATIONS: Readonly<Record<string, Knex.Migration>> = {
  '20261124T0900_roles': roles,
  '20261124T0905_operators': operators,
  '20261124T0910_rooms': rooms,
  '20261124T0915_prices': prices,
  '20261124T0920_tenants': tenants,
  '20261124T0925_leases': leases,
  '20261124T0930_occupancy': occupancy,
  '20261124T0935_bills': bills,
  '20261124T0940_payments': payments,
  '20261124T0945_bill_settlement': billSettlement,
  '20261124T0950_ledger': ledger,
  '20261124T0955_enforcement': enforcement,
  '20261124T1000_devices': devices,
  '20261124T1005_work_and_documents': workAndDocuments,
  '20261124T1010_staff_and_sessions': staffAndSessions,
  '20261124T1015_lookups': lookups,
  '20261124T1020_underneath': underneath,
  '20261124T1025_views': views,
  '20261124T1030_lease_workflow': leaseWorkflow,
  '20261124T1040_auth_lookups': authLookups,
  '20261124T1045_payment_quarantine': paymentQuarantine,
  '20261124T1050_co_tenant_is_tenant': coTenantIsTenant,
  '20261124T1100_list_indexes': listIndexes,
  '20261124T1110_refund_shares': refundShares,
  '20261124T1120_only_as_posted': onlyAsPosted,
  '20261124T1130_operator_wide_orders': operatorWideOrders,
  '20261124T1140_rate_of_today': rateOfToday,
  '20261124T1135_attempts_given_back': attemptsGivenBack,
  '20261125T0011_fire_alarm_reports': fireAlarmReports,
  '20261125T0021_housekeeping': housekeeping,
  '20261125T0023_lease_search': leaseSearch,
  '20261125T0051_orders_of_providers': ordersOfProviders,
  '20261125T0116_bank_statements': bankStatements,
};

const migrationSource: Knex.MigrationSource<string> = {
  getMigrations: async () => Object.keys(MIGRATIONS),
  getMigrationName: (name) => name,
  getMigration: async (name) => {
    const migration = MIGRATIONS[name];
    if (!migration) throw new Error(`unknown migration ${name}`);
    return migration;
  },
};

async function underLock<T>(databaseUrl: string, work: (knex: Knex) => Promise<T>): Promise<T> {
  const knex = openDatabase(databaseUrl, 'owner', 2);
  const holder = await knex.client.acquireConnection();
  try {
    await holder.query(`SELECT pg_advisory_lock(hashtextextended('apartment.migrate', 0))`);
    // Ours is the lock that counts; knex's own stays behind when a migrating process is killed, and would block for ever.
    await knex.migrate.forceFreeMigrationsLock({ migrationSource });
    return await work(knex);
  } finally {
    await holder.query(`SELECT pg_advisory_unlock_all()`);
    await knex.client.releaseConnection(holder);
    await knex.destroy();
  }
}

/** Brings the database up to date. Safe to run from several processes at once: the others wait, then find nothing to do. */
export const migrate = (databaseUrl: string): Promise<string[]> =>
  underLock(databaseUrl, async (knex) => {
    const [, applied] = await knex.migrate.latest({ migrationSource });
    return applied;
  });

/** Takes every migration back. @internal for tests and disposable databases: all data goes with it. */
export const migrateDown = (databaseUrl: string): Promise<void> =>
  underLock(databaseUrl, async (knex) => {
    await knex.migrate.rollback({ migrationSource }, true);
  });

if (require.main === module) {
  const databaseUrl = process.env.DATABASE_URL;
  if (!databaseUrl) {
    console.error(
      'DATABASE_URL is not set: it names the database to migrate, e.g. postgres://user:password@127.0.0.1:5432/apartment',
    );
    process.exitCode = 2;
  } else {
    migrate(databaseUrl).then(
      (applied) => console.log(applied.length ? `applied ${applied.join(', ')}` : 'nothing to migrate'),
      (error: Error) => {
        console.error(`migration failed: ${error.message}`);
        process.exitCode = 1;
      },
    );
  }
}
