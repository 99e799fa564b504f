import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { hitRateLimit } from '../../db/auth';
import { Refusal } from '../refusal';

type Limit = { readonly name: string; readonly max: number; readonly seconds: number };

/** Attempts per peer and per account or phone; counted in the database, so that all API processes share them. */
export const LIMITS = {
  signInPerPeer: { name: 'sign-in/peer', max: 60, seconds: 600 },
  signInPerLogin: { name: 'sign-in/login', max: 20, seconds: 600 },
  codePerPeer: { name: 'code/peer', max: 20, seconds: 3600 },
  codePerPhone: { name: 'code/phone', max: 1, seconds: 30 },
  redeemPerPeer: { name: 'redeem/peer', max: 60, seconds: 600 },
  redeemPerPhone: { name: 'redeem/phone', max: 15, seconds: 600 },
  totpPerAccount: { name: 'totp/account', max: 10, seconds: 600 },
  signUpPerPeer: { name: 'sign-up/peer', max: 20, seconds: 3600 },
} as const satisfies Record<string, Limit>;

/** What is counted is kept as a hash: neither addresses nor phones stand in the table. @throws Refusal TooManyRequests */
export async function countAttempt(knex: Knex, limit: Limit, of: string, at: Date): Promise<void> {
  const key = createHash('sha256').update(`${limit.name}\0${of}`).digest('base64url');
  const wait = await hitRateLimit(knex, { key, at, seconds: limit.seconds, max: limit.max });
  if (wait > 0) throw new Refusal('TooManyRequests', { retryAfter: wait });
}
