import { ROUTES } from '../../contract/http/routes';
import { type Permission, ROLE_PERMISSIONS, type StaffRole } from '../../contract/roles';
import * as staff from '../../db/queries/staff';
import type { Tx } from '../../db/tx';
import { note } from '../audit';
import { type Actor, permissionsOf } from '../auth/actor';
import { hashPassword } from '../auth/password';
import { hashToken, newToken } from '../auth/secrets';
import { orderBy } from '../cursor';
import { paged } from '../paged';
import { found, Refusal } from '../refusal';
import { on } from '../router';

const DAY_MS = 86_400_000;

const BY_LOGIN = orderBy<{ readonly login: string }>(['text'], ({ login }) => [login]);
const BY_AGE = orderBy<{ readonly createdAt: string; readonly id: string }>(
  ['instant', 'uuid'],
  ({ createdAt, id }) => [createdAt, id],
);

type Member = NonNullable<Awaited<ReturnType<typeof staff.findStaff>>>;

const subject = (id: string) => ({ kind: 'staff', id });
const facts = ({ name, disabled, roles }: Member) => ({ name, disabled, roles });

/** An operator that nobody can administer is lost. @throws Refusal LastAdministrator */
async function keepAnAdministrator(tx: Tx): Promise<void> {
  if ((await staff.countAdministrators(tx)) === 0) throw new Refusal('LastAdministrator');
}

/** A token can never do more than who makes it. @throws Refusal Forbidden */
function checkScopes(actor: Actor, scopes: readonly Permission[]): void {
  const own = new Set(permissionsOf(actor));
  if (!scopes.every((scope) => own.has(scope))) throw new Refusal('Forbidden');
}

/** Nobody gives away more than they have; a token has less than who made it. @throws Refusal Forbidden */
const checkRoles = (actor: Actor, roles: readonly { readonly role: StaffRole }[]): void =>
  checkScopes(
    actor,
    roles.flatMap(({ role }) => [...ROLE_PERMISSIONS[role]]),
  );

export const staffRoutes = [
  on(ROUTES.listStaff, ({ query, tx }) => tx((open) => paged(query, (page) => staff.listStaff(open, page), BY_LOGIN))),

  on(ROUTES.createStaff, async ({ actor, body, tx, businessId }) => {
    const id = businessId('staff');
    const { login, name, roles } = body;
    checkRoles(actor, roles);
    const passwordHash = await hashPassword(body.password);
    return tx(async (open) => {
      if (!(await staff.insertStaff(open, { id, login, name, passwordHash }))) throw new Refusal('LoginTaken');
      await staff.replaceRoles(open, id, roles as { role: StaffRole; communityId: string | null }[]);
      await note(open, actor, { action: 'staff.create', subject: subject(id), after: { login, name, roles } });
      return found(await staff.findStaff(open, id));
    });
  }),

  on(ROUTES.editStaff, async ({ actor, params: { id }, body, tx }) =>
    tx(async (open) => {
      checkRoles(actor, body.roles ?? []);
      const before = found(await staff.findStaff(open, id));
      await staff.updateStaff(open, id, { name: body.name ?? before.name, disabled: body.disabled ?? before.disabled });
      if (body.roles)
        await staff.replaceRoles(open, id, body.roles as { role: StaffRole; communityId: string | null }[]);
      await keepAnAdministrator(open);
      const after = found(await staff.findStaff(open, id));
      await note(open, actor, {
        action: 'staff.edit',
        subject: subject(id),
        before: facts(before),
        after: facts(after),
      });
      return after;
    }),
  ),

  on(ROUTES.listTokens, ({ query, tx }) => tx((open) => paged(query, (page) => staff.listTokens(open, page), BY_AGE))),

  on(ROUTES.createToken, async ({ actor, body, tx, businessId, at }) => {
    if (actor.kind !== 'staff') throw new Refusal('StaffOnly');
    checkScopes(actor, body.scopes);
    const token = newToken();
    const expiresAt = new Date(at.getTime() + body.days * DAY_MS).toISOString();
    const made = {
      id: businessId('apiToken'),
      name: body.name,
      scopes: body.scopes,
      createdAt: at.toISOString(),
      expiresAt,
    };
    await tx(async (open) => {
      await staff.insertToken(open, { ...made, tokenHash: hashToken(token), createdBy: actor.id });
      await note(open, actor, { action: 'token.create', subject: { kind: 'token', id: made.id }, after: made });
    });
    return { ...made, token };
  }),

  on(ROUTES.revokeToken, async ({ actor, params: { id }, tx, at }) =>
    tx(async (open) => {
      const before = found(await staff.revokeToken(open, id, at));
      const after = { revokedAt: at.toISOString() };
      await note(open, actor, { action: 'token.revoke', subject: { kind: 'token', id }, before, after });
      return undefined;
    }),
  ),
];
