import { Chip, Skeleton, Stack, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useTranslate } from 'react-admin';
import { DraftBills } from '../../components/draft-bills';
import { formatInstant } from '../../components/instant';
import { Money } from '../../components/money';
import { useData } from '../../components/use-app';

/** Changes asked for, with the bills that their dry run showed. */
export function ChangesTab({ leaseId }: { leaseId: string }) {
  const t = useTranslate();
  const data = useData();
  const changes = useQuery({ queryKey: ['leases', leaseId, 'changes'], queryFn: () => data.leaseChanges(leaseId) });
  if (!changes.data) return <Skeleton variant="rounded" height={120} />;
  if (changes.data.items.length === 0) return <Typography sx={{ p: 2 }}>{t('app.empty.changes')}</Typography>;
  return (
    <Stack sx={{ gap: 2, pt: 2 }}>
      {changes.data.items.map((change) => (
        <div key={change.id}>
          <Stack direction="row" sx={{ gap: 1, alignItems: 'center' }}>
            <Typography variant="subtitle2">{t(`app.changeKind.${change.kind}`)}</Typography>
            <Chip size="small" label={t(`app.changeStatus.${change.status}`)} />
            <Typography variant="caption">{formatInstant(change.requestedAt)}</Typography>
          </Stack>
          <Typography variant="body2">
            {t('app.dryRun.delta')} <Money fen={change.deltaFen} />
          </Typography>
          {change.adjustment && <DraftBills bills={[change.adjustment]} />}
        </div>
      ))}
    </Stack>
  );
}
