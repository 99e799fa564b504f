import { Alert, Button, Dialog, DialogActions, DialogContent, DialogTitle, Stack, TextField } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify, useRecordContext, useTranslate } from 'react-admin';
import { Money } from '../components/money';
import { Refusal } from '../components/refusal';
import { useData, useMay } from '../components/use-app';
import type { BankLine } from '../data/contract';
import { newKey } from '../data/idempotency-key';
import { LeasePicker } from './lease-picker';

type Deed = 'assign' | 'dismiss';
type Props = { deed: Deed; line: BankLine; close: () => void };

/** One decision. Its Idempotency-Key lives as long as the same values do, so that a second click books nothing twice. */
function useDecision({ deed, line, close }: Props) {
  const data = useData();
  const notify = useNotify();
  const queries = useQueryClient();
  const [values, setValues] = useState({ leaseId: '', reason: '' });
  const [key, setKey] = useState(newKey);
  const deciding = useMutation({
    mutationFn: () => {
      const { leaseId, reason } = values;
      const on = { id: line.id, key, reason: reason.trim() };
      return deed === 'assign' ? data.assignBankLine({ ...on, leaseId }) : data.dismissBankLine(on);
    },
    onSuccess: async () => {
      await queries.invalidateQueries();
      notify('app.verb.done', { type: 'success' });
      close();
    },
  });
  const set = (change: Partial<typeof values>) => {
    setValues({ ...values, ...change });
    setKey(newKey());
    deciding.reset();
  };
  const ready = values.reason.trim().length >= 2 && (deed === 'dismiss' || values.leaseId !== '');
  return { values, set, deciding, ready };
}

function DecideDialog(props: Props) {
  const { deed, line, close } = props;
  const t = useTranslate();
  const { values, set, deciding, ready } = useDecision(props);
  return (
    <Dialog open onClose={close} fullWidth maxWidth="sm">
      <DialogTitle>{t(`app.bank.${deed}`)}</DialogTitle>
      <DialogContent>
        {line.bookedOn} · <Money fen={line.amountFen} /> · {line.payerName || '—'} · {line.remark || '—'}
        {line.why && (
          <Alert severity="info" sx={{ mt: 1 }}>
            {t(`app.bank.why.${line.why}`)}
          </Alert>
        )}
        {deed === 'assign' && (
          <LeasePicker proposals={line.proposals} leaseId={values.leaseId} choose={(leaseId) => set({ leaseId })} />
        )}
        <TextField
          fullWidth
          required
          margin="normal"
          name="reason"
          label={t('app.bank.reason')}
          helperText={t(`app.bank.${deed}Help`)}
          value={values.reason}
          onChange={(event) => set({ reason: event.target.value })}
        />
        <Refusal error={deciding.error} />
      </DialogContent>
      <DialogActions>
        <Button onClick={close}>{t('ra.action.cancel')}</Button>
        <Button variant="contained" disabled={!ready || deciding.isPending} onClick={() => deciding.mutate()}>
          {t(`app.bank.${deed}`)}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** What a person can do with a line that waits: book it on a lease, or say that it is no rent. */
export function DecideButtons() {
  const t = useTranslate();
  const mayDo = useMay();
  const line = useRecordContext<BankLine>();
  const [deed, setDeed] = useState<Deed>();
  if (line?.state !== 'unmatched' || !mayDo('payment.record')) return null;
  return (
    <Stack direction="row" sx={{ justifyContent: 'flex-end' }}>
      {(['assign', 'dismiss'] as const).map((each) => (
        <Button key={each} size="small" onClick={() => setDeed(each)}>
          {t(`app.bank.${each}`)}
        </Button>
      ))}
      {deed && <DecideDialog deed={deed} line={line} close={() => setDeed(undefined)} />}
    </Stack>
  );
}
