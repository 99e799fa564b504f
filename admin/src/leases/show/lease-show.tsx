import { Alert, Box, Stack, Tab, Tabs, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Loading, Title, useTranslate } from 'react-admin';
import { useParams } from 'react-router-dom';
import { EnforcementChip, StatusChip } from '../../components/chips';
import { useData, useMay, useSession } from '../../components/use-app';
import type { Lease } from '../../data/contract';
import { BillsTab } from './bills-tab';
import { ChangesTab } from './changes-tab';
import { LeaseFacts } from './lease-facts';
import { RoomDevices } from './room-devices';
import { StatementTab } from './statement-tab';
import { TimeTravel } from './time-travel';
import { TimelineTab } from './timeline-tab';
import { VerbBar } from './verb-bar';

/** The workflow acts by itself, so an open page looks again every few seconds. */
export const LIVE = { refetchInterval: 4000 } as const;

const TABS = ['timeline', 'bills', 'statement', 'changes'] as const;

function Header({ lease }: { lease: Lease }) {
  return (
    <Stack direction="row" sx={{ gap: 1.5, alignItems: 'center', flexWrap: 'wrap' }}>
      <Typography variant="h5" component="h1">
        {lease.roomName} · {lease.tenantName}
      </Typography>
      <StatusChip status={lease.status} />
      <EnforcementChip enforcement={lease.enforcement} status={lease.status} />
      <Typography sx={{ color: 'text.secondary' }}>{lease.number}</Typography>
    </Stack>
  );
}

function LeaseBody({ lease }: { lease: Lease }) {
  const t = useTranslate();
  const data = useData();
  const mayDo = useMay();
  const session = useSession();
  const [tab, setTab] = useState<(typeof TABS)[number]>('timeline');
  const events = useQuery({
    queryKey: ['leases', lease.id, 'timeline'],
    queryFn: () => data.leaseTimeline(lease.id),
    ...LIVE,
  });
  const bills = useQuery({
    queryKey: ['leases', lease.id, 'bills'],
    queryFn: () => data.leaseBills(lease.id),
    ...LIVE,
  });
  const travels = session?.timeTravel && mayDo('time.travel') && lease.closedAt === null;
  return (
    <Stack sx={{ gap: 2, py: 2 }}>
      <Header lease={lease} />
      <VerbBar lease={lease} />
      {travels && <TimeTravel lease={lease} bills={bills.data ?? []} events={events.data ?? []} />}
      <Box
        sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', md: 'minmax(0, 2fr) minmax(280px, 1fr)' } }}
      >
        <Box sx={{ minWidth: 0 }}>
          <Tabs value={tab} onChange={(_, next) => setTab(next)} variant="scrollable">
            {TABS.map((name) => (
              <Tab key={name} value={name} label={t(`app.tab.${name}`)} />
            ))}
          </Tabs>
          {tab === 'timeline' && <TimelineTab events={events.data ?? []} loading={events.isPending} />}
          {tab === 'bills' && <BillsTab bills={bills.data ?? []} loading={bills.isPending} />}
          {tab === 'statement' && <StatementTab leaseId={lease.id} />}
          {tab === 'changes' && <ChangesTab lease={lease} />}
        </Box>
        <Stack sx={{ gap: 2 }}>
          <LeaseFacts lease={lease} />
          {mayDo('device.read') && <RoomDevices roomId={lease.roomId} />}
        </Stack>
      </Box>
    </Stack>
  );
}

export default function LeaseShow() {
  const t = useTranslate();
  const { id = '' } = useParams();
  const data = useData();
  const { data: lease, error } = useQuery({ queryKey: ['leases', id], queryFn: () => data.lease(id), ...LIVE });
  if (error) return <Alert severity="error">{t(error.message, { _: error.message })}</Alert>;
  if (!lease) return <Loading />;
  return (
    <>
      <Title title={t('resources.leases.name', 1)} />
      <LeaseBody lease={lease} />
    </>
  );
}
