import knex, { type Knex } from 'knex';
import type { Client } from 'pg';
import { usePlainTypes } from './pg-types';

/** Which right a pool works with: `app` one operator at a time, `relay` the outbox of all, `owner` migrations only. */
export type Role = 'app' | 'relay' | 'owner';

// Statements are short: planning each anew, or compiling it, costs more than running it. And nobody waits for ever: a process that
// stopped in the middle of a transaction must not hold a lease's lock.
const SESSION = `SET jit = off; SET plan_cache_mode = force_generic_plan;
  SET lock_timeout = '30s'; SET idle_in_transaction_session_timeout = '60s'`;

type Done = (error: Error | undefined, connection: Client) => void;

/**
 * A pool on `databaseUrl`. The app's pools give up the login's own rights on connect, so that row-level security binds them even
 * when the login is a superuser.
 */
export function openDatabase(databaseUrl: string, role: Role = 'app', poolSize = 10): Knex {
  usePlainTypes();
  const afterCreate = (connection: Client, done: Done) => {
    if (role === 'owner') return done(undefined, connection);
    connection.query(`SET ROLE apartment_${role}; ${SESSION}`).then(
      () => done(undefined, connection),
      (error: Error) => done(error, connection),
    );
  };
  // Pipelined: what is sent without waiting for the last answer travels in one go (a transaction's BEGIN with its first statement).
  const connection: Knex.PgConnectionConfig & { readonly pipeline: true } = {
    ...{ connectionString: databaseUrl, application_name: `apartment-${role}` },
    pipeline: true,
  };
  return knex({
    client: 'pg',
    connection,
    // Values of a failed statement stay out of its message, which ends in logs.
    compileSqlOnError: false,
    pool: { min: 0, max: poolSize, afterCreate },
  });
}
