import { Box, Skeleton, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useLocaleState, useTranslate } from 'react-admin';
import { formatInstant } from '../../components/instant';
import { Money } from '../../components/money';
import { Facts } from '../../components/panel';
import { useData } from '../../components/use-app';
import type { Statement } from '../../data/contract';
import { withoutInnerMoves } from './statement-rows';

function Entries({ entries }: { entries: Statement['entries'] }) {
  const t = useTranslate();
  const [locale] = useLocaleState();
  return (
    <Table size="small">
      <TableHead>
        <TableRow>
          <TableCell>{t('app.statement.at')}</TableCell>
          <TableCell>{t('app.statement.text')}</TableCell>
          <TableCell align="right">{t('app.bill.amount')}</TableCell>
          <TableCell align="right">{t('app.statement.balance')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {withoutInnerMoves(entries).map((entry, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: ledger entries are never reordered
          <TableRow key={i}>
            <TableCell sx={{ whiteSpace: 'nowrap' }}>{formatInstant(entry.at)}</TableCell>
            <TableCell>{locale === 'en' ? entry.textEn : entry.text}</TableCell>
            <TableCell align="right">
              <Money fen={entry.amountFen} />
            </TableCell>
            <TableCell align="right">
              <Money fen={entry.balanceFen} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

/** 对账单, straight from the ledger. */
export function StatementTab({ leaseId }: { leaseId: string }) {
  const t = useTranslate();
  const data = useData();
  const statement = useQuery({
    queryKey: ['leases', leaseId, 'statement'],
    queryFn: () => data.leaseStatement(leaseId),
  });
  if (!statement.data) return <Skeleton variant="rounded" height={160} />;
  const { closingFen, depositHeldFen, prepaymentFen, entries } = statement.data;
  const sums = [
    ['app.statement.owes', closingFen],
    ['app.statement.deposit', depositHeldFen],
    ['app.statement.prepayment', prepaymentFen],
  ] as const;
  return (
    <Box sx={{ overflowX: 'auto', pt: 2 }}>
      <Facts items={sums.map(([label, fen]) => [t(label), <Money key={label} fen={fen} />])} />
      <Entries entries={entries} />
    </Box>
  );
}
