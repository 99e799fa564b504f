import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, List, NoticeBar } from 'antd-mobile';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { isFinal } from '../../../domain/lease';
import type { LeaseRow } from '../client/contract';
import { api } from '../client/live';
import { forgetSignedIn } from '../client/signed-in';
import { LanguageButton } from '../components/language-button';
import { Loaded } from '../components/loaded';
import { PayButton } from '../components/pay-button';
import { Row } from '../components/row';
import { Shell } from '../components/shell';
import { StatusTag, VirtualTag } from '../components/tags';
import { formatYuan } from '../format';
import { chooseLease, useBills, useLeases } from '../use-lease';

function NextPayment({ lease }: { lease: LeaseRow }) {
  const { t } = useTranslation();
  const bills = useBills(lease.id);
  const open = (bills.data?.items ?? []).filter(({ openFen, voided }) => openFen > 0 && !voided);
  if (open.length === 0) return <p className="quiet">{t('home.nothingDue')}</p>;
  const sum = open.reduce((total, bill) => total + bill.openFen, 0);
  return (
    <>
      <div className="quiet">{t(lease.overdueFen > 0 ? 'home.overdue' : 'home.toPay')}</div>
      <div className="amount" style={lease.overdueFen > 0 ? { color: 'var(--adm-color-danger)' } : {}}>
        {formatYuan(sum)}
      </div>
      {lease.nextDueOn && <Row name={t('home.dueOn')}>{lease.nextDueOn}</Row>}
      <PayButton leaseId={lease.id} billIds={open.map(({ id }) => id)} amountFen={sum} />
    </>
  );
}

function Contract({ lease }: { lease: LeaseRow }) {
  const { t } = useTranslation();
  const shown = useQuery({
    queryKey: ['lease', lease.id],
    queryFn: () => api.lease(lease.id),
    refetchInterval: 10_000,
  });
  return (
    <Card title={t('home.contract')}>
      <Row name={t('home.number')}>{lease.number}</Row>
      <Row name={t('home.term')}>
        {lease.startsOn} – {lease.endsOn}
      </Row>
      <Row name={t('home.rent')}>{formatYuan(lease.rateFen)}</Row>
      {shown.data && <Row name={t('home.deposit')}>{formatYuan(shown.data.depositHeldFen)}</Row>}
      {shown.data && shown.data.prepaymentFen > 0 && (
        <Row name={t('home.prepayment')}>{formatYuan(shown.data.prepaymentFen)}</Row>
      )}
      {shown.data?.hasContract && (
        <p className="tags">
          <a href={`/v1/my/leases/${lease.id}/contract`} target="_blank" rel="noreferrer">
            {t('home.pdf')}
          </a>
          <VirtualTag of="seal" />
        </p>
      )}
    </Card>
  );
}

function More({ lease }: { lease: LeaseRow }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const out = useMutation({
    mutationFn: () => api.signOut(),
    onSettled: async () => {
      forgetSignedIn(localStorage);
      queries.clear();
      await navigate('/sign-in');
    },
  });
  const canLeave = lease.status === 'effective' || lease.status === 'ending';
  return (
    <List>
      <List.Item onClick={() => void navigate('/timeline')}>{t('home.timeline')}</List.Item>
      {canLeave && <List.Item onClick={() => void navigate('/leave')}>{t('home.leave')}</List.Item>}
      <List.Item onClick={() => out.mutate()} arrow={false}>
        {t('home.signOut')}
      </List.Item>
    </List>
  );
}

function Leases({ all, current, refresh }: { all: readonly LeaseRow[]; current: LeaseRow; refresh: () => void }) {
  const { t } = useTranslation();
  if (all.length < 2) return null;
  const others = all.filter(({ id }) => id !== current.id);
  return (
    <List header={t('home.others')}>
      {others.map((lease) => (
        <List.Item
          key={lease.id}
          extra={t(`leaseStatus.${lease.status}`)}
          onClick={() => {
            chooseLease(lease.id);
            refresh();
          }}
        >
          {lease.roomName}
        </List.Item>
      ))}
    </List>
  );
}

export default function HomePage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const leases = useLeases();
  return (
    <Shell title={t('title')} action={<LanguageButton />}>
      <Loaded query={leases}>
        {({ all, current }) =>
          current ? (
            <>
              {current.enforcement === 'restricted' && (
                <NoticeBar
                  color="error"
                  wrap
                  content={t('home.locked')}
                  extra={
                    <Button size="mini" onClick={() => void navigate('/door')}>
                      {t('home.why')}
                    </Button>
                  }
                />
              )}
              <Card
                title={`${current.communityName} ${current.roomName}`}
                extra={<StatusTag status={current.status} />}
              >
                <p className="quiet">{t(`statusHelp.${current.status}`)}</p>
                {!isFinal(current.status) && <NextPayment lease={current} />}
              </Card>
              <Contract lease={current} />
              <More lease={current} />
              <Leases all={all} current={current} refresh={() => void leases.refetch()} />
            </>
          ) : (
            <p className="quiet">{t('home.none')}</p>
          )
        }
      </Loaded>
    </Shell>
  );
}
