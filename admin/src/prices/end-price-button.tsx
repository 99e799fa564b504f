import { Button, Dialog, DialogActions, DialogContent, DialogTitle, TextField } from '@mui/material';
import { useState } from 'react';
import { useRecordContext, useTranslate, useUpdate } from 'react-admin';
import { shanghaiDate } from '../../../domain/calendar';
import { Refusal } from '../components/refusal';
import { useMay } from '../components/use-app';
import type { Price } from '../data/contract';

/** A price is never rewritten, it only stops being offered. */
export function EndPriceButton() {
  const t = useTranslate();
  const mayDo = useMay();
  const price = useRecordContext<Price>();
  const [open, setOpen] = useState(false);
  const [day, setDay] = useState<string>(() => shanghaiDate(Date.now()));
  const [update, { isPending, error }] = useUpdate();
  if (!price || price.validUntil !== null || !mayDo('price.edit')) return null;
  const end = () =>
    update(
      'prices',
      { id: price.id, data: { validUntil: day }, previousData: price },
      {
        mutationMode: 'pessimistic',
        onSuccess: () => setOpen(false),
        onError: () => undefined, // the dialog says it
      },
    );
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('app.price.end')}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)}>
        <DialogTitle>{t('app.price.end')}</DialogTitle>
        <DialogContent>
          <TextField
            margin="normal"
            type="date"
            label={t('app.price.validUntil')}
            value={day}
            onChange={(event) => setDay(event.target.value)}
            slotProps={{ inputLabel: { shrink: true } }}
          />
          <Refusal error={error as Error | null} />
        </DialogContent>
        <DialogActions>
          <Button onClick={() => setOpen(false)}>{t('ra.action.cancel')}</Button>
          <Button variant="contained" disabled={isPending} onClick={() => void end()}>
            {t('ra.action.confirm')}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
