import { Autocomplete, TextField } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useTenants } from '../use-tenants';

type Person = Readonly<Record<string, string>>;
type Props = { rows: readonly Person[]; change: (rows: readonly Person[]) => void };

/** Everyone who lives there beside the tenant, found by name or whole phone number. */
export function CoTenantsField({ rows, change }: Props) {
  const t = useTranslate();
  const [search, setSearch] = useState('');
  const found = useTenants(search);
  const options = (found.data ?? []).map(({ id, name }): Person => ({ id, name }));
  return (
    <Autocomplete
      multiple
      sx={{ mt: 2 }}
      options={options}
      value={[...rows]}
      getOptionLabel={(person) => person.name ?? ''}
      getOptionKey={(person) => person.id ?? ''}
      isOptionEqualToValue={(a, b) => a.id === b.id}
      filterOptions={(all) => all}
      onInputChange={(_, text, why) => why === 'input' && setSearch(text)}
      onChange={(_, people) => change(people)}
      renderInput={(params) => <TextField {...params} label={t('app.tenant.find')} />}
    />
  );
}
