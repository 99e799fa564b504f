import type { Request } from 'express';
import type { Knex } from 'knex';
import { findActor, findTokenActor, touchSession } from '../../db/auth';
import { withOperator } from '../../db/tx';
import { Refusal } from '../refusal';
import { isFromTemporalUi } from '../temporal-ui-origin';
import type { Actor } from './actor';
import { readSessionCookie } from './cookies';
import { hashToken, sameText } from './secrets';

const MINUTE = 60_000;
/** A session ends after this long without a request, whatever its absolute end. */
const IDLE_MS = { staff: 120 * MINUTE, tenant: 14 * 24 * 60 * MINUTE } as const;
/** Absolute life of a session. */
export const SESSION_MS = { staff: 12 * 60 * MINUTE, tenant: 60 * 24 * 60 * MINUTE } as const;
/** Writing down each request's time would be a write per read. */
const TOUCH_MS = 5 * MINUTE;

/** Whose cookie it is; undefined when the session ended, idled out, or its owner was disabled. */
export async function identifySession(knex: Knex, token: string, now: number): Promise<Actor | undefined> {
  const tokenHash = hashToken(token);
  const row = await findActor(knex, tokenHash);
  if (!row || row.disabled || Date.parse(row.expiresAt) <= now) return undefined;
  const idleMs = now - Date.parse(row.lastSeenAt);
  if (idleMs > IDLE_MS[row.subjectKind]) return undefined;
  if (idleMs > TOUCH_MS) await withOperator(knex, row.operatorId, (tx) => touchSession(tx, tokenHash, new Date(now)));
  const { csrfToken, expiresAt, totpEnrolled } = row;
  return {
    kind: row.subjectKind,
    id: row.subjectId,
    name: row.name,
    operatorId: row.operatorId,
    operatorName: row.operatorName,
    roles: row.subjectKind === 'tenant' ? [{ role: 'tenant', communityId: null }] : row.roles,
    tokenScopes: null,
    session: { tokenHash, csrfToken, expiresAt, totpEnrolled },
  };
}

async function byToken(knex: Knex, token: string, now: number): Promise<Actor | undefined> {
  const row = await findTokenActor(knex, hashToken(token));
  if (!row || row.disabled || (row.expiresAt !== null && Date.parse(row.expiresAt) <= now)) return undefined;
  const { id, name, operatorId, operatorName, roles, scopes } = row;
  return { kind: 'token', id, name, operatorId, operatorName, roles, tokenScopes: scopes, session: null };
}

/** Who asks: by bearer token if one is sent, else by the session cookie; undefined: nobody that we know. */
export async function identify(knex: Knex, req: Request, now: number): Promise<Actor | undefined> {
  const [, bearer] = /^Bearer ([\w-]{20,200})$/.exec(req.headers.authorization ?? '') ?? [];
  if (bearer) return byToken(knex, bearer, now);
  const cookie = readSessionCookie(req);
  return cookie ? identifySession(knex, cookie, now) : undefined;
}

/** A browser sends the cookie by itself, so a change wants the token that only our own pages can read. @throws Refusal CsrfFailed */
export function checkCsrf(req: Request, actor: Actor): void {
  if (!actor.session || req.method === 'GET' || req.method === 'HEAD' || isFromTemporalUi(req)) return;
  const sent = req.headers['x-csrf-token'];
  if (typeof sent !== 'string' || !sameText(sent, actor.session.csrfToken)) throw new Refusal('CsrfFailed');
}
