import Bolt from '@mui/icons-material/Bolt';
import DoorFront from '@mui/icons-material/DoorFront';
import { Chip, Skeleton, Stack, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useTranslate } from 'react-admin';
import { VirtualChip } from '../../components/chips';
import { formatInstant } from '../../components/instant';
import { Panel } from '../../components/panel';
import { useData } from '../../components/use-app';
import type { Device } from '../../data/contract';

const SHUT = new Set(['locked', 'off', 'restricted']);

function DeviceState({ device }: { device: Device }) {
  const t = useTranslate();
  // A virtual device reports after its first command: until then its silence is no fault.
  const silent = device.virtual && device.desired === null ? 'unused' : 'unknown';
  const state = device.reported ?? silent;
  const waits = device.desired !== null && device.desired !== device.reported;
  const Icon = device.kind === 'door' ? DoorFront : Bolt;
  const color = device.reported === null ? 'default' : SHUT.has(state) ? 'error' : 'success';
  return (
    <Stack sx={{ gap: 0.5 }} data-testid={`device-${device.kind}`}>
      <Stack direction="row" sx={{ gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
        <Icon fontSize="small" />
        <Typography variant="body2">{t(`app.device.${device.kind}`)}</Typography>
        <Chip size="small" color={color} label={t(`app.deviceState.${state}`, { _: state })} />
        {device.virtual && <VirtualChip of={device.kind} />}
      </Stack>
      <Typography variant="caption" sx={{ color: 'text.secondary' }}>
        {waits && `${t('app.device.waiting')} ${t(`app.deviceState.${device.desired}`, { _: device.desired })}　`}
        {device.observedAt && `${t('app.device.observedAt')} ${formatInstant(device.observedAt)}`}
      </Typography>
    </Stack>
  );
}

/** Door and power as the room itself reported them. */
export function RoomDevices({ roomId }: { roomId: string }) {
  const t = useTranslate();
  const data = useData();
  const devices = useQuery({
    queryKey: ['rooms', roomId, 'devices'],
    queryFn: () => data.roomDevices(roomId),
    refetchInterval: 3000,
  });
  return (
    <Panel title={t('app.device.title')}>
      {devices.isPending && <Skeleton variant="rounded" height={60} />}
      <Stack sx={{ gap: 1.5 }}>
        {devices.data?.items.map((device) => (
          <DeviceState key={device.id} device={device} />
        ))}
        {devices.data?.items.length === 0 && <Typography variant="body2">{t('app.empty.devices')}</Typography>}
      </Stack>
    </Panel>
  );
}
