import { grants, PERMISSIONS, type Permission, type Role, WHOLE_OPERATOR } from '../../contract/roles';
import type { CommunityId, OperatorId } from '../../domain/ids';

/** Communities that a permission reaches; null: all of the operator. An empty list reaches nothing. */
export type Scope = readonly CommunityId[] | null;

export type Grant = { readonly role: Role; readonly communityId: string | null };

/** Who makes a request, and what they may do where. */
export type Actor = {
  readonly kind: 'staff' | 'tenant' | 'token';
  readonly id: string;
  readonly name: string;
  readonly operatorId: OperatorId;
  readonly operatorName: string;
  readonly roles: readonly Grant[];
  /** Limits a token further than the roles of who made it; null: no limit. */
  readonly tokenScopes: readonly string[] | null;
  readonly session: {
    readonly tokenHash: string;
    readonly csrfToken: string;
    readonly expiresAt: string;
    readonly totpEnrolled: boolean;
  } | null;
};

/** Name of an actor in audit rows and workflow messages. */
export const actorName = ({ kind, id }: Pick<Actor, 'kind' | 'id'>): string => `${kind}:${id}`;

/** Where the actor has the permission; undefined: nowhere. A role for the whole operator outweighs those for single communities. */
export function scopeOf(actor: Actor, permission: Permission): Scope | undefined {
  if (actor.tokenScopes && !actor.tokenScopes.includes(permission)) return undefined;
  const granting = actor.roles.filter(({ role }) => grants(role, permission));
  if (granting.length === 0) return undefined;
  if (granting.some(({ communityId }) => communityId === null)) return null;
  if (WHOLE_OPERATOR.includes(permission)) return undefined;
  return [...new Set(granting.map(({ communityId }) => communityId as CommunityId))];
}

export const permissionsOf = (actor: Actor): Permission[] =>
  PERMISSIONS.filter((permission) => scopeOf(actor, permission) !== undefined);

/** Communities that any of the actor's roles reaches. */
export function communitiesOf(actor: Actor): Scope {
  if (actor.roles.some(({ communityId }) => communityId === null)) return null;
  return [...new Set(actor.roles.map(({ communityId }) => communityId as CommunityId))];
}
