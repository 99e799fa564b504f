import { inspect } from 'node:util';
import { DefaultLogger } from '@temporalio/worker';
import { errorForLog } from '../db/error-for-log';

/** The worker's warnings and errors, a line each, without what a database error knows of the row it is about. */
export const workerLog = (write: (line: string) => void): DefaultLogger =>
  new DefaultLogger('WARN', ({ level, message, meta }) => {
    const facts = Object.entries(meta ?? {}).map(([name, value]) => [
      name,
      value instanceof Error ? errorForLog(value) : value,
    ]);
    write(
      `${level} ${message} ${inspect(Object.fromEntries(facts), { breakLength: Number.POSITIVE_INFINITY, depth: 6 })}`,
    );
  });
