import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { giveBackAttempt, hitRateLimit } from '../../db/auth';
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
  importPerOperator: { name: 'import/operator', max: 60, seconds: 3600 },
  signUpPerPeer: { name: 'sign-up/peer', max: 20, seconds: 3600 },
} as const satisfies Record<string, Limit>;

/** What is counted is kept as a hash: neither addresses nor phones stand in the table. */
const keyOf = (limit: Limit, of: string): string =>
  createHash('sha256').update(`${limit.name}\0${of}`).digest('base64url');

/** @throws Refusal TooManyRequests */
export async function countAttempt(knex: Knex, limit: Limit, of: string, at: Date): Promise<void> {
  const wait = await hitRateLimit(knex, { key: keyOf(limit, of), at, seconds: limit.seconds, max: limit.max });
  if (wait > 0) throw new Refusal('TooManyRequests', { retryAfter: wait });
}

type Counted = readonly [limit: Limit, of: string];

/** Runs `attempt` with each of `counted` counted, and takes it off again when it was right: only wrong ones use a limit up. @throws Refusal */
export async function countFailures<T>(
  { knex, at }: { readonly knex: Knex; readonly at: Date },
  counted: readonly Counted[],
  attempt: () => Promise<T>,
): Promise<T> {
  for (const [limit, of] of counted) await countAttempt(knex, limit, of, at);
  const result = await attempt();
  for (const [limit, of] of counted) await giveBackAttempt(knex, keyOf(limit, of));
  return result;
}
