import { Autocomplete, Radio, Stack, TextField, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useData } from '../components/use-app';
import { formatYuan } from '../components/yuan';
import type { BankLine, LeaseRow } from '../data/contract';

type Proposal = BankLine['proposals'][number];
type Props = { proposals: readonly Proposal[]; leaseId: string; choose: (leaseId: string) => void };

/** Why a lease is proposed, in words. */
export function Fits({ of }: { of: Proposal }) {
  const t = useTranslate();
  return of.fits.map((fit) => t(`app.bank.fit.${fit}`)).join(t('app.bank.and'));
}

function useLeases(search: string) {
  const data = useData();
  return useQuery({
    queryKey: ['leases', 'picker', search],
    enabled: search.trim().length > 0,
    queryFn: async () => {
      const sort = { field: 'number', order: 'DESC' } as const;
      const filter = { search: search.trim() };
      return (await data.getList<LeaseRow>('leases', { pagination: { page: 1, perPage: 25 }, sort, filter })).data;
    },
  });
}

function OtherLease({ choose }: Pick<Props, 'choose'>) {
  const t = useTranslate();
  const [search, setSearch] = useState('');
  const found = useLeases(search);
  return (
    <Autocomplete
      sx={{ mt: 1 }}
      options={found.data ?? []}
      getOptionLabel={({ roomName, tenantName, number }) => `${roomName} · ${tenantName} · ${number}`}
      getOptionKey={({ id }) => id}
      isOptionEqualToValue={(a, b) => a.id === b.id}
      filterOptions={(all) => all}
      noOptionsText={t('app.empty.list')}
      onInputChange={(_, text, why) => why === 'input' && setSearch(text)}
      onChange={(_, lease) => choose(lease?.id ?? '')}
      renderInput={(params) => <TextField {...params} label={t('app.bank.otherLease')} />}
    />
  );
}

/** The leases that are proposed, best first, or any other. */
export function LeasePicker({ proposals, leaseId, choose }: Props) {
  const t = useTranslate();
  return (
    <Stack sx={{ mt: 1 }}>
      {proposals.map((one) => (
        <Stack key={one.leaseId} component="label" direction="row" sx={{ alignItems: 'center', cursor: 'pointer' }}>
          <Radio checked={leaseId === one.leaseId} onChange={() => choose(one.leaseId)} />
          <div>
            {one.roomName} · {one.tenantName} · {one.leaseNumber}
            <Typography variant="body2" color="text.secondary">
              <Fits of={one} /> · {t('app.bill.open')} {formatYuan(one.openFen)}
            </Typography>
          </div>
        </Stack>
      ))}
      <OtherLease choose={choose} />
    </Stack>
  );
}
