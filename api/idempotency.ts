import { createHash, createHmac } from 'node:crypto';
import type { Request } from 'express';
import type { Knex } from 'knex';
import { PROBLEMS } from '../contract/errors';
import { claimKey, forgetKey, keepAnswer } from '../db/idempotency-keys';
import { withOperator } from '../db/tx';
import { type Id, parseId } from '../domain/ids';
import { type Actor, actorName } from './auth/actor';
import { asRefusal, problemOf } from './problems';
import { Refusal } from './refusal';

/** After this long a request without an answer is taken for dead and may be made again. */
const TAKE_OVER_SECONDS = 60;

type StoredAnswer = { readonly status: number; readonly body: unknown };

const KEY = /^[\x21-\x7e]{8,100}$/;

/** @throws Refusal when the key is missing where it is needed, or is no key. */
export function readKey(req: Request, need: 'required' | 'optional'): string | undefined {
  const key = req.headers['idempotency-key'];
  if (key === undefined && need === 'optional') return undefined;
  if (typeof key !== 'string' || !KEY.test(key)) throw new Refusal('IdempotencyKeyNeeded');
  return key;
}

/**
 * What a workflow knows a command by. A workflow remembers its update ids whoever sent them, so the bare key would hand one person's answer
 * to another who happened to choose the same.
 */
export const commandIdOf = (actor: Pick<Actor, 'kind' | 'id'> | undefined, route: string, key: string): string =>
  createHash('sha256')
    .update(JSON.stringify([actor ? actorName(actor) : '', route, key]))
    .digest('base64url');

/**
 * Everything that makes two requests the same request. Keyed, because bodies hold passwords and phones: whoever reads the table of keys must
 * not be able to try them against it.
 */
export const hashRequest = (req: Pick<Request, 'method' | 'originalUrl' | 'body'>, key: Buffer): string =>
  createHmac('sha256', key)
    .update(`request\0${JSON.stringify([req.method, req.originalUrl, req.body ?? null])}`)
    .digest('base64url');

/**
 * A UUID v7 that a repetition of the request arrives at again, so that a crash between two steps makes nothing twice. `since` is when the
 * request was first made: ids sort by time.
 */
export function idFrom<Kind extends string>(seed: readonly string[], since: Date): Id<Kind> {
  const hash = createHash('sha256').update(JSON.stringify(seed)).digest('hex');
  const time = since.getTime().toString(16).padStart(12, '0');
  return parseId(`${time.slice(0, 8)}-${time.slice(8)}-7${hash.slice(0, 3)}-a${hash.slice(3, 6)}-${hash.slice(6, 18)}`);
}

type Attempt = { readonly knex: Knex; readonly actor: Actor; readonly key: string; readonly requestHash: string };

/**
 * Runs `work` once per key: a repetition gets the first answer again, refusals of the business included. What may succeed later (a
 * workflow that did not answer) is not kept, so that the caller can try again under the same key.
 */
export async function once(
  { knex, actor, key, requestHash }: Attempt,
  work: (since: Date) => Promise<StoredAnswer>,
): Promise<StoredAnswer> {
  const owner = { actor: actorName(actor), key };
  const inOperator = <T>(step: (tx: Parameters<typeof claimKey>[0]) => Promise<T>) =>
    withOperator(knex, actor.operatorId, step);
  const claim = await inOperator((tx) => claimKey(tx, { ...owner, requestHash, takeOverSeconds: TAKE_OVER_SECONDS }));
  if (claim.kind === 'otherRequest') throw new Refusal('IdempotencyKeyReused');
  if (claim.kind === 'running') throw new Refusal('RequestInProgress', { retryAfter: 1 });
  if (claim.kind === 'answered') return claim.answer;
  try {
    const answer = await work(new Date(claim.since));
    await inOperator((tx) => keepAnswer(tx, owner, answer));
    return answer;
  } catch (error) {
    const refusal = asRefusal(error);
    if (refusal && isFinal(refusal)) await inOperator((tx) => keepAnswer(tx, owner, answerOf(refusal)));
    else await inOperator((tx) => forgetKey(tx, owner));
    throw error;
  }
}

const answerOf = (refusal: Refusal): StoredAnswer => {
  const problem = problemOf(refusal, 'urn:request:first');
  return { status: problem.status, body: problem };
};

/** Where a lease stands can be another thing a moment later, also when the worker died between the record and the workflow. */
const isFinal = ({ code }: Refusal): boolean =>
  code !== 'IllegalTransition' &&
  !PROBLEMS[code].retryable &&
  (PROBLEMS[code].status === 409 || PROBLEMS[code].status === 422);
