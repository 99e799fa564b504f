import { ROUTES } from '../../contract/http/routes';
import { audit } from '../../db/audit';
import * as operators from '../../db/queries/operator';
import { lockRow } from '../../db/queries/places';
import * as staff from '../../db/queries/staff';
import { type Tx, withOperator } from '../../db/tx';
import { DEFAULT_POLICY } from '../../domain/default-policy';
import type { OperatorId, StaffId } from '../../domain/ids';
import { checkPolicy } from '../../domain/policy-check';
import { note } from '../audit';
import { countAttempt, LIMITS } from '../auth/attempts';
import { hashPassword } from '../auth/password';
import { Refusal } from '../refusal';
import { on } from '../router';

const present = async (tx: Tx) => {
  const { id, name, createdAt } = await operators.readOperator(tx);
  return { id, name, createdAt };
};

const FIRST_ROLES = [{ role: 'operatorAdmin', communityId: null }] as const;

type SignUp = { readonly name: string; readonly login: string; readonly adminName: string };

/** Nobody is signed in yet: the first administrator has made operator and account alike. */
async function noteSignUp(tx: Tx, id: StaffId, { name, login, adminName }: SignUp): Promise<void> {
  const actor = { kind: 'staff', id, name: adminName } as const;
  await audit(tx, {
    ...{ actor, action: 'operator.signUp', subject: { kind: 'operator', id: tx.operatorId } },
    after: { name, policy: DEFAULT_POLICY },
  });
  const after = { login, name: adminName, roles: FIRST_ROLES };
  await audit(tx, { actor, action: 'staff.create', subject: { kind: 'staff', id }, after });
}

export const operatorRoutes = [
  on(ROUTES.signUp, async ({ body, services, req, at, businessId }) => {
    await countAttempt(services.knex, LIMITS.signUpPerPeer, req.ip ?? '', at);
    const operatorId: OperatorId = businessId('operator');
    const id: StaffId = businessId('staff');
    const passwordHash = await hashPassword(body.password);
    return withOperator(services.knex, operatorId, async (tx) => {
      await operators.insertOperator(tx, body.name, DEFAULT_POLICY);
      const made = await staff.insertStaff(tx, { id, login: body.login, name: body.adminName, passwordHash });
      if (!made) throw new Refusal('LoginTaken');
      await staff.replaceRoles(tx, id, FIRST_ROLES);
      await noteSignUp(tx, id, body);
      return present(tx);
    });
  }),

  on(ROUTES.showOperator, ({ tx }) => tx(present)),

  on(ROUTES.editOperator, async ({ actor, body, tx, requireMatch }) =>
    tx(async (open) => {
      await lockRow(open, 'operator', actor.operatorId);
      const before = await present(open);
      requireMatch(before);
      await operators.renameOperator(open, body.name);
      const subject = { kind: 'operator', id: actor.operatorId };
      await note(open, actor, { action: 'operator.edit', subject, before: { name: before.name }, after: body });
      return present(open);
    }),
  ),

  on(ROUTES.showPolicy, async ({ tx }) => (await tx(operators.readOperator)).policy),

  on(ROUTES.editPolicy, async ({ actor, body, tx, requireMatch }) => {
    const wrong = checkPolicy(body);
    if (wrong.length > 0) {
      throw new Refusal('PolicyInvalid', { errors: wrong.map(({ field, text }) => ({ path: field, message: text })) });
    }
    return tx(async (open) => {
      await lockRow(open, 'operator', actor.operatorId);
      const before = (await operators.readOperator(open)).policy;
      requireMatch(before);
      await operators.replacePolicy(open, body);
      const subject = { kind: 'operator', id: actor.operatorId };
      await note(open, actor, { action: 'operator.editPolicy', subject, before, after: body });
      return (await operators.readOperator(open)).policy;
    });
  }),

  on(ROUTES.showOverview, ({ query, scope, tx }) =>
    tx((open) => operators.readOverview(open, scope, query.communityId)),
  ),
];
