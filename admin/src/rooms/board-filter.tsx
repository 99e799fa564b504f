import { Chip, MenuItem, Stack, TextField } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { BoardRoom, Community, RoomState } from '../data/contract';
import { ROOM_STATE_PAINT, ROOM_STATES } from './room-states';

type Props = {
  communities: readonly Community[];
  communityId: string;
  chooseCommunity: (id: string) => void;
  rooms: readonly BoardRoom[];
  state: RoomState | undefined;
  chooseState: (state: RoomState | undefined) => void;
};

/** Community, and a legend whose counts are filters. */
export function BoardFilter({ communities, communityId, chooseCommunity, rooms, state, chooseState }: Props) {
  const t = useTranslate();
  const count = (wanted: RoomState) => rooms.filter((room) => room.state === wanted).length;
  return (
    <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
      <TextField
        select
        size="small"
        margin="none"
        label={t('app.lease.community')}
        value={communityId}
        onChange={(event) => chooseCommunity(event.target.value)}
        sx={{ minWidth: 180, mr: 1 }}
      >
        {communities.map((community) => (
          <MenuItem key={community.id} value={community.id}>
            {community.name}
          </MenuItem>
        ))}
      </TextField>
      {ROOM_STATES.map((name) => (
        <Chip
          key={name}
          label={`${t(`app.roomState.${name}`)} ${count(name)}`}
          onClick={() => chooseState(state === name ? undefined : name)}
          aria-pressed={state === name}
          variant={state === undefined || state === name ? 'filled' : 'outlined'}
          sx={{
            bgcolor: ROOM_STATE_PAINT[name].bg,
            color: ROOM_STATE_PAINT[name].fg,
            border: state === name ? 2 : 1,
            borderColor: state === name ? 'primary.main' : 'divider',
            opacity: state === undefined || state === name ? 1 : 0.6,
            '&:hover': { bgcolor: ROOM_STATE_PAINT[name].bg, filter: 'brightness(.95)' },
          }}
        />
      ))}
    </Stack>
  );
}
