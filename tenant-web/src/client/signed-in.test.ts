import { describe, expect, test } from '@jest/globals';
import { ApiError } from './http';
import { forgetSignedIn, rememberSignedIn, wayOut } from './signed-in';

function memory() {
  const kept = new Map<string, string>();
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
}

const refusal = (status: number, code: string) =>
  new ApiError(status, { type: `/problems/${code}`, code, title: 't', detail: 'd', status, retryable: false });

describe('a request that is refused', () => {
  test('because the session has ended leads to the sign-in page, which says so, however many screens were refused at once', () => {
    const phone = memory();
    rememberSignedIn(phone);
    expect(wayOut(refusal(401, 'NotSignedIn'), phone)).toBe('/sign-in?ended=true');
    expect(wayOut(refusal(401, 'NotSignedIn'), phone)).toBe('/sign-in?ended=true');
  });

  test('after signing out by oneself leads there without a word', () => {
    const phone = memory();
    rememberSignedIn(phone);
    forgetSignedIn(phone);
    expect(wayOut(refusal(401, 'NotSignedIn'), phone)).toBe('/sign-in');
  });

  test('on a first visit leads there without talk of a session', () => {
    expect(wayOut(refusal(401, 'NotSignedIn'), memory())).toBe('/sign-in');
  });

  test('for any other reason keeps the tenant where they are', () => {
    const phone = memory();
    rememberSignedIn(phone);
    expect(wayOut(refusal(409, 'NothingToPay'), phone)).toBeUndefined();
    expect(wayOut(refusal(403, 'CsrfFailed'), phone)).toBeUndefined();
    expect(wayOut(new TypeError('x'), phone)).toBeUndefined();
  });
});
