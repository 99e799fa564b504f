import { createHash } from 'node:crypto';
import type { Request } from 'express';
import { Refusal } from './refusal';

/** Strong: two answers with the same tag are the same text. */
export const etagOf = (body: object): string =>
  `"${createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 27)}"`;

const sent = (header: string | undefined): string[] => (header ?? '').split(',').map((tag) => tag.trim());

export const isKnown = (req: Request, etag: string): boolean => sent(req.headers['if-none-match']).includes(etag);

/** @throws Refusal when the caller did not say, or has not seen, what it is about to change. */
export function requireMatch(req: Request, current: object): void {
  if (!req.headers['if-match']) throw new Refusal('PreconditionNeeded');
  if (!sent(req.headers['if-match']).includes(etagOf(current))) throw new Refusal('PreconditionFailed');
}
