import { ROUTES } from '../../contract/http/routes';
import { listImportRuns } from '../../db/import-runs';
import { shanghaiDate } from '../../domain/calendar';
import { exampleSheet } from '../../scripts/import-roll/example-roll';
import { type ImportReport, importRoll } from '../../scripts/import-roll/import-roll';
import { UnreadableFile } from '../../scripts/import-roll/sheet-reader';
import { templateWorkbook } from '../../scripts/import-roll/template';
import { writeXlsx } from '../../scripts/import-roll/xlsx/write';
import { byId, paged } from '../paged';
import { Refusal } from '../refusal';
import { on } from '../router';
import { readUpload } from '../upload';

const EXAMPLE_ROOMS = 1_000;

/** What the screen shows; `ignored` and `stored` stay with the stored run. */
const shown = ({ runId, dryRun, created, changed, unchanged, refused }: ImportReport) => ({
  runId,
  dryRun,
  created: { ...created },
  changed: { ...changed },
  unchanged: { ...unchanged },
  refused: refused.map((refusal) => ({ ...refusal })),
});

export const importRoutes = [
  on(ROUTES.downloadTemplate, async () => ({ bytes: templateWorkbook(), fileName: '导入模板.xlsx' })),

  on(ROUTES.downloadExample, async ({ at }) => ({
    bytes: writeXlsx([exampleSheet({ rooms: EXAMPLE_ROOMS, asOf: shanghaiDate(at.getTime()) })]),
    fileName: '示例租金表.xlsx',
  })),

  on(ROUTES.runImport, async ({ req, query, actor, scope, at, services }) => {
    const file = await readUpload(req);
    try {
      const report = await importRoll({
        knex: services.knex,
        operatorId: actor.operatorId,
        keys: services.personalDataKeys,
        file,
        actor: { kind: actor.kind, id: actor.id, name: actor.name },
        scope,
        now: at,
        dryRun: query.dryRun === 'true',
        skipBadRows: query.skipBadRows === 'true',
      });
      return shown(report);
    } catch (error) {
      if (error instanceof UnreadableFile) throw new Refusal('InvalidInput', { detail: error.message });
      throw error;
    }
  }),

  on(ROUTES.listImports, ({ query, scope, tx }) => {
    // A report names rooms and rows of every community in the file.
    if (scope !== null) throw new Refusal('Forbidden');
    return tx((open) =>
      paged(
        query,
        async ({ after, limit }) => {
          const runs = await listImportRuns(open, after?.[0] === undefined ? null : String(after[0]), limit);
          return runs.map(({ report, ...run }) => ({ ...run, report: shown(report as ImportReport) }));
        },
        byId,
      ),
    );
  }),
];
