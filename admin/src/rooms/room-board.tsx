import { Alert, Box, Skeleton, Stack, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Title, useStore, useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { FireAlarmButton, FireAlarmSince } from '../buildings/fire-alarm-button';
import { VirtualChip } from '../components/chips';
import { Panel } from '../components/panel';
import { useData, useMay } from '../components/use-app';
import type { BoardRoom, Building as BuildingRecord, RoomState } from '../data/contract';
import { BoardFilter } from './board-filter';
import { type BuildingBoard, boardOf, type Floor } from './board-layout';
import { RoomSquare } from './room-square';

type Open = (room: BoardRoom) => void;

function FloorRow({ floor, open }: { floor: Floor; open: Open }) {
  const t = useTranslate();
  const name = floor.floor === null ? t('app.room.noFloor') : t('app.room.floor', { floor: floor.floor });
  return (
    <Stack direction="row" sx={{ gap: 1 }}>
      <Typography variant="caption" sx={{ width: 40, flexShrink: 0, pt: 1, color: 'text.secondary' }}>
        {name}
      </Typography>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        {floor.rooms.map((room) => (
          <RoomSquare key={room.id} room={room} open={open} />
        ))}
      </Box>
    </Stack>
  );
}

type BuildingProps = { building: BuildingBoard; alarm: BuildingRecord | undefined; open: Open };

const Building = ({ building, alarm, open }: BuildingProps) => (
  <Panel title={building.name} actions={alarm && <FireAlarmButton building={alarm} />}>
    <Stack sx={{ gap: 1 }}>
      {alarm && <FireAlarmSince building={alarm} />}
      {building.floors.map((floor) => (
        <FloorRow key={floor.floor ?? 'none'} floor={floor} open={open} />
      ))}
    </Stack>
  </Panel>
);

function useBoard() {
  const data = useData();
  const [chosen, setChosen] = useStore('board.community', '');
  const communities = useQuery({ queryKey: ['communities', 'every'], queryFn: () => data.everyCommunity() });
  const all = communities.data ?? [];
  const communityId = all.some(({ id }) => id === chosen) ? chosen : (all[0]?.id ?? '');
  const board = useQuery({
    queryKey: ['board', communityId],
    queryFn: () => data.board({ communityId }),
    enabled: communityId !== '',
    refetchInterval: 10_000,
  });
  const buildings = useQuery({
    queryKey: ['buildings', communityId],
    queryFn: () => data.buildings(communityId),
    enabled: communityId !== '',
    refetchInterval: 10_000,
  });
  const alarmOf = (id: string) => buildings.data?.find((building) => building.id === id);
  return { communities, all, communityId, setChosen, board, alarmOf };
}

/** 房态图. A room with a lease leads to it, a vacant one to a new lease. */
export default function RoomBoard() {
  const t = useTranslate();
  const navigate = useNavigate();
  const mayDo = useMay();
  const { communities, all, communityId, setChosen, board, alarmOf } = useBoard();
  const [state, setState] = useState<RoomState>();
  const rooms = board.data ?? [];
  const open: Open = (room) => {
    if (room.leaseId) void navigate(`/leases/${room.leaseId}/show`);
    else if (mayDo('lease.sign') && room.state === 'vacant') void navigate(`/leases/create?room=${room.id}`);
  };
  const error = communities.error ?? board.error;
  return (
    <Stack sx={{ gap: 2, py: 2 }}>
      <Title title={t('resources.rooms.name')} />
      <BoardFilter
        communities={all}
        communityId={communityId}
        chooseCommunity={setChosen}
        rooms={rooms}
        state={state}
        chooseState={setState}
      />
      <Stack direction="row" sx={{ gap: 1, alignItems: 'center' }}>
        <VirtualChip of="door" />
        <Typography variant="caption">{t('app.room.virtualDoors')}</Typography>
      </Stack>
      {error && <Alert severity="error">{t(error.message, { _: error.message })}</Alert>}
      {communities.data?.length === 0 && <Alert severity="info">{t('app.empty.communities')}</Alert>}
      {board.isLoading && <Skeleton variant="rounded" height={320} />}
      {boardOf(state ? rooms.filter((room) => room.state === state) : rooms).map((building) => (
        <Building key={building.id} building={building} alarm={alarmOf(building.id)} open={open} />
      ))}
    </Stack>
  );
}
