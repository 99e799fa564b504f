import { useQuery } from '@tanstack/react-query';
import { Steps } from 'antd-mobile';
import { useTranslation } from 'react-i18next';
import type { LeaseEvent } from '../client/contract';
import { api } from '../client/live';
import { Loaded } from '../components/loaded';
import { Shell } from '../components/shell';
import { formatInstant } from '../format';
import { useLeases } from '../use-lease';

function Timeline({ leaseId }: { leaseId: string }) {
  const { i18n } = useTranslation();
  const textOf = ({ text, textEn }: LeaseEvent): string => (i18n.language === 'en' ? textEn : text);
  const events = useQuery({ queryKey: ['timeline', leaseId], queryFn: () => api.timeline(leaseId) });
  return (
    <Loaded query={events}>
      {({ items }) => (
        <Steps direction="vertical">
          {items
            .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))
            .map((event) => (
              <Steps.Step key={event.id} title={textOf(event)} description={formatInstant(event.at)} status="finish" />
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
