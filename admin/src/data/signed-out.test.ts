import { describe, expect, jest, test } from '@jest/globals';
import { createAuthProvider } from './auth-provider';
import { ApiError, type Http } from './http';
import { refusing } from './refusing';

const signedOut = new ApiError(401, undefined);
const deaf: Http = () => Promise.reject(signedOut);

describe('a session that has ended', () => {
  test('leads to the sign-in page, which is told that there was one', async () => {
    await expect(createAuthProvider(deaf).checkError(signedOut)).rejects.toMatchObject({
      message: 'app.login.ended',
      redirectTo: '/login?ended=true',
    });
  });

  test('is no reason for an error page: the screen asks the API and is sent to the sign-in page', async () => {
    expect(await createAuthProvider(deaf).canAccess?.({ resource: 'leases', action: 'list' })).toBe(true);
  });

  test('never reaches a screen as an empty answer', async () => {
    const leave = jest.fn<(error: unknown) => Promise<boolean>>(async () => true);
    const data = refusing({ overview: () => Promise.reject(signedOut) }, leave);
    await expect(data.overview()).rejects.toBe(signedOut);
    expect(leave).toHaveBeenCalledWith(signedOut);
  });

  test('is not what a refusal means: a person without the permission stays where they are', async () => {
    await expect(createAuthProvider(deaf).checkError(new ApiError(403, undefined))).resolves.toBeUndefined();
  });
});
