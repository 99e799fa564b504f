import { ROUTES } from '../../contract/http/routes';
import { listImportRuns } from '../../db/import-runs';
import { shanghaiDate } from '../../domain/calendar';
import { exampleSheet } from '../../scripts/import-roll/example-roll';
import type { ImportReport } from '../../scripts/import-roll/import-roll';
import { templateWorkbook } from '../../scripts/import-roll/template';
import { writeXlsx } from '../../scripts/import-roll/xlsx/write';
import { countAttempt, LIMITS } from '../auth/attempts';
import { shownReport } from '../import-job';
import { byId, paged } from '../paged';
import { Refusal } from '../refusal';
import { on } from '../router';
import { readUpload } from '../upload';

const EXAMPLE_ROOMS = 1_000;

export const importRoutes = [
  on(ROUTES.downloadTemplate, async () => ({ bytes: templateWorkbook(), fileName: '导入模板.xlsx' })),

  on(ROUTES.downloadExample, async ({ at }) => ({
    bytes: writeXlsx([exampleSheet({ rooms: EXAMPLE_ROOMS, asOf: shanghaiDate(at.getTime()) })]),
    fileName: '示例租金表.xlsx',
  })),

  on(ROUTES.runImport, async ({ req, query, actor, scope, at, services: { knex, imports } }) => {
    const { operatorId, kind, id, name } = actor;
    await countAttempt(knex, LIMITS.importPerOperator, operatorId, at);
    return imports.inTurn(operatorId, async () => {
      const file = await readUpload(req);
      const options = { dryRun: query.dryRun === 'true', skipBadRows: query.skipBadRows === 'true' };
      const who = { operatorId, actor: { kind, id, name }, scope };
      return imports.run({ ...who, ...options, now: at, fileName: file.name }, file);
    });
  }),

  on(ROUTES.listImports, ({ query, scope, tx }) => {
    // A report names rooms and rows of every community in the file.
    if (scope !== null) throw new Refusal('Forbidden');
    return tx((open) =>
      paged(
        query,
        async ({ after, limit }) => {
          const runs = await listImportRuns(open, after?.[0] === undefined ? null : String(after[0]), limit);
          return runs.map(({ report, ...run }) => ({ ...run, report: shownReport(report as ImportReport) }));
        },
        byId,
      ),
    );
  }),
];
