import { buffer } from 'node:stream/consumers';
import { openDatabase } from '../db/knex';
import { importRoll } from '../scripts/import-roll/import-roll';
import { TooManyRows, UnreadableFile } from '../scripts/import-roll/sheet-reader';
import { type ImportAnswer, type ImportJob, type ImportWish, shownReport } from './import-job';

/** Codes that PostgreSQL and our own refusals carry mean the same to the caller whichever process met them. */
function failure(error: unknown): ImportAnswer {
  if (error instanceof TooManyRows) return { ok: false, why: 'tooManyRows' };
  if (error instanceof UnreadableFile) return { ok: false, why: 'unreadable', text: error.message };
  const { message, stack, code, constraint } = error as Error & {
    readonly code?: string;
    readonly constraint?: string;
  };
  return { ok: false, why: 'failed', error: { message, stack, code, constraint } };
}

async function run({ databaseUrl, keys, fileName, ...rest }: ImportWish & ImportJob): Promise<ImportAnswer> {
  const knex = openDatabase(databaseUrl, 'app', 1);
  try {
    const file = { name: fileName, bytes: await buffer(process.stdin) };
    return { ok: true, report: shownReport(await importRoll({ ...rest, knex, keys, file })) };
  } catch (error) {
    return failure(error);
  } finally {
    await knex.destroy();
  }
}

/** One import in a process of its own: the job comes as a message, the file on standard input, the answer goes back as a message. */
function main(): void {
  // The server has gone, or has its answer.
  process.once('disconnect', () => process.exit());
  process.once('message', (job: ImportWish & ImportJob) => {
    void run(job).then((answer) => process.send?.(answer, () => process.disconnect()));
  });
}

if (require.main === module) main();
