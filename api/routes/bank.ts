import { ROUTES } from '../../contract/http/routes';
import { listLines, listStatements } from '../../db/queries/bank';
import type { TenantId } from '../../domain/ids';
import { formatPaymentCode, paymentCode } from '../../domain/payment-code';
import type { Scope } from '../auth/actor';
import { countAttempt, LIMITS } from '../auth/attempts';
import { importStatement, openStatement } from '../bank-import';
import { assignLine, dismissLine, presentLines } from '../bank-lines';
import { orderBy } from '../cursor';
import { idFrom } from '../idempotency';
import { accessLease } from '../lease-access';
import { byId, paged } from '../paged';
import { Refusal } from '../refusal';
import { on } from '../router';
import { readUpload } from '../upload';

const byDay = orderBy<{ readonly bookedOn: string; readonly id: string }>(['day', 'uuid'], ({ bookedOn, id }) => [
  bookedOn,
  id,
]);

/** An account of the operator takes money of all communities. @throws Refusal Forbidden for staff of single ones */
function wantWhole(scope: Scope): void {
  if (scope !== null) throw new Refusal('Forbidden');
}

export const bankRoutes = [
  on(ROUTES.importBankStatement, async ({ req, query, actor, scope, at, tx, services: { knex, imports } }) => {
    wantWhole(scope);
    const { operatorId } = actor;
    await countAttempt(knex, LIMITS.importPerOperator, operatorId, at);
    return imports.inTurn(operatorId, async () => {
      const file = await readUpload(req);
      const statement = openStatement(file, query.account);
      const newPaymentId = (key: string) => idFrom<'payment'>(['bank', operatorId, key], at);
      const run = { actor, at, fileName: file.name.slice(0, 200), newPaymentId, dryRun: query.dryRun === 'true' };
      return tx((open) => importStatement(open, statement, run));
    });
  }),

  on(ROUTES.listBankStatements, ({ query, scope, tx }) => {
    wantWhole(scope);
    return tx((open) => paged(query, (page) => listStatements(open, page), byId));
  }),

  on(ROUTES.listBankLines, ({ query, scope, tx, at }) => {
    wantWhole(scope);
    return tx(async (open) => {
      const { items, nextCursor } = await paged(query, (page) => listLines(open, query, page), byDay);
      return { items: await presentLines(open, items, at), nextCursor };
    });
  }),

  on(ROUTES.assignBankLine, ({ params: { id }, body, actor, scope, at, tx, businessId }) => {
    wantWhole(scope);
    const paymentId = businessId('payment');
    return tx((open) => assignLine(open, { id, actor, at, paymentId, ...body }));
  }),

  on(ROUTES.dismissBankLine, ({ params: { id }, body, actor, scope, at, tx }) => {
    wantWhole(scope);
    return tx((open) => dismissLine(open, { id, actor, at, ...body }));
  }),

  on(ROUTES.showMyPaymentCode, ({ params: { id }, actor, tx }) =>
    tx(async (open) => {
      await accessLease(open, id, { tenantId: actor.id as TenantId });
      return { code: formatPaymentCode(paymentCode(id)) };
    }),
  ),
];
