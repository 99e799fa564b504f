import type { AuthProvider } from 'react-admin';
import { may, permissionFor } from './access';
import type { Session, SignInStaff } from './contract';
import { ApiError, type Http } from './http';

/** The sign-in form must ask for the six digits and send again. */
export const wantsTotp = (error: unknown): boolean =>
  error instanceof ApiError && error.problem?.code === 'TotpRequired';

/** Where whoever was signed in a moment ago is sent, so that the sign-in page can say why they see it. */
const SIGN_IN_AGAIN = '/login?ended=true';

const isSignedOut = (error: unknown): boolean => error instanceof ApiError && error.status === 401;

/** Sessions live in an HttpOnly cookie; what is kept here is only what the API said about it. */
export function createAuthProvider(http: Http): AuthProvider {
  let session: Promise<Session> | undefined;
  const current = (): Promise<Session> => {
    session ??= http<Session>('GET', '/v1/session').then(({ data }) => data);
    session.catch(() => {
      session = undefined;
    });
    return session;
  };
  return {
    login: async (body: SignInStaff) => {
      session = Promise.resolve((await http<Session>('POST', '/v1/staff-sessions', { body })).data);
    },
    logout: async () => {
      session = undefined;
      await http('DELETE', '/v1/session').catch(() => undefined); // already signed out is signed out
    },
    checkAuth: async () => {
      const session = await current().catch((error: unknown) => {
        // An API that does not answer is no reason to sign anyone out: the screens say that it is away.
        if (error instanceof ApiError && !isSignedOut(error)) return undefined;
        throw error;
      });
      if (session && session.kind !== 'staff') throw new ApiError(401, undefined);
    },
    checkError: async (error: unknown) => {
      if (!isSignedOut(error)) return;
      session = undefined;
      throw Object.assign(new Error('app.login.ended'), { redirectTo: SIGN_IN_AGAIN });
    },
    getIdentity: async () => {
      const { id, name, operator } = await current();
      return { id, fullName: `${name} · ${operator.name}` };
    },
    getPermissions: () => current(),
    canAccess: async ({ resource, action }) => {
      const session = await current().catch((error: unknown) => {
        // react-admin would show an error page. Let the screen ask the API instead: its 401 leads to the sign-in page.
        if (isSignedOut(error)) return undefined;
        throw error;
      });
      return session === undefined || may(session, permissionFor(resource, action));
    },
  };
}
