import PictureAsPdf from '@mui/icons-material/PictureAsPdf';
import { Button, Stack } from '@mui/material';
import { useTranslate } from 'react-admin';
import { VirtualChip } from '../../components/chips';
import { formatInstant } from '../../components/instant';
import { Money } from '../../components/money';
import { Facts, Panel } from '../../components/panel';
import { useMay } from '../../components/use-app';
import { CONTRACT_DOWNLOAD } from '../../data/access';
import type { Lease } from '../../data/contract';

export function LeaseFacts({ lease }: { lease: Lease }) {
  const t = useTranslate();
  const mayDo = useMay();
  const segment = lease.terms.segments.findLast(({ from }) => from <= lease.today) ?? lease.terms.segments[0];
  const { mode } = lease.policy.enforcement;
  return (
    <Panel title={t('app.lease.facts')}>
      <Facts
        items={[
          [t('app.lease.community'), lease.communityName],
          [t('app.lease.term'), `${lease.startsOn} – ${lease.endsOn}`],
          [t('app.lease.rate'), <Money key="rate" fen={lease.rateFen} />],
          [t('app.field.cycle'), segment ? t(`app.cycle.${segment.cycle}`) : ''],
          [t('app.lease.open'), <Money key="open" fen={lease.openFen} />],
          [t('app.lease.overdue'), <Money key="overdue" fen={lease.overdueFen} alarm />],
          [t('app.lease.nextDue'), lease.nextDueOn ?? t('app.lease.nothingDue')],
          [t('app.statement.deposit'), <Money key="deposit" fen={lease.depositHeldFen} />],
          [t('app.statement.prepayment'), <Money key="prepaid" fen={lease.prepaymentFen} />],
          [t('app.lease.coTenants'), lease.coTenants.map(({ name }) => name).join('、') || '—'],
          [t('app.lease.mode'), t(`app.enforcementMode.${mode}`)],
          ...(lease.closedAt ? [[t('app.lease.closedAt'), formatInstant(lease.closedAt)] as const] : []),
          ...(lease.endReason
            ? [[t('app.lease.endReason'), t(`app.endReason.${lease.endReason}`, { _: lease.endReason })] as const]
            : []),
        ]}
      />
      {lease.hasContract && mayDo(CONTRACT_DOWNLOAD) && (
        <Stack direction="row" sx={{ gap: 1, mt: 2, alignItems: 'center', flexWrap: 'wrap' }}>
          <Button
            startIcon={<PictureAsPdf />}
            href={`/v1/leases/${lease.id}/contract`}
            target="_blank"
            variant="outlined"
          >
            {t('app.lease.contract')}
          </Button>
          <VirtualChip of="seal" />
        </Stack>
      )}
    </Panel>
  );
}
