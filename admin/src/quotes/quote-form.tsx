import { Box, MenuItem, TextField } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useTranslate } from 'react-admin';
import { useData } from '../components/use-app';
import type { QuoteBody } from '../data/contract';
import { CYCLES, type QuoteDraft } from './quote-draft';

type Errors = Readonly<Record<string, Readonly<Record<string, string>>>>;
type Props = { draft: QuoteDraft; change: (draft: QuoteDraft) => void; errors: Errors };
type Choice = { readonly value: string; readonly label: string };

type Picked = { label: string; value: string; pick: (value: string) => void; said?: Errors[string] | undefined };

function Choose({ label, value, choices, pick, said }: Picked & { choices: readonly Choice[] }) {
  return (
    <TextField
      select
      fullWidth
      label={label}
      value={value}
      error={said !== undefined}
      helperText={said?.['']}
      onChange={(event) => pick(event.target.value)}
    >
      {choices.map((choice) => (
        <MenuItem key={choice.value} value={choice.value}>
          {choice.label}
        </MenuItem>
      ))}
    </TextField>
  );
}

function Day(props: Picked) {
  return (
    <TextField
      type="date"
      fullWidth
      label={props.label}
      value={props.value}
      error={props.said !== undefined}
      helperText={props.said?.['']}
      onChange={(event) => props.pick(event.target.value)}
      slotProps={{ inputLabel: { shrink: true } }}
    />
  );
}

/** Room, days and cycle: what a price is looked up by. */
export function QuoteForm({ draft, change, errors }: Props) {
  const t = useTranslate();
  const data = useData();
  const query = { state: 'vacant' };
  const rooms = useQuery({ queryKey: ['board', query], queryFn: () => data.board(query) });
  const set = (part: Partial<QuoteDraft>) => change({ ...draft, ...part });
  const roomChoices = (rooms.data ?? []).map((room) => ({
    value: room.id,
    label: [room.buildingName, room.code, room.roomTypeName].filter(Boolean).join(' '),
  }));
  const known = roomChoices.some(({ value }) => value === draft.roomId);
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' } }}>
      <Choose
        label={t('app.quote.room')}
        value={known ? draft.roomId : ''}
        choices={roomChoices}
        pick={(roomId) => set({ roomId })}
        said={errors.roomId}
      />
      <Choose
        label={t('app.field.cycle')}
        value={draft.cycle}
        choices={CYCLES.map((value) => ({ value, label: t(`app.cycle.${value}`) }))}
        pick={(cycle) => set({ cycle })}
        said={errors.cycle}
      />
      <Day
        label={t('app.quote.startsOn')}
        value={draft.startsOn}
        pick={(startsOn) => set({ startsOn })}
        said={errors.startsOn}
      />
      <Day label={t('app.quote.endsOn')} value={draft.endsOn} pick={(endsOn) => set({ endsOn })} said={errors.endsOn} />
      <Choose
        label={t('app.quote.alignment')}
        value={draft.alignment}
        choices={(['leaseDate', 'calendarMonth'] as const).map((value) => ({
          value,
          label: t(`app.alignment.${value}`),
        }))}
        pick={(alignment) => set({ alignment: alignment as NonNullable<QuoteBody['alignment']> })}
      />
      <Choose
        label={t('app.quote.proration')}
        value={draft.proration}
        choices={(['actualDays', 'thirty360'] as const).map((value) => ({ value, label: t(`app.proration.${value}`) }))}
        pick={(proration) => set({ proration: proration as NonNullable<QuoteBody['proration']> })}
      />
    </Box>
  );
}
