import Schedule from '@mui/icons-material/Schedule';
import { Alert, Button, CircularProgress, Stack, TextField, Typography } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { addDays, addMonths, type LocalDate, shanghaiDate } from '../../../../domain/calendar';
import { formatInstant } from '../../components/instant';
import { useData } from '../../components/use-app';
import type { BillRow, Lease, LeaseEvent } from '../../data/contract';
import { newKey } from '../../data/idempotency-key';
import { nextItemAfter } from './next-item';

type Props = { lease: Lease; bills: readonly BillRow[]; events: readonly LeaseEvent[] };

/** Where the lease's clock stands as far as this screen knows: never before now, never before what it has lived through. */
const clockOf = (events: readonly LeaseEvent[], reported: string | undefined): number =>
  Math.max(Date.now(), ...events.map(({ at }) => Date.parse(at)), reported ? Date.parse(reported) : 0);

function useTravel(lease: Lease) {
  const data = useData();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (to: LocalDate) => data.travelInTime({ id: lease.id, key: newKey(), body: { to } }),
    onSettled: () => queries.invalidateQueries(),
  });
}

/** Carries one lease forward (demo installations only; the API says whether). */
export function TimeTravel({ lease, bills, events }: Props) {
  const t = useTranslate();
  const travel = useTravel(lease);
  const [to, setTo] = useState('');
  const now = clockOf(events, travel.data?.now);
  const today = shanghaiDate(now);
  const next = nextItemAfter(lease, bills, today);
  const go = (day: LocalDate) => travel.mutate(day);
  return (
    <Alert severity="warning" icon={<Schedule />} data-testid="time-travel">
      <Typography variant="subtitle2">
        {t('app.travel.title')} · {t('app.travel.clock')} {formatInstant(new Date(now).toISOString())}
      </Typography>
      <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center', mt: 1 }}>
        <Button size="small" variant="outlined" disabled={travel.isPending} onClick={() => go(addDays(today, 1))}>
          {t('app.travel.day')}
        </Button>
        {next && (
          <Button size="small" variant="outlined" disabled={travel.isPending} onClick={() => go(next)}>
            {t('app.travel.next')} ({next})
          </Button>
        )}
        <Button size="small" variant="outlined" disabled={travel.isPending} onClick={() => go(addMonths(today, 1))}>
          {t('app.travel.month')}
        </Button>
        <TextField
          size="small"
          type="date"
          label={t('app.travel.to')}
          value={to}
          onChange={(event) => setTo(event.target.value)}
          error={to !== '' && to <= today}
          helperText={to !== '' && to <= today ? t('app.travel.past', { today }) : undefined}
          slotProps={{ inputLabel: { shrink: true } }}
        />
        <Button
          size="small"
          variant="contained"
          disabled={travel.isPending || to <= today}
          onClick={() => go(to as LocalDate)}
        >
          {t('app.travel.go')}
        </Button>
        {travel.isPending && <CircularProgress size={20} />}
      </Stack>
      {travel.error && <Typography color="error">{t(travel.error.message, { _: travel.error.message })}</Typography>}
    </Alert>
  );
}
