import { useQuery } from '@tanstack/react-query';
import { SelectInput, type SelectInputProps } from 'react-admin';
import { useData } from './use-app';

/** An input that offers the communities that this person may see. */
export function CommunitySelect(props: Omit<SelectInputProps, 'choices'>) {
  const data = useData();
  const communities = useQuery({ queryKey: ['communities', 'every'], queryFn: () => data.everyCommunity() });
  return <SelectInput {...props} choices={communities.data ?? []} optionText="name" translateChoice={false} />;
}
