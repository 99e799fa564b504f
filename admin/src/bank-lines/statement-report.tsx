import { Alert, Box, Stack, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Money } from '../components/money';
import { Facts } from '../components/panel';
import type { BankStatementReport } from '../data/contract';

type Incoming = BankStatementReport['incoming'][number];

const COLUMNS = ['line', 'bookedOn', 'amount', 'payer', 'remark', 'outcome'] as const;

function Outcome({ of }: { of: Incoming }) {
  const t = useTranslate();
  if (of.rule) return `${of.roomName ?? ''} ${of.leaseNumber ?? ''} · ${t(`app.bank.rule.${of.rule}`)}`;
  return t(`app.bank.why.${of.why}`);
}

function IncomingTable({ rows }: { rows: readonly Incoming[] }) {
  const t = useTranslate();
  return (
    <Box sx={{ overflowX: 'auto', maxHeight: 360, mt: 1 }}>
      <Table size="small" stickyHeader data-testid="bank-incoming">
        <TableHead>
          <TableRow>
            {COLUMNS.map((name) => (
              <TableCell key={name} align={name === 'amount' ? 'right' : 'left'}>
                {t(`app.bank.column.${name}`)}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <TableRow key={row.line}>
              <TableCell>{row.line}</TableCell>
              <TableCell sx={{ whiteSpace: 'nowrap' }}>{row.bookedOn}</TableCell>
              <TableCell align="right">
                <Money fen={row.amountFen} />
              </TableCell>
              <TableCell>{row.payerName || '—'}</TableCell>
              <TableCell>{row.remark || '—'}</TableCell>
              <TableCell>
                <Outcome of={row} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}

/** What an import would do, or did. */
export function StatementReport({ report }: { report: BankStatementReport }) {
  const t = useTranslate();
  const { matched, unmatched, outgoing, known } = report;
  return (
    <Stack sx={{ mt: 2, gap: 1 }} data-testid="bank-report">
      {report.dryRun && <Alert severity="info">{t('app.bank.dryRun')}</Alert>}
      {matched + unmatched + outgoing === 0 && <Alert severity="warning">{t('app.bank.nothingNew')}</Alert>}
      <Facts
        items={[
          [t('app.bank.file'), `${t(`app.bank.layout.${report.layout}`)} ${report.account}`],
          [t('app.bank.days'), `${report.from} – ${report.until}`],
          [t('app.bank.opening'), <Money key="opening" fen={report.openingFen} />],
          [t('app.bank.closing'), <Money key="closing" fen={report.closingFen} />],
          [t('app.bank.state.matched'), <Count key="m" count={matched} fen={report.matchedFen} />],
          [t('app.bank.state.unmatched'), <Count key="u" count={unmatched} fen={report.unmatchedFen} />],
          [t('app.bank.state.outgoing'), outgoing],
          [t('app.bank.known'), known],
        ]}
      />
      {report.incoming.length > 0 && <IncomingTable rows={report.incoming} />}
    </Stack>
  );
}

const Count = ({ count, fen }: { count: number; fen: number }) => (
  <>
    {count} · <Money fen={fen} />
  </>
);
