import ExpandMore from '@mui/icons-material/ExpandMore';
import {
  Accordion,
  AccordionDetails,
  AccordionSummary,
  Card,
  CardContent,
  Chip,
  Skeleton,
  Stack,
  Typography,
} from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useTranslate } from 'react-admin';
import { DraftBills } from '../../components/draft-bills';
import { formatInstant } from '../../components/instant';
import { Money } from '../../components/money';
import { Facts } from '../../components/panel';
import { Refusal } from '../../components/refusal';
import { useData } from '../../components/use-app';
import { PeriodTable } from '../../components/verb-form/period-table';
import type { Change, Lease } from '../../data/contract';
import { askedFacts, beginsOn, statusKey } from './asked-change';
import { AskedValue } from './asked-value';

const COLOR: Partial<Record<Change['status'], 'success' | 'error' | 'warning'>> = {
  applied: 'success',
  confirmed: 'success',
  refused: 'error',
  requested: 'warning',
};

function ChangeCard({ change, today }: { change: Change; today: string }) {
  const t = useTranslate();
  const key = statusKey(change, today);
  return (
    <Card variant="outlined" data-testid={`change-${change.kind}`}>
      <CardContent>
        <Stack direction="row" sx={{ gap: 1, alignItems: 'center', flexWrap: 'wrap', mb: 1 }}>
          <Typography variant="subtitle1" component="h3">
            {t(`app.changeKind.${change.kind}`)}
          </Typography>
          <Chip
            size="small"
            color={COLOR[change.status] ?? 'default'}
            label={t(key, { day: beginsOn(change) ?? '' })}
          />
          <Typography variant="caption" sx={{ color: 'text.secondary' }}>
            {t('app.change.askedAt')} {formatInstant(change.requestedAt)}
          </Typography>
        </Stack>
        <Facts
          items={[
            ...askedFacts(change).map((fact) => [t(fact.label), <AskedValue key={fact.label} fact={fact} />] as const),
            [t('app.dryRun.delta'), <Money key="delta" fen={change.deltaFen} />],
            ...(change.adjustment
              ? [[t('app.billKind.adjustment'), <Money key="adjustment" fen={change.adjustment.totalFen} />] as const]
              : []),
          ]}
        />
        <Accordion disableGutters variant="outlined" sx={{ mt: 1 }} slotProps={{ transition: { unmountOnExit: true } }}>
          <AccordionSummary expandIcon={<ExpandMore />}>{t('app.change.dryRun')}</AccordionSummary>
          <AccordionDetails sx={{ overflowX: 'auto' }}>
            <PeriodTable before={change.before} after={change.after} />
            <DraftBills bills={change.adjustment ? [change.adjustment] : []} />
          </AccordionDetails>
        </Accordion>
      </CardContent>
    </Card>
  );
}

/** Changes asked for, newest first: what each changes, how far it is, and what its dry run said of the bills. */
export function ChangesTab({ lease }: { lease: Lease }) {
  const t = useTranslate();
  const data = useData();
  const changes = useQuery({ queryKey: ['leases', lease.id, 'changes'], queryFn: () => data.leaseChanges(lease.id) });
  if (changes.error) return <Refusal error={changes.error} />;
  if (!changes.data) return <Skeleton variant="rounded" height={120} />;
  if (changes.data.items.length === 0) return <Typography sx={{ p: 2 }}>{t('app.empty.changes')}</Typography>;
  const newestFirst = changes.data.items.toSorted((a, b) => b.requestedAt.localeCompare(a.requestedAt));
  return (
    <Stack sx={{ gap: 2, pt: 2 }}>
      {newestFirst.map((change) => (
        <ChangeCard key={change.id} change={change} today={lease.today} />
      ))}
    </Stack>
  );
}
