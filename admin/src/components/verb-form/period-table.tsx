import { Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Money } from '../money';
import { periodText } from '../period';
import type { DryRun } from './verb';

type Props = NonNullable<DryRun['periods']>;

/** Periods side by side, by their first day: what each costs now and would cost. Only those that differ. */
export function PeriodTable({ before, after }: Props) {
  const t = useTranslate();
  const days = [...new Set([...before, ...after].map(({ from }) => from))].sort();
  const at = (periods: Props['before'], day: string) => periods.find(({ from }) => from === day);
  const changed = days
    .map((day) => ({ day, now: at(before, day), next: at(after, day) }))
    .filter(({ now, next }) => now?.amountFen !== next?.amountFen || now?.until !== next?.until);
  if (changed.length === 0) return null;
  return (
    <Table size="small">
      <TableHead>
        <TableRow>
          <TableCell>{t('app.dryRun.period')}</TableCell>
          <TableCell align="right">{t('app.dryRun.before')}</TableCell>
          <TableCell align="right">{t('app.dryRun.after')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {changed.map(({ day, now, next }) => (
          <TableRow key={day}>
            <TableCell>{periodText(day, (next ?? now)?.until ?? day)}</TableCell>
            <TableCell align="right">{now ? <Money fen={now.amountFen} /> : '—'}</TableCell>
            <TableCell align="right">{next ? <Money fen={next.amountFen} /> : '—'}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
