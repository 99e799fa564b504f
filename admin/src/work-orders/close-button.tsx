import { Button, Dialog, DialogActions, DialogContent, DialogTitle, TextField } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify, useRecordContext, useRefresh, useTranslate } from 'react-admin';
import { Refusal } from '../components/refusal';
import { useData, useMay } from '../components/use-app';
import type { WorkOrder } from '../data/contract';

function CloseDialog({ order, close }: { order: WorkOrder; close: () => void }) {
  const t = useTranslate();
  const data = useData();
  const notify = useNotify();
  const refresh = useRefresh();
  const [result, setResult] = useState('');
  const closing = useMutation({
    mutationFn: () => data.closeWorkOrder({ id: order.id, result }),
    onSuccess: () => {
      notify('app.verb.done', { type: 'success' });
      refresh();
      close();
    },
  });
  return (
    <Dialog open onClose={close} fullWidth maxWidth="xs">
      <DialogTitle>{t('app.workOrder.close')}</DialogTitle>
      <DialogContent>
        {order.title}
        <TextField
          fullWidth
          multiline
          margin="normal"
          label={t('app.workOrder.result')}
          value={result}
          onChange={(e) => setResult(e.target.value)}
        />
        <Refusal error={closing.error} />
      </DialogContent>
      <DialogActions>
        <Button onClick={close}>{t('ra.action.cancel')}</Button>
        <Button
          variant="contained"
          disabled={result.trim() === '' || closing.isPending}
          onClick={() => closing.mutate()}
        >
          {t('app.workOrder.close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

export function CloseButton() {
  const t = useTranslate();
  const mayDo = useMay();
  const order = useRecordContext<WorkOrder>();
  const [open, setOpen] = useState(false);
  if (!order || order.status === 'closed' || !mayDo('workOrder.close')) return null;
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('app.workOrder.close')}
      </Button>
      {open && <CloseDialog order={order} close={() => setOpen(false)} />}
    </>
  );
}
