import { ApiError } from './http';

const NAME = 'signedIn';

type Memory = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** That somebody has signed in on this phone, so that a session that has ended can be told from a first visit. */
export const rememberSignedIn = (memory: Memory): void => memory.setItem(NAME, 'yes');
export const forgetSignedIn = (memory: Memory): void => memory.removeItem(NAME);

export const isSignedOut = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 401 || error.problem?.code === 'Forbidden');

/** Where a refused request leads: undefined when it is not about the session, else to the sign-in page, which may say that one has ended. */
export function wayOut(error: unknown, memory: Memory): '/sign-in' | '/sign-in?ended=true' | undefined {
  if (!isSignedOut(error)) return undefined;
  return memory.getItem(NAME) !== null ? '/sign-in?ended=true' : '/sign-in';
}
