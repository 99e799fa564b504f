import { Button, Skeleton, Stack } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useRecordContext, useTranslate } from 'react-admin';
import { BillLines } from '../components/bill-lines';
import { useData } from '../components/use-app';
import type { BillRow } from '../data/contract';

/** The lines of the bill of this row, and the way to its lease. */
export function BillPanel() {
  const t = useTranslate();
  const data = useData();
  const row = useRecordContext<BillRow>();
  const id = row?.id ?? '';
  const bill = useQuery({ queryKey: ['bills', id, 'lines'], queryFn: () => data.bill(id), enabled: id !== '' });
  if (!bill.data) return <Skeleton variant="rounded" height={80} />;
  return (
    <Stack sx={{ gap: 1, p: 1 }}>
      <BillLines lines={bill.data.lines} />
      <Button href={`#/leases/${bill.data.leaseId}/show`} sx={{ alignSelf: 'flex-start' }}>
        {t('app.action.openLease')}
      </Button>
    </Stack>
  );
}
