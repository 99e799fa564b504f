import { Alert, Button, Dialog, DialogActions, DialogContent, DialogTitle, TextField } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { Facts } from '../components/panel';
import { Refusal } from '../components/refusal';
import { useData, useMay } from '../components/use-app';
import type { Tenant } from '../data/contract';

function UnmaskDialog({ tenant, close }: { tenant: Tenant; close: () => void }) {
  const t = useTranslate();
  const data = useData();
  const [reason, setReason] = useState('');
  const unmask = useMutation({ mutationFn: () => data.unmaskTenant({ id: tenant.id, reason }) });
  const shown = unmask.data;
  return (
    <Dialog open onClose={close} fullWidth maxWidth="xs">
      <DialogTitle>{t('app.tenant.unmask')}</DialogTitle>
      <DialogContent>
        <Alert severity="warning">{t('app.tenant.unmaskAudited')}</Alert>
        {shown ? (
          <Facts
            items={[
              [t('app.field.name'), shown.name],
              [t('app.field.phone'), shown.phone ?? '—'],
              [t('app.tenant.idNumber'), shown.idNumber ?? '—'],
            ]}
          />
        ) : (
          <TextField
            fullWidth
            margin="normal"
            label={t('app.field.reason')}
            value={reason}
            onChange={(e) => setReason(e.target.value)}
          />
        )}
        <Refusal error={unmask.error} />
      </DialogContent>
      <DialogActions>
        <Button onClick={close}>{t('ra.action.close')}</Button>
        {!shown && (
          <Button
            variant="contained"
            disabled={reason.trim().length < 2 || unmask.isPending}
            onClick={() => unmask.mutate()}
          >
            {t('app.tenant.unmask')}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

/** Full phone and ID number, with a reason that goes into the audit log. Nothing of it is cached. */
export function UnmaskButton({ tenant }: { tenant: Tenant }) {
  const t = useTranslate();
  const mayDo = useMay();
  const [open, setOpen] = useState(false);
  if (!mayDo('tenant.unmask')) return null;
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('app.tenant.unmask')}
      </Button>
      {open && <UnmaskDialog tenant={tenant} close={() => setOpen(false)} />}
    </>
  );
}
