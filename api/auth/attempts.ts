import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { clearAttempts, giveBackAttempt, hitRateLimit } from '../../db/auth';
import { Refusal } from '../refusal';

type Limit = { readonly name: string; readonly max: number; readonly seconds: number };

/**
 * Attempts, counted in the database so that all API processes share them. What a person is known by (login, phone) is counted for each peer:
 * a stranger uses up the stranger's own tries.
 */
export const LIMITS = {
  signInPerPeer: { name: 'sign-in/peer', max: 60, seconds: 600 },
  signInPerLoginAndPeer: { name: 'sign-in/login/peer', max: 10, seconds: 600 },
  codePerPeer: { name: 'code/peer', max: 20, seconds: 3600 },
  codePerPhoneAndPeer: { name: 'code/phone/peer', max: 5, seconds: 3600 },
  codeAgainPerPhoneAndPeer: { name: 'code/again/phone/peer', max: 1, seconds: 30 },
  redeemPerPeer: { name: 'redeem/peer', max: 60, seconds: 600 },
  redeemPerPhoneAndPeer: { name: 'redeem/phone/peer', max: 5, seconds: 300 },
  passwordPerAccount: { name: 'password/account', max: 20, seconds: 600 },
  totpPerAccount: { name: 'totp/account', max: 10, seconds: 600 },
  importPerOperator: { name: 'import/operator', max: 60, seconds: 3600 },
  signUpPerPeer: { name: 'sign-up/peer', max: 20, seconds: 3600 },
} as const satisfies Record<string, Limit>;

/**
 * Failures at one login or phone from everywhere together. Past it, guessing goes on from many places at once, and each of them gets `inStorm`
 * tries instead of its usual ones: enough for a person who knows the password, slow for whoever guesses. Nobody is ever locked out by others.
 */
export const STORMS = {
  login: { name: 'sign-in/login', max: 100, seconds: 3600, inStorm: 2 },
  phone: { name: 'redeem/phone', max: 50, seconds: 3600, inStorm: 2 },
} as const satisfies Record<string, Limit & { readonly inStorm: number }>;

/** What is counted is kept as a hash: neither addresses nor phones stand in the table. */
const keyOf = (limit: Limit, of: string): string =>
  createHash('sha256').update(`${limit.name}\0${of}`).digest('base64url');

/** @throws Refusal TooManyRequests */
export async function countAttempt(knex: Knex, limit: Limit, of: string, at: Date): Promise<void> {
  const wait = await hitRateLimit(knex, { key: keyOf(limit, of), at, seconds: limit.seconds, max: limit.max });
  if (wait > 0) throw new Refusal('TooManyRequests', { retryAfter: wait });
}

/** Ends a count: whoever it was has shown who they are. */
export const forgive = (knex: Knex, limit: Limit, of: string): Promise<void> => clearAttempts(knex, keyOf(limit, of));

/** One person's door: `who` is the login or phone, `peer` the address that knocks. */
export type Door = {
  readonly who: string;
  readonly peer: string;
  readonly perPeer: Limit;
  readonly perWhoAndPeer: Limit;
  readonly storm: Limit & { readonly inStorm: number };
};

type Clock = { readonly knex: Knex; readonly at: Date };

/**
 * Runs `attempt` with its failure counted beforehand, so that many at once find no gap. One that was right takes that off again and ends the
 * count of its own peer; what others failed at from elsewhere stays counted. @throws Refusal
 */
export async function knock<T>({ knex, at }: Clock, door: Door, attempt: () => Promise<T>): Promise<T> {
  const { who, peer, perPeer, storm } = door;
  const pair = JSON.stringify([who, peer]);
  await countAttempt(knex, perPeer, peer, at);
  const stormy = (await hitRateLimit(knex, { ...storm, key: keyOf(storm, who), at })) > 0;
  const max = stormy ? Math.min(storm.inStorm, door.perWhoAndPeer.max) : door.perWhoAndPeer.max;
  await countAttempt(knex, { ...door.perWhoAndPeer, max }, pair, at);
  const result = await attempt();
  await forgive(knex, door.perWhoAndPeer, pair);
  await giveBackAttempt(knex, keyOf(storm, who));
  await giveBackAttempt(knex, keyOf(perPeer, peer));
  return result;
}

/** Runs `attempt` of somebody who is signed in: only wrong ones use the limit up, a right one ends the count. @throws Refusal */
export async function countFailures<T>(
  { knex, at }: Clock,
  limit: Limit,
  of: string,
  attempt: () => Promise<T>,
): Promise<T> {
  await countAttempt(knex, limit, of, at);
  const result = await attempt();
  await forgive(knex, limit, of);
  return result;
}
