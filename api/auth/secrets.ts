import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

/** 256 bits for a cookie, a CSRF token or an API token. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What is stored of a token: with 256 random bits a plain hash is enough, and it can be looked up. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url');

export const newCode = (): string => String(randomInt(0, 1_000_000)).padStart(6, '0');

/** Compares without telling by its time where two texts differ. */
export function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
