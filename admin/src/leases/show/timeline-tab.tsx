import { Box, Skeleton, Stack, Typography } from '@mui/material';
import { useLocaleState, useTranslate } from 'react-admin';
import { formatInstant } from '../../components/instant';
import type { LeaseEvent } from '../../data/contract';

const ALARM = /lock|restrict|overdue|evict|lateFee|reject|expire|cancel/i;
const GOOD = /paid|payment|release|effective|approve|unlock|refund|seal/i;

const dotColor = (kind: string): string =>
  GOOD.test(kind) ? 'success.main' : ALARM.test(kind) ? 'error.main' : 'primary.light';

function Entry({ event }: { event: LeaseEvent }) {
  const [locale] = useLocaleState();
  const [day, time] = formatInstant(event.at).split(' ');
  return (
    <Stack component="li" direction="row" sx={{ gap: 2, py: 1, borderBottom: 1, borderColor: 'divider' }}>
      <Box sx={{ width: 96, flexShrink: 0, fontVariantNumeric: 'tabular-nums' }}>
        <Typography variant="body2">{day}</Typography>
        <Typography variant="caption" sx={{ color: 'text.secondary' }}>
          {time}
        </Typography>
      </Box>
      <Box sx={{ width: 10, height: 10, borderRadius: 5, mt: 0.8, flexShrink: 0, bgcolor: dotColor(event.kind) }} />
      <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
        {locale === 'en' ? event.textEn : event.text}
      </Typography>
    </Stack>
  );
}

/** Newest first, so that what just happened is on top; in business time. */
export function TimelineTab({ events, loading }: { events: readonly LeaseEvent[]; loading: boolean }) {
  const t = useTranslate();
  if (loading) return <Skeleton variant="rounded" height={240} />;
  if (events.length === 0) return <Typography sx={{ p: 2 }}>{t('app.empty.timeline')}</Typography>;
  const newestFirst = events.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
  return (
    <Stack component="ol" sx={{ listStyle: 'none', m: 0, p: 0 }} data-testid="timeline">
      {newestFirst.map((event) => (
        <Entry key={event.id} event={event} />
      ))}
    </Stack>
  );
}
