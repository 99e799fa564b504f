import { useContext, useMemo } from 'react';
import { DataProviderContext, useLogoutIfAccessDenied, usePermissions } from 'react-admin';
import type { Permission } from '../../../contract/roles';
import { may } from '../data/access';
import type { Session } from '../data/contract';
import type { ApartmentDataProvider } from '../data/data-provider';
import { refusing } from '../data/refusing';

/**
 * The API for screens. react-admin's own hook answers `{ data: {} }` once a session has ended, which no screen can show (an amount that is
 * missing is a RangeError); here the refusal stays one, and the sign-in page is on its way.
 */
export function useData(): ApartmentDataProvider {
  const provider = useContext(DataProviderContext) as ApartmentDataProvider;
  const leaveIfSignedOut = useLogoutIfAccessDenied();
  return useMemo(() => refusing(provider, leaveIfSignedOut), [provider, leaveIfSignedOut]);
}

export const useSession = (): Session | undefined => usePermissions<Session>().permissions;

/** Whether the signed-in person holds a permission; hides what they could not do anyway (the API decides). */
export function useMay(): (permission: Permission) => boolean {
  const session = useSession();
  return (permission) => may(session, permission);
}
