import { useQuery } from '@tanstack/react-query';
import { isFinal } from '../../domain/lease';
import type { LeaseRow } from './client/contract';
import { api } from './client/live';

const NAME = 'lease';

export const chooseLease = (id: string): void => sessionStorage.setItem(NAME, id);

/** The lease that was chosen, else the first that is still running, else the newest of the past. */
export function currentLease(leases: readonly LeaseRow[]): LeaseRow | undefined {
  const chosen = sessionStorage.getItem(NAME);
  return leases.find(({ id }) => id === chosen) ?? leases.find(({ status }) => !isFinal(status)) ?? leases[0];
}

/** All leases of the tenant and the one the screens are about; looks again every few seconds, since bills and doors move by themselves. */
export const useLeases = () =>
  useQuery({
    queryKey: ['leases'],
    queryFn: async () => {
      const { items } = await api.leases();
      return { all: items, current: currentLease(items) };
    },
    refetchInterval: 5000,
  });

export const useBills = (leaseId: string) =>
  useQuery({ queryKey: ['bills', leaseId], queryFn: () => api.bills(leaseId), refetchInterval: 5000 });
