import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Card, NoticeBar, Result } from 'antd-mobile';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type LocalDate, shanghaiDate } from '../../../domain/calendar';
import type { BillRow, Lease } from '../client/contract';
import { newKey } from '../client/idempotency-key';
import { api } from '../client/live';
import { Failure } from '../components/failure';
import { Loaded } from '../components/loaded';
import { Row } from '../components/row';
import { Shell } from '../components/shell';
import { formatYuan } from '../format';
import { type LeavingEstimate, leavingEstimate } from '../leaving-estimate';
import { useBills, useLeases } from '../use-lease';

function Estimate({ estimate, early }: { estimate: LeavingEstimate; early: boolean }) {
  const { t } = useTranslation();
  return (
    <Card title={t('leave.estimate')}>
      <Row name={t('home.deposit')}>{formatYuan(estimate.depositFen)}</Row>
      <Row name={t('home.prepayment')}>{formatYuan(estimate.prepaymentFen)}</Row>
      <Row name={t('leave.credit')}>{formatYuan(estimate.creditFen)}</Row>
      <Row name={t('leave.open')}>-{formatYuan(estimate.openFen)}</Row>
      {early && <Row name={t('leave.penalty')}>-{formatYuan(estimate.penaltyFen)}</Row>}
      {estimate.explain.map((sentence) => (
        <p className="quiet" key={sentence}>
          {sentence}
        </p>
      ))}
      <Row name={t(estimate.resultFen >= 0 ? 'leave.back' : 'leave.owed')}>
        <strong>{formatYuan(Math.abs(estimate.resultFen))}</strong>
      </Row>
      <p className="quiet">{t('leave.onlyEstimate')}</p>
    </Card>
  );
}

function LeaveForm({ lease, bills }: { lease: Lease; bills: readonly BillRow[] }) {
  const { t } = useTranslation();
  const today = shanghaiDate(Date.now());
  const [day, setDay] = useState(lease.endsOn);
  const [key, setKey] = useState(newKey);
  const request = useMutation({ mutationFn: () => api.requestCheckout({ leaseId: lease.id, on: day, key }) });
  const early = day < lease.endsOn;
  const valid = day >= lease.startsOn && day <= lease.endsOn;
  if (request.data)
    return <Result status="success" title={t('leave.requested')} description={t('leave.next', { day })} />;
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
          onChange={(event) => {
            setDay(event.target.value);
            setKey(newKey());
          }}
        />
        <p className="quiet">{t('leave.endsOn', { day: lease.endsOn })}</p>
      </Card>
      {early && <NoticeBar color="alert" wrap content={t('leave.early')} />}
      {valid && <Estimate estimate={leavingEstimate(lease, bills, day as LocalDate, today)} early={early} />}
      {request.error && <Failure error={request.error} small />}
      <Button
        block
        color="danger"
        size="large"
        disabled={!valid}
        loading={request.isPending}
        onClick={() => request.mutate()}
      >
        {t('leave.request')}
      </Button>
    </>
  );
}

function Leave({ leaseId }: { leaseId: string }) {
  const lease = useQuery({ queryKey: ['lease', leaseId], queryFn: () => api.lease(leaseId) });
  const bills = useBills(leaseId);
  return (
    <Loaded query={lease}>
      {(shown) => <Loaded query={bills}>{({ items }) => <LeaveForm lease={shown} bills={items} />}</Loaded>}
    </Loaded>
  );
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
