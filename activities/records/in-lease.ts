import { ApplicationFailure } from '@temporalio/activity';
import type { Knex } from 'knex';
import type { LeaseRef } from '../../contract/temporal/lease-activities';
import { DbRefusal } from '../../db/refusal';
import { type Tx, withLease } from '../../db/tx';

/** One transaction under the lease's lock. @throws ApplicationFailure, non-retryable, with the code of what the record refused. */
export const inLease = <T>(
  db: Knex,
  { operatorId, leaseId }: Pick<LeaseRef, 'operatorId' | 'leaseId'>,
  work: (tx: Tx) => Promise<T>,
): Promise<T> => withLease(db, { operatorId, leaseId }, work).catch(tell);

function tell(error: unknown): never {
  if (error instanceof DbRefusal) throw ApplicationFailure.nonRetryable(error.message, error.code);
  throw error;
}
