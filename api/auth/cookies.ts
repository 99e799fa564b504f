import type { Request, Response } from 'express';

const SESSION = 'session';
const CSRF = 'csrf';

type CookieOptions = { readonly secure: boolean };

export function readSessionCookie(req: Request): string | undefined {
  for (const pair of (req.headers.cookie ?? '').split(';')) {
    const [name = '', value = ''] = pair.trim().split('=');
    if (name === SESSION && value) return value;
  }
  return undefined;
}

/** The session is out of reach of scripts; the CSRF token is for them to read and send back in a header. */
export function setSessionCookies(
  res: Response,
  session: { readonly token: string; readonly csrfToken: string; readonly expiresAt: Date },
  { secure }: CookieOptions,
): void {
  const common = { secure, sameSite: 'lax', path: '/', expires: session.expiresAt } as const;
  res.cookie(SESSION, session.token, { ...common, httpOnly: true });
  res.cookie(CSRF, session.csrfToken, common);
}

export function clearSessionCookies(res: Response, { secure }: CookieOptions): void {
  for (const name of [SESSION, CSRF]) res.clearCookie(name, { secure, sameSite: 'lax', path: '/' });
}
