import { Autocomplete, Button, Stack, TextField } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useData } from '../../components/use-app';
import { useTenants } from '../../components/use-tenants';
import type { Tenant } from '../../data/contract';

type Props = { tenant: Tenant | null; pick: (tenant: Tenant | null) => void };

function NewTenant({ pick }: { pick: (tenant: Tenant) => void }) {
  const t = useTranslate();
  const data = useData();
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('');
  const add = useMutation({
    mutationFn: async () => (await data.create<Tenant>('tenants', { data: { name, phone } as unknown as Tenant })).data,
    onSuccess: pick,
  });
  return (
    <Stack direction="row" sx={{ gap: 1, alignItems: 'start', flexWrap: 'wrap' }}>
      <TextField size="small" label={t('app.field.name')} value={name} onChange={(e) => setName(e.target.value)} />
      <TextField
        size="small"
        label={t('app.field.phone')}
        value={phone}
        onChange={(e) => setPhone(e.target.value)}
        error={add.isError}
        helperText={add.error ? t(add.error.message, { _: add.error.message }) : ''}
        slotProps={{ htmlInput: { inputMode: 'tel' } }}
      />
      <Button disabled={name.trim() === '' || !/^1\d{10}$/.test(phone) || add.isPending} onClick={() => add.mutate()}>
        {t('app.tenant.add')}
      </Button>
    </Stack>
  );
}

/** Finds a tenant by name or whole phone number, or adds one. */
export function TenantPicker({ tenant, pick }: Props) {
  const t = useTranslate();
  const [search, setSearch] = useState('');
  const found = useTenants(search);
  return (
    <Stack sx={{ gap: 2 }}>
      <Autocomplete
        options={found.data ?? []}
        value={tenant}
        loading={found.isFetching}
        getOptionLabel={(option) => `${option.name} ${option.phoneMasked ?? ''}`}
        getOptionKey={(option) => option.id}
        isOptionEqualToValue={(a, b) => a.id === b.id}
        filterOptions={(options) => options}
        onInputChange={(_, text, why) => why === 'input' && setSearch(text)}
        onChange={(_, option) => pick(option)}
        renderInput={(params) => <TextField {...params} label={t('app.tenant.find')} />}
      />
      {tenant === null && <NewTenant pick={pick} />}
    </Stack>
  );
}
