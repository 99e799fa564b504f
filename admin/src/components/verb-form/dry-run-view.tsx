import { Alert, Stack } from '@mui/material';
import { useTranslate } from 'react-admin';
import { DraftBills } from '../draft-bills';
import { Money } from '../money';
import { Facts } from '../panel';
import { PeriodTable } from './period-table';
import type { DryRun } from './verb';

export function DryRunView({ dryRun }: { dryRun: DryRun }) {
  const t = useTranslate();
  return (
    <Stack sx={{ gap: 1.5, mt: 2 }} data-testid="dry-run">
      <Alert severity="info">{t('app.dryRun.notYet')}</Alert>
      {dryRun.amounts.length > 0 && (
        <Facts items={dryRun.amounts.map(([label, fen]) => [t(label), <Money key={label} fen={fen} />])} />
      )}
      {dryRun.periods && <PeriodTable {...dryRun.periods} />}
      <DraftBills bills={dryRun.bills} />
    </Stack>
  );
}
