import LocalFireDepartment from '@mui/icons-material/LocalFireDepartment';
import { Alert, Button, Dialog, DialogActions, DialogContent, DialogTitle, TextField } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { formatInstant } from '../components/instant';
import { Refusal } from '../components/refusal';
import { useData, useMay } from '../components/use-app';
import type { Building } from '../data/contract';
import { errorsByField, fieldErrorsOf } from '../data/field-errors';
import { newKey } from '../data/idempotency-key';

type Props = { building: Pick<Building, 'id' | 'name' | 'fireAlarmSince'> };

function useAlarm({ id }: Props['building'], active: boolean, close: () => void) {
  const t = useTranslate();
  const data = useData();
  const notify = useNotify();
  const queries = useQueryClient();
  const [key] = useState(newKey);
  return useMutation({
    mutationFn: (reason: string) => data.setFireAlarm({ id, key, active, reason }),
    onSuccess: async ({ leases }) => {
      notify(t(active ? 'app.fireAlarm.begun' : 'app.fireAlarm.ended', { leases }), { type: 'success' });
      await queries.invalidateQueries();
      close();
    },
  });
}

/** What the alarm does to the doors is said before it is confirmed, and why it was raised or ended is kept. */
function AlarmDialog({ building, close }: Props & { close: () => void }) {
  const t = useTranslate();
  const [reason, setReason] = useState('');
  const active = building.fireAlarmSince === null;
  const alarm = useAlarm(building, active, close);
  const said = errorsByField([{ name: 'reason' }], fieldErrorsOf(alarm.error));
  const name = active ? 'begin' : 'end';
  return (
    <Dialog open onClose={close} fullWidth maxWidth="xs">
      <DialogTitle>
        {t(`app.fireAlarm.${name}`)} · {building.name}
      </DialogTitle>
      <DialogContent>
        <Alert severity={active ? 'warning' : 'info'}>{t(`app.fireAlarm.${name}Help`)}</Alert>
        <TextField
          fullWidth
          required
          autoFocus
          margin="normal"
          name="reason"
          label={t('app.field.reason')}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          error={said.of.reason !== undefined}
          helperText={said.of.reason?.['']}
        />
        <Refusal error={alarm.error} rest={said.rest} />
      </DialogContent>
      <DialogActions>
        <Button onClick={close}>{t('ra.action.cancel')}</Button>
        <Button
          variant="contained"
          color={active ? 'error' : 'primary'}
          disabled={reason.trim().length < 2 || alarm.isPending}
          onClick={() => alarm.mutate(reason)}
        >
          {t('ra.action.confirm')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** Since when the alarm of a building lasts; nothing while there is none. */
export function FireAlarmSince({ building }: Props) {
  const t = useTranslate();
  if (building.fireAlarmSince === null) return null;
  const since = formatInstant(building.fireAlarmSince);
  return (
    <Alert severity="error" icon={<LocalFireDepartment />} sx={{ py: 0 }}>
      {t('app.fireAlarm.since', { since })}
    </Alert>
  );
}

/** Begins the fire alarm of a building, or ends the one that lasts; for those who decide about its doors. */
export function FireAlarmButton({ building }: Props) {
  const t = useTranslate();
  const mayDo = useMay();
  const [open, setOpen] = useState(false);
  if (!mayDo('enforcement.manage')) return null;
  const lasts = building.fireAlarmSince !== null;
  return (
    <>
      <Button
        size="small"
        color={lasts ? 'primary' : 'error'}
        variant={lasts ? 'contained' : 'text'}
        startIcon={<LocalFireDepartment />}
        onClick={() => setOpen(true)}
      >
        {t(lasts ? 'app.fireAlarm.end' : 'app.fireAlarm.begin')}
      </Button>
      {open && <AlarmDialog building={building} close={() => setOpen(false)} />}
    </>
  );
}
