import type { RequestHandler } from 'express';
import { refuseSignature } from '../signing';

/** The body's exact text, as `express.raw` leaves it. */
export const rawText = (body: unknown): string => (Buffer.isBuffer(body) ? body.toString('utf8') : '');

/** Lets only requests through that the merchant's key has signed; `refuse` answers the others. */
export const onlySigned =
  (merchantPublicPem: string, refuse: (res: Parameters<RequestHandler>[1], why: string) => void): RequestHandler =>
  (req, res, next) => {
    const scope = { method: req.method, path: req.originalUrl };
    const message = { scope, headers: req.headers, body: rawText(req.body), nowMs: Date.now() };
    const refusal = refuseSignature(message, merchantPublicPem);
    if (refusal === undefined) next();
    else refuse(res, refusal);
  };

/** JSON of unknown shape; undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
