import type { z } from 'zod';
import { ROUTES } from '../../contract/http/routes';
import type { createTenantBody } from '../../contract/http/tenants';
import { blindIndex, decryptPersonal, encryptPersonal, type PersonalDataKeys } from '../../db/personal-data';
import { lockRow } from '../../db/queries/places';
import * as tenants from '../../db/queries/tenants';
import { note } from '../audit';
import { orderBy } from '../cursor';
import { maskTenant } from '../masked';
import { paged } from '../paged';
import { found, Refusal } from '../refusal';
import { on } from '../router';

type Known = Pick<z.output<typeof createTenantBody>, 'name' | 'idKind' | 'idNumber'> & {
  readonly phone: string | null;
};

const seal = (text: string | null, keys: PersonalDataKeys) => (text === null ? null : encryptPersonal(text, keys));

const index = (kind: 'phone' | 'idNumber', text: string | null, keys: PersonalDataKeys) =>
  text === null ? null : blindIndex(kind, text, keys);

const factsOf = ({ name, phone, idKind, idNumber }: Known, keys: PersonalDataKeys): tenants.TenantFacts => ({
  name,
  phoneEnc: seal(phone, keys),
  phoneHash: index('phone', phone, keys),
  idKind,
  idNumberEnc: seal(idNumber, keys),
  idNumberHash: index('idNumber', idNumber, keys),
});

const unseal = (stored: string | null, keys: PersonalDataKeys) =>
  stored === null ? null : decryptPersonal(stored, keys);

const unmask = (stored: tenants.StoredTenant, keys: PersonalDataKeys): Known => ({
  name: stored.name,
  phone: unseal(stored.phoneEnc, keys),
  idKind: stored.idKind,
  idNumber: unseal(stored.idNumberEnc, keys),
});

const isPhone = (text: string): boolean => /^1\d{10}$/.test(text);

const byName = orderBy<{ readonly name: string; readonly id: string }>(['text', 'uuid'], ({ name, id }) => [name, id]);

export const tenantRoutes = [
  on(ROUTES.listTenants, ({ query, scope, services: { personalDataKeys: keys }, tx }) => {
    const { search } = query;
    const asked =
      search === undefined ? {} : isPhone(search) ? { phoneHash: blindIndex('phone', search, keys) } : { name: search };
    return tx(async (open) => {
      const read = (page: Parameters<typeof tenants.listTenants>[2]) =>
        tenants.listTenants(open, { scope, ...asked }, page);
      const page = await paged(query, read, byName);
      return { ...page, items: page.items.map((tenant) => maskTenant(tenant, keys)) };
    });
  }),

  on(ROUTES.createTenant, async ({ actor, body, scope, services: { personalDataKeys: keys }, tx, businessId }) => {
    const id = businessId('tenant');
    return tx(async (open) => {
      await tenants.insertTenant(open, id, factsOf(body, keys));
      await note(open, actor, { action: 'tenant.create', subject: { kind: 'tenant', id }, after: { name: body.name } });
      return maskTenant(found(await tenants.findTenant(open, id, scope)), keys);
    });
  }),

  on(ROUTES.showTenant, async ({ params: { id }, scope, services: { personalDataKeys: keys }, tx }) =>
    maskTenant(found(await tx((open) => tenants.findTenant(open, id, scope))), keys),
  ),

  on(
    ROUTES.editTenant,
    async ({ actor, params: { id }, body, scope, services: { personalDataKeys: keys }, tx, requireMatch }) =>
      tx(async (open) => {
        await lockRow(open, 'tenant', id);
        const stored = found(await tenants.findTenant(open, id, scope));
        requireMatch(maskTenant(stored, keys));
        const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
        await tenants.updateTenant(open, id, factsOf({ ...unmask(stored, keys), ...given }, keys));
        const after = { fields: Object.keys(given) };
        await note(open, actor, { action: 'tenant.edit', subject: { kind: 'tenant', id }, after });
        return maskTenant(found(await tenants.findTenant(open, id, scope)), keys);
      }),
  ),

  on(
    ROUTES.unmaskTenant,
    async ({ actor, params: { id }, body, scope, services: { personalDataKeys: keys }, tx, at }) => {
      if (actor.kind === 'tenant') throw new Refusal('Forbidden');
      return tx(async (open) => {
        const stored = found(await tenants.findTenant(open, id, scope));
        if (!(await tenants.belongsTo(open, id, { scope, actorId: actor.id }))) throw new Refusal('TenantOfOthers');
        await note(open, actor, { action: 'tenant.unmask', subject: { kind: 'tenant', id }, why: body.reason });
        return { id, ...unmask(stored, keys), unmaskedAt: at.toISOString() };
      });
    },
  ),
];
