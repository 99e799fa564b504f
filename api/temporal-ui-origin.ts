import type { Request, RequestHandler } from 'express';

const fromTemporalUi = new WeakSet<Request>();

/**
 * Whether a page of the configured Temporal UI made this request, to an address that takes requests from there. Browsers set `Origin` and
 * let no page change it, so this says what a CSRF token says.
 */
export const isFromTemporalUi = (req: Request): boolean => fromTemporalUi.has(req);

/** CORS for one foreign origin, with cookies. Whoever comes from elsewhere gets no CORS header, and so no answer that a page could read. */
export const letTemporalUiIn =
  (origin: string): RequestHandler =>
  (req, res, next) => {
    res.vary('Origin');
    if (req.headers.origin !== origin) return next();
    fromTemporalUi.add(req);
    res.setHeader('Access-Control-Allow-Origin', origin);
    res.setHeader('Access-Control-Allow-Credentials', 'true');
    if (req.method !== 'OPTIONS') return next();
    res.setHeader('Access-Control-Allow-Methods', 'POST');
    res.setHeader('Access-Control-Allow-Headers', 'Content-Type, X-Namespace, Authorization');
    res.setHeader('Access-Control-Max-Age', '600');
    res.status(204).end();
  };
