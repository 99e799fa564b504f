import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import { type Actor, audit } from '../../db/audit';
import { type ImportRunId, saveImportRun } from '../../db/import-runs';
import type { PersonalDataKeys } from '../../db/personal-data';
import { storeChanges } from '../../db/rent-roll';
import { loadSnapshot } from '../../db/rent-roll-snapshot';
import { type Tx, withOperator } from '../../db/tx';
import { shanghaiDate } from '../../domain/calendar';
import type { CommunityId, OperatorId } from '../../domain/ids';
import type { Plan } from '../../domain/rent-roll/changes';
import { planImport } from '../../domain/rent-roll/plan';
import { noCounts } from '../../domain/rent-roll/planning';
import type { Counts, Roll } from '../../domain/rent-roll/roll';
import type { Ignored, Refusal } from '../../domain/rent-roll/table';
import { type RollFile, readRoll } from './read-roll';

export type ImportOptions = {
  readonly dryRun: boolean;
  /** Take the good rows and leave the refused ones out; otherwise one refused row stops the whole import. */
  readonly skipBadRows: boolean;
};

export type ImportRequest = ImportOptions & {
  readonly knex: Knex;
  readonly operatorId: OperatorId;
  readonly keys: PersonalDataKeys;
  readonly file: RollFile;
  readonly actor: Actor;
  /** Communities that the actor may import into; null: all, and new ones. */
  readonly scope: readonly CommunityId[] | null;
  readonly now: Date;
  /** Rows of the file, headings included; any number when left out. */
  readonly maxRows?: number;
  readonly onProgress?: (progress: ImportProgress) => void;
};

/** Where an import stands; `done` counts rows of the file while reading, and rows of the database while storing. */
export type ImportProgress = { readonly phase: 'reading' | 'comparing' | 'storing'; readonly done: number };

export type ImportReport = {
  readonly runId: ImportRunId;
  readonly dryRun: boolean;
  /** False when nothing was written: a dry run, or rows were refused and not to be skipped. */
  readonly stored: boolean;
  readonly created: Counts;
  readonly changed: Counts;
  readonly unchanged: Counts;
  readonly refused: readonly Refusal[];
  /** As many as were refused, also where `refused` was cut off. */
  readonly refusedTotal: number;
  readonly ignored: readonly Ignored[];
};

/**
 * Imports a rent roll, in one transaction: all of it, or with `skipBadRows` all of its good rows, or nothing. A dry run says what would
 * happen. Either way the run is kept with its report. @throws UnreadableFile, and DbRefusal RoomTaken when somebody signed a lease of
 * one of the rooms at the same moment.
 */
export async function importRoll(request: ImportRequest): Promise<ImportReport> {
  const { file, maxRows, onProgress = () => undefined } = request;
  const reading = (done: number) => onProgress({ phase: 'reading', done });
  const read: { roll: Roll | null } = { roll: await readRoll(file, reading, maxRows) };
  return withOperator(request.knex, request.operatorId, async (tx) => {
    // Two imports of one operator at once would each plan what the other creates.
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 3))', [tx.operatorId]);
    onProgress({ phase: 'comparing', done: 0 });
    const plan = await planOf(tx, request, read);
    return carryOut(tx, request, plan);
  });
}

/** Lets go of the roll: while the plan's rows are stored, a big file's own form would only fill the memory. */
async function planOf(tx: Tx, { keys, scope, now }: ImportRequest, read: { roll: Roll | null }): Promise<Plan> {
  const { roll } = read;
  if (roll === null) throw new Error('a roll is planned once');
  read.roll = null;
  const snapshot = await loadSnapshot(tx, roll, keys);
  const asOf = shanghaiDate(now.getTime());
  return planImport({ roll, snapshot, asOf, scope: scope && new Set(scope), newId: uuid });
}

async function carryOut(tx: Tx, request: ImportRequest, plan: Plan): Promise<ImportReport> {
  const { now, keys, dryRun, skipBadRows, onProgress = () => undefined } = request;
  const today = shanghaiDate(now.getTime());
  const stored = !dryRun && (skipBadRows || plan.refused.length === 0);
  if (stored) {
    let done = 0;
    const time = { at: now.toISOString(), today };
    await storeChanges({ tx, changes: plan.changes, keys, time }, (_, rows) => {
      done += rows;
      onProgress({ phase: 'storing', done });
    });
  }
  const report = reportOf(plan, { dryRun, stored });
  await keep(tx, request, report);
  return report;
}

/** An import that was stopped by its refusals created nothing, and says so. */
function reportOf(plan: Plan, { dryRun, stored }: Pick<ImportReport, 'dryRun' | 'stored'>): ImportReport {
  const counts = dryRun || stored ? plan : { ...plan, created: noCounts(), changed: noCounts() };
  const { created, changed, unchanged, refused, ignored } = counts;
  const runId = uuid() as ImportRunId;
  return { runId, dryRun, stored, created, changed, unchanged, refused, refusedTotal: refused.length, ignored };
}

/** Runs are listed many at once, and a file can be wrong in every cell. */
const KEPT_REFUSALS = 1_000;

async function keep(tx: Tx, { file, actor, now }: ImportRequest, report: ImportReport): Promise<void> {
  const { runId, created, changed, unchanged, refused } = report;
  await saveImportRun(tx, {
    id: runId,
    fileName: file.name,
    sha256: createHash('sha256').update(file.bytes).digest('hex'),
    dryRun: report.dryRun,
    startedBy: actor.name ?? actor.kind,
    startedAt: now.toISOString(),
    finishedAt: new Date().toISOString(),
    report: { ...report, refused: refused.slice(0, KEPT_REFUSALS) },
  });
  if (!report.stored) return;
  const after = { fileName: file.name, created, changed, unchanged, refused: refused.length };
  await audit(tx, { actor, action: 'import.run', subject: { kind: 'importRun', id: runId }, after });
}
