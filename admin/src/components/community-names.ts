import { useQuery } from '@tanstack/react-query';
import { useData } from './use-app';

/** What a community is called; empty until that is known. */
export function useCommunityNames(): (id: string) => string {
  const data = useData();
  const communities = useQuery({ queryKey: ['communities', 'every'], queryFn: () => data.everyCommunity() });
  return (id) => communities.data?.find((community) => community.id === id)?.name ?? '';
}
