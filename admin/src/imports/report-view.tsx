import { Alert, Box, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { ImportReport } from '../data/contract';

function Counts({ report }: { report: ImportReport }) {
  const t = useTranslate();
  const kinds = [...new Set([report.created, report.changed, report.unchanged].flatMap(Object.keys))];
  return (
    <Table size="small" sx={{ maxWidth: 520 }} data-testid="import-counts">
      <TableHead>
        <TableRow>
          <TableCell>{t('app.import.kind')}</TableCell>
          {(['created', 'changed', 'unchanged'] as const).map((name) => (
            <TableCell key={name} align="right">
              {t(`app.import.${name}`)}
            </TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {kinds.map((kind) => (
          <TableRow key={kind}>
            <TableCell>{t(`app.importKind.${kind}`, { _: kind })}</TableCell>
            {([report.created, report.changed, report.unchanged] as const).map((counts, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: three fixed columns
              <TableCell key={i} align="right">
                {counts[kind] ?? 0}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

const SHOWN = 500;

function Refused({ refused, refusedTotal }: Pick<ImportReport, 'refused' | 'refusedTotal'>) {
  const t = useTranslate();
  return (
    <Box sx={{ overflowX: 'auto', mt: 2 }}>
      <Alert severity="error">{t('app.import.refusedCount', { count: refusedTotal })}</Alert>
      <Table size="small">
        <TableHead>
          <TableRow>
            {['sheet', 'row', 'column', 'reason'].map((name) => (
              <TableCell key={name}>{t(`app.import.${name}`)}</TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {refused.slice(0, SHOWN).map((bad) => (
            <TableRow key={`${bad.sheet}/${bad.row}/${bad.column}/${bad.reason}`}>
              <TableCell>{bad.sheet}</TableCell>
              <TableCell>{bad.row}</TableCell>
              <TableCell>{bad.column ?? '—'}</TableCell>
              <TableCell>{bad.reason}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {refusedTotal > SHOWN && <Typography variant="caption">{t('app.import.firstOnly', { count: SHOWN })}</Typography>}
    </Box>
  );
}

/** What the file has and the platform does not take: a heading that it does not know, a sheet without one that it does. */
function IgnoredParts({ ignored }: Pick<ImportReport, 'ignored'>) {
  const t = useTranslate();
  if (ignored.length === 0) return null;
  return (
    <Alert severity="info" sx={{ mt: 2 }} data-testid="import-ignored">
      {t('app.import.ignored')}
      {ignored.map(({ sheet, column, heading }) => (
        <div key={`${sheet}/${column}`}>
          {heading === ''
            ? t('app.import.ignoredSheet', { sheet })
            : t('app.import.ignoredColumn', { sheet, column, heading })}
        </div>
      ))}
    </Alert>
  );
}

/** No cell of the file was understood: another sort of file, or headings of its own. */
export const isEmpty = ({ created, changed, unchanged, refused }: ImportReport): boolean =>
  refused.length === 0 && [created, changed, unchanged].flatMap(Object.values).every((count) => count === 0);

/** What an import would do, or did: counts by kind, and every refused cell with its place and reason. */
export function ReportView({ report }: { report: ImportReport }) {
  const t = useTranslate();
  const empty = isEmpty(report);
  return (
    <div>
      {empty ? <Alert severity="warning">{t('app.import.nothing')}</Alert> : <Counts report={report} />}
      <IgnoredParts ignored={report.ignored} />
      {report.refused.length > 0 && <Refused refused={report.refused} refusedTotal={report.refusedTotal} />}
    </div>
  );
}
