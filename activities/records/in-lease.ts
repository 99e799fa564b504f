import { ApplicationFailure } from '@temporalio/activity';
import type { Knex } from 'knex';
import { DatabaseError } from 'pg';
import type { LeaseRef } from '../../contract/temporal/lease-activities';
import { DbRefusal } from '../../db/refusal';
import { type Tx, withLease } from '../../db/tx';

/**
 * One transaction under the lease's lock. @throws ApplicationFailure, non-retryable, with the code of what the record refused. What no
 * retry can cure (a value or a reference that the database does not take) is a refusal too: a lease must not stand still over it.
 */
export const inLease = <T>(
  db: Knex,
  { operatorId, leaseId }: Pick<LeaseRef, 'operatorId' | 'leaseId'>,
  work: (tx: Tx) => Promise<T>,
): Promise<T> => withLease(db, { operatorId, leaseId }, work).catch(tell);

/** SQLSTATE classes 22 (data exception) and 23 (integrity constraint violation). */
const HOPELESS = /^2[23]/;

function tell(error: unknown): never {
  if (error instanceof DbRefusal) throw ApplicationFailure.nonRetryable(error.message, error.code);
  if (error instanceof DatabaseError && HOPELESS.test(error.code ?? '')) {
    throw ApplicationFailure.nonRetryable(error.message, 'InvalidInput', error.code);
  }
  throw error;
}
