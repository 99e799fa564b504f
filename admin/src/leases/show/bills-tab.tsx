import ExpandMore from '@mui/icons-material/ExpandMore';
import { Accordion, AccordionDetails, AccordionSummary, Chip, Skeleton, Stack, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { BillLines } from '../../components/bill-lines';
import { formatInstant } from '../../components/instant';
import { Money } from '../../components/money';
import { periodText } from '../../components/period';
import { useData } from '../../components/use-app';
import { formatYuan } from '../../components/yuan';
import type { BillRow } from '../../data/contract';

function Details({ id }: { id: string }) {
  const t = useTranslate();
  const data = useData();
  const bill = useQuery({ queryKey: ['bills', id, 'lines'], queryFn: () => data.bill(id) });
  if (!bill.data) return <Skeleton variant="rounded" height={80} />;
  return (
    <>
      <BillLines lines={bill.data.lines} />
      {bill.data.payments.map((payment) => (
        <Typography variant="body2" key={payment.paymentId} sx={{ mt: 1, color: 'success.dark' }}>
          {formatInstant(payment.paidAt)} {t('app.bill.paid')} {formatYuan(payment.amountFen)}
        </Typography>
      ))}
    </>
  );
}

export function BillCard({ bill }: { bill: BillRow }) {
  const t = useTranslate();
  const [open, setOpen] = useState(false);
  const state = bill.voided ? 'voided' : bill.openFen > 0 ? 'open' : 'settled';
  return (
    <Accordion disableGutters variant="outlined" expanded={open} onChange={(_, next) => setOpen(next)}>
      <AccordionSummary expandIcon={<ExpandMore />}>
        <Stack direction="row" sx={{ width: '100%', gap: 1, pr: 1, flexWrap: 'wrap', justifyContent: 'space-between' }}>
          <span>
            {t(`app.billKind.${bill.kind}`)} {periodText(bill.periodFrom, bill.periodUntil)}
          </span>
          <Stack direction="row" sx={{ gap: 1.5, alignItems: 'center' }}>
            <Typography variant="body2" sx={{ color: 'text.secondary' }}>
              {t('app.bill.dueOn')} {bill.dueOn}
            </Typography>
            <Money fen={bill.totalFen} />
            <Chip
              size="small"
              color={state === 'open' ? 'warning' : state === 'settled' ? 'success' : 'default'}
              label={state === 'open' ? `${t('app.bill.open')} ${formatYuan(bill.openFen)}` : t(`app.bill.${state}`)}
            />
          </Stack>
        </Stack>
      </AccordionSummary>
      <AccordionDetails sx={{ overflowX: 'auto' }}>{open && <Details id={bill.id} />}</AccordionDetails>
    </Accordion>
  );
}

export function BillsTab({ bills, loading }: { bills: readonly BillRow[]; loading: boolean }) {
  const t = useTranslate();
  if (loading) return <Skeleton variant="rounded" height={160} />;
  if (bills.length === 0) return <Typography sx={{ p: 2 }}>{t('app.empty.bills')}</Typography>;
  const latestFirst = bills.toSorted((a, b) => b.dueOn.localeCompare(a.dueOn));
  return (
    <div>
      {latestFirst.map((bill) => (
        <BillCard key={bill.id} bill={bill} />
      ))}
    </div>
  );
}
