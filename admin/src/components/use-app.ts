import { useDataProvider, usePermissions } from 'react-admin';
import type { Permission } from '../../../contract/roles';
import { may } from '../data/access';
import type { Session } from '../data/contract';
import type { ApartmentDataProvider } from '../data/data-provider';

export const useData = (): ApartmentDataProvider => useDataProvider<ApartmentDataProvider>();

export const useSession = (): Session | undefined => usePermissions<Session>().permissions;

/** Whether the signed-in person holds a permission; hides what they could not do anyway (the API decides). */
export function useMay(): (permission: Permission) => boolean {
  const session = useSession();
  return (permission) => may(session, permission);
}
