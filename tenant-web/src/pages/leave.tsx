import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Card, Result } from 'antd-mobile';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LocalDate } from '../../../domain/calendar';
import type { Lease } from '../client/contract';
import { newKey } from '../client/idempotency-key';
import { api } from '../client/live';
import { Failure } from '../components/failure';
import { LeaveEarly } from '../components/leave-early';
import { Loaded } from '../components/loaded';
import { atTheEnd, Settlement } from '../components/settlement';
import { Shell } from '../components/shell';
import { useLeases } from '../use-lease';

/** Moves out on the agreed last day: nothing to agree to, only to announce. */
function LeaveOnTime({ lease, done }: { lease: Lease; done: () => void }) {
  const { t } = useTranslation();
  const [key] = useState(newKey);
  const request = useMutation({
    mutationFn: () => api.requestCheckout({ leaseId: lease.id, on: lease.endsOn, key }),
    onSuccess: done,
  });
  return (
    <>
      <Settlement amounts={atTheEnd(lease)} />
      {request.error && <Failure error={request.error} small />}
      <Button block color="danger" size="large" loading={request.isPending} onClick={() => request.mutate()}>
        {t('leave.request')}
      </Button>
    </>
  );
}

function LeaveForm({ lease }: { lease: Lease }) {
  const { t } = useTranslation();
  const [day, setDay] = useState(lease.endsOn);
  const [requested, setRequested] = useState(false);
  const done = () => setRequested(true);
  if (requested) return <Result status="success" title={t('leave.requested')} description={t('leave.next', { day })} />;
  const early = day >= lease.startsOn && day < lease.endsOn;
  return (
    <>
      <Card title={t('leave.when')}>
        <input
          type="date"
          aria-label={t('leave.when')}
          className="day"
          value={day}
          min={lease.startsOn}
          max={lease.endsOn}
          onChange={(event) => setDay(event.target.value)}
        />
        <p className="quiet">{t('leave.endsOn', { day: lease.endsOn })}</p>
      </Card>
      {day === lease.endsOn && <LeaveOnTime lease={lease} done={done} />}
      {early && <LeaveEarly key={day} lease={lease} lastDay={day as LocalDate} done={done} />}
    </>
  );
}

function Leave({ leaseId }: { leaseId: string }) {
  const lease = useQuery({ queryKey: ['lease', leaseId], queryFn: () => api.lease(leaseId) });
  return <Loaded query={lease}>{(shown) => <LeaveForm lease={shown} />}</Loaded>;
}

/** Asks to move out, with what it would come to before anything is sent. */
export default function LeavePage() {
  const { t } = useTranslation();
  const leases = useLeases();
  return (
    <Shell title={t('home.leave')} back>
      <Loaded query={leases}>{({ current }) => current && <Leave leaseId={current.id} />}</Loaded>
    </Shell>
  );
}
