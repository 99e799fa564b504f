import { ButtonBase, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { formatYuan } from '../components/yuan';
import type { BoardRoom } from '../data/contract';
import { ROOM_STATE_PAINT } from './room-states';

type Props = { room: BoardRoom; open: (room: BoardRoom) => void };

/** One room: its state in colour and in words, who lives there and what is overdue; of an empty one, from when and by which lease it is reserved. */
export function RoomSquare({ room, open }: Props) {
  const t = useTranslate();
  const { bg, fg } = ROOM_STATE_PAINT[room.state];
  const second =
    room.overdueFen > 0
      ? `${t('app.lease.overdue')} ${formatYuan(room.overdueFen)}`
      : (room.endsOn ?? room.roomTypeName ?? '');
  const reserved = room.reserved && t('app.room.reservedFrom', { day: room.reserved.from });
  return (
    <ButtonBase
      onClick={() => open(room)}
      data-state={room.state}
      data-room={room.code}
      sx={{
        width: 124,
        minHeight: 76,
        p: 1,
        borderRadius: 1.5,
        border: 1,
        borderColor: 'divider',
        bgcolor: bg,
        color: fg,
        display: 'flex',
        flexDirection: 'column',
        alignItems: 'stretch',
        justifyContent: 'flex-start',
        textAlign: 'left',
        '&:focus-visible': { outline: '3px solid', outlineColor: 'primary.main', outlineOffset: 1 },
      }}
    >
      <Typography component="span" sx={{ fontWeight: 700, display: 'flex', justifyContent: 'space-between', gap: 0.5 }}>
        <span>{room.code}</span>
        <Typography component="span" variant="caption" sx={{ fontWeight: 400 }}>
          {t(`app.roomState.${room.state}`)}
        </Typography>
      </Typography>
      <Typography component="span" variant="body2" noWrap sx={{ display: 'block' }}>
        {room.tenantName ?? room.reserved?.leaseNumber ?? room.roomTypeName ?? ''}
      </Typography>
      <Typography component="span" variant="caption" noWrap sx={{ display: 'block' }}>
        {room.tenantName ? second : reserved}
      </Typography>
    </ButtonBase>
  );
}
