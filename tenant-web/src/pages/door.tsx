import { useQuery } from '@tanstack/react-query';
import { Card, Result } from 'antd-mobile';
import { useTranslation } from 'react-i18next';
import type { Device, Door, LeaseRow } from '../client/contract';
import { api } from '../client/live';
import { Loaded } from '../components/loaded';
import { PayButton } from '../components/pay-button';
import { Row } from '../components/row';
import { Shell } from '../components/shell';
import { VirtualTag } from '../components/tags';
import { doorState, isUnused } from '../door-state';
import { formatInstant, formatYuan } from '../format';
import { useBills, useLeases } from '../use-lease';

function DeviceCard({ device }: { device: Device }) {
  const { t } = useTranslation();
  const state = device.reported ?? (isUnused(device) ? 'unused' : 'unknown');
  return (
    <Card title={t(`device.${device.kind}`)} extra={device.virtual && <VirtualTag of={device.kind} />}>
      <Row name={t('device.state')}>
        <strong data-testid={`device-${device.kind}`}>{t(`deviceState.${state}`, { defaultValue: state })}</strong>
      </Row>
      {device.desired !== null && device.desired !== device.reported && (
        <Row name={t('device.waiting')}>{t(`deviceState.${device.desired}`, { defaultValue: device.desired })}</Row>
      )}
      {device.observedAt && <Row name={t('device.observedAt')}>{formatInstant(device.observedAt)}</Row>}
    </Card>
  );
}

/** Why it is locked and the way out: paying opens it again within seconds, by itself. */
function Locked({ door }: { door: Door }) {
  const { t } = useTranslation();
  const bills = useBills(door.leaseId);
  const open = (bills.data?.items ?? []).filter(({ openFen, voided }) => openFen > 0 && !voided);
  const sum = open.reduce((total, bill) => total + bill.openFen, 0);
  return (
    <Card>
      <Result
        status="error"
        title={t(`door.${doorState(door)}`)}
        description={t('door.why', { amount: formatYuan(door.overdueFen || sum) })}
      />
      {open.length > 0 && (
        <PayButton
          leaseId={door.leaseId}
          billIds={open.map(({ id }) => id)}
          amountFen={sum}
          label={t('door.payToOpen')}
        />
      )}
      <p className="quiet">{t('door.help')}</p>
    </Card>
  );
}

function MyDoor({ lease }: { lease: LeaseRow }) {
  const { t } = useTranslation();
  const door = useQuery({ queryKey: ['door', lease.id], queryFn: () => api.door(lease.id), refetchInterval: 2500 });
  return (
    <Loaded query={door}>
      {(shown) => (
        <>
          {shown.enforcement === 'restricted' ? (
            <Locked door={shown} />
          ) : (
            <Card>
              <Result
                status={doorState(shown) === 'fine' ? 'success' : 'waiting'}
                title={t(`door.${doorState(shown)}`)}
                description={shown.roomName}
              />
              {doorState(shown) === 'unused' && <p className="quiet">{t('door.unusedMeans')}</p>}
              {shown.overdueFen > 0 && (
                <p className="quiet">{t('door.soon', { amount: formatYuan(shown.overdueFen) })}</p>
              )}
            </Card>
          )}
          {shown.devices.map((device) => (
            <DeviceCard key={device.id} device={device} />
          ))}
          {shown.devices.length === 0 && <p className="quiet">{t('door.noDevices')}</p>}
        </>
      )}
    </Loaded>
  );
}

export default function DoorPage() {
  const { t } = useTranslation();
  const leases = useLeases();
  return (
    <Shell title={t('tab.door')}>
      <Loaded query={leases}>
        {({ current }) => (current ? <MyDoor lease={current} /> : <p className="quiet">{t('home.none')}</p>)}
      </Loaded>
    </Shell>
  );
}
