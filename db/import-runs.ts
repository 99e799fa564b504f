import type { Id } from '../domain/ids';
import type { Tx } from './tx';

export type ImportRunId = Id<'importRun'>;

export type ImportRun = {
  readonly id: ImportRunId;
  readonly fileName: string;
  readonly sha256: string;
  readonly dryRun: boolean;
  readonly startedBy: string;
  /** ISO instants of the wall clock. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly report: object;
};

/** Keeps what an import did, or a dry run would have done. */
export async function saveImportRun(tx: Tx, run: ImportRun): Promise<void> {
  await tx.query(
    `INSERT INTO import_run (operator_id, id, file_name, sha256, dry_run, started_by, started_at, finished_at, report)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      tx.operatorId,
      run.id,
      run.fileName,
      run.sha256,
      run.dryRun,
      run.startedBy,
      run.startedAt,
      run.finishedAt,
      JSON.stringify(run.report),
    ],
  );
}

export type StoredRun = Pick<ImportRun, 'id' | 'fileName' | 'report'> & { readonly at: string };

/** Runs from the newest on, those older than `before` (their ids carry their time). */
export const listImportRuns = (tx: Tx, before: string | null, limit: number): Promise<StoredRun[]> =>
  tx.query(
    `SELECT id, file_name AS "fileName", started_at AS at, report FROM import_run
      WHERE $1::uuid IS NULL OR id < $1::uuid ORDER BY id DESC LIMIT $2`,
    [before, limit],
  );
