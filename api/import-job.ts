import type { Actor } from '../db/audit';
import type { PersonalDataKeys } from '../db/personal-data';
import type { OperatorId } from '../domain/ids';
import type { ImportReport } from '../scripts/import-roll/import-roll';
import type { Scope } from './auth/actor';

/** What one import is to do; the file's bytes go another way. */
export type ImportWish = {
  readonly operatorId: OperatorId;
  readonly actor: Actor;
  readonly scope: Scope;
  readonly now: Date;
  readonly dryRun: boolean;
  readonly skipBadRows: boolean;
  readonly fileName: string;
};

/** What the process that runs it needs besides. */
export type ImportJob = { readonly databaseUrl: string; readonly keys: PersonalDataKeys; readonly maxRows: number };

/** A person reads the first problems of a file, mends their cause and tries again. */
const SHOWN_REFUSALS = 1_000;
const SHOWN_IGNORED = 100;

/** What the screen shows; `stored` stays with the stored run. */
export const shownReport = ({ runId, dryRun, created, changed, unchanged, ...rest }: ImportReport) => ({
  runId,
  dryRun,
  created: { ...created },
  changed: { ...changed },
  unchanged: { ...unchanged },
  refused: rest.refused.slice(0, SHOWN_REFUSALS).map((refusal) => ({ ...refusal })),
  refusedTotal: rest.refusedTotal,
  ignored: rest.ignored.slice(0, SHOWN_IGNORED).map((left) => ({ ...left })),
});

export type ShownReport = ReturnType<typeof shownReport>;

export type ImportAnswer =
  | { readonly ok: true; readonly report: ShownReport }
  | { readonly ok: false; readonly why: 'tooManyRows' }
  | { readonly ok: false; readonly why: 'unreadable'; readonly text: string }
  | {
      readonly ok: false;
      readonly why: 'failed';
      readonly error: {
        readonly message: string;
        readonly stack: string | undefined;
        readonly code: string | undefined;
        readonly constraint: string | undefined;
      };
    };
