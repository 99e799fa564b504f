import { useQuery } from '@tanstack/react-query';
import { Steps } from 'antd-mobile';
import { useTranslation } from 'react-i18next';
import { api } from '../client/live';
import { Loaded } from '../components/loaded';
import { Shell } from '../components/shell';
import { formatInstant } from '../format';
import { useLeases } from '../use-lease';

function Timeline({ leaseId }: { leaseId: string }) {
  const events = useQuery({ queryKey: ['timeline', leaseId], queryFn: () => api.timeline(leaseId) });
  return (
    <Loaded query={events}>
      {({ items }) => (
        <Steps direction="vertical">
          {items
            .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))
            .map((event) => (
              <Steps.Step key={event.id} title={event.text} description={formatInstant(event.at)} status="finish" />
            ))}
        </Steps>
      )}
    </Loaded>
  );
}

export default function TimelinePage() {
  const { t } = useTranslation();
  const leases = useLeases();
  return (
    <Shell title={t('home.timeline')} back>
      <Loaded query={leases}>{({ current }) => current && <Timeline leaseId={current.id} />}</Loaded>
    </Shell>
  );
}
