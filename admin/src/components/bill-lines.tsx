import { Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { BillLine } from '../data/contract';
import { Money } from './money';
import { periodText } from './period';

/** Lines of a bill with how each came about. */
export function BillLines({ lines }: { lines: readonly BillLine[] }) {
  const t = useTranslate();
  return (
    <Table size="small">
      <TableHead>
        <TableRow>
          <TableCell>{t('app.bill.line')}</TableCell>
          <TableCell>{t('app.bill.period')}</TableCell>
          <TableCell>{t('app.bill.explain')}</TableCell>
          <TableCell align="right">{t('app.bill.amount')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {lines.map((line) => (
          <TableRow key={`${line.kind}/${line.from}/${line.explain}/${line.amountFen}`}>
            <TableCell>{t(`app.lineKind.${line.kind}`)}</TableCell>
            <TableCell sx={{ whiteSpace: 'nowrap' }}>{periodText(line.from, line.until)}</TableCell>
            <TableCell sx={{ color: 'text.secondary' }}>{line.explain}</TableCell>
            <TableCell align="right">
              <Money fen={line.amountFen} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
