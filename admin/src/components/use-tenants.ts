import { useQuery } from '@tanstack/react-query';
import type { Tenant } from '../data/contract';
import { useData } from './use-app';

/** The first tenants whose name holds `search`, or whose whole phone number it is. */
export function useTenants(search: string) {
  const data = useData();
  return useQuery({
    queryKey: ['tenants', 'picker', search],
    queryFn: async () => {
      const filter = search.trim() === '' ? {} : { search: search.trim() };
      const sort = { field: 'name', order: 'ASC' } as const;
      const page = await data.getList<Tenant>('tenants', { pagination: { page: 1, perPage: 25 }, sort, filter });
      return page.data;
    },
  });
}
