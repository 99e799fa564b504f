import type { Request, Response } from 'express';
import { insertSession } from '../../db/auth';
import { withOperator } from '../../db/tx';
import type { OperatorId } from '../../domain/ids';
import type { Services } from '../services';
import { type Actor, communitiesOf, permissionsOf } from './actor';
import { setSessionCookies } from './cookies';
import { identifySession, SESSION_MS } from './identify';
import { hashToken, newToken } from './secrets';

export const isSecure = ({ publicUrl }: Pick<Services, 'publicUrl'>): boolean => publicUrl.startsWith('https:');

type Subject = { readonly kind: 'staff' | 'tenant'; readonly id: string; readonly operatorId: OperatorId };

/** Opens a session for a person who has proved who they are, and answers what GET /v1/session would. */
export async function openSession(
  services: Services,
  subject: Subject,
  { req, res, at }: { readonly req: Request; readonly res: Response; readonly at: Date },
) {
  const token = newToken();
  const csrfToken = newToken();
  const expiresAt = new Date(at.getTime() + SESSION_MS[subject.kind]);
  await withOperator(services.knex, subject.operatorId, (tx) =>
    insertSession(tx, {
      tokenHash: hashToken(token),
      subjectKind: subject.kind,
      subjectId: subject.id,
      csrfToken,
      at,
      expiresAt,
      userAgent: req.headers['user-agent'] ?? '',
    }),
  );
  setSessionCookies(res, { token, csrfToken, expiresAt }, { secure: isSecure(services) });
  const actor = await identifySession(services.knex, token, at.getTime());
  if (!actor) throw new Error('a session that was just opened is not there');
  return describeSession(services, actor);
}

/** The session as its owner's app needs it: who, what they may do, and the CSRF token to send back. */
export const describeSession = (services: Services, actor: Actor) => ({
  kind: actor.kind,
  id: actor.id,
  name: actor.name,
  operator: { id: actor.operatorId, name: actor.operatorName },
  roles: actor.roles.map(({ role, communityId }) => ({ role, communityId })),
  permissions: permissionsOf(actor),
  communityIds: communitiesOf(actor)?.slice() ?? null,
  csrfToken: actor.session?.csrfToken ?? null,
  totpEnrolled: actor.session?.totpEnrolled ?? false,
  timeTravel: services.timeTravel !== null,
  expiresAt: actor.session?.expiresAt ?? null,
});
