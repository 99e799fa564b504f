import type { TenantId } from '../ids';
import { both } from './cell';
import { isOut, type Planning, refuse } from './planning';
import { fold, type RollTenant } from './roll';
import type { KnownTenant } from './snapshot';
import type { Origin } from './table';

/** Tenants with rows of their own; those that only leases name come in with their lease. */
export function planTenants(planning: Planning): void {
  for (const { key, origin } of planning.roll.tenants.values()) {
    if (origin.sheet.kind === 'tenants' && !isOut(planning, origin)) useTenant(planning, key, origin);
  }
}

export function useTenant(planning: Planning, key: string, origin: Origin): TenantId | null {
  const done = planning.tenants.get(key);
  if (done !== undefined) return done;
  const tenant = planning.roll.tenants.get(key);
  const id = tenant ? decide(planning, tenant, origin) : null;
  if (id !== null) planning.tenants.set(key, id);
  return id;
}

function decide(planning: Planning, tenant: RollTenant, origin: Origin): TenantId | null {
  const { snapshot, changes } = planning;
  const byId = tenant.id ? snapshot.tenantsByIdNumber.get(tenant.id.number) : undefined;
  const byPhone = tenant.phone === null ? undefined : snapshot.tenantsByPhone.get(tenant.phone);
  const known = byId ?? byPhone;
  if (!known) {
    const id = planning.newId() as TenantId;
    changes.newTenants.push({ id, name: tenant.name, phone: tenant.phone, document: tenant.id });
    planning.created.tenants++;
    return id;
  }
  if (byId && byPhone && byId.id !== byPhone.id) return refuse(planning, origin, 'phone', PHONE_OF_ANOTHER);
  if (!byId && fold(known.name) !== fold(tenant.name)) return refuse(planning, origin, 'phone', PHONE_OF_ANOTHER);
  if (!byId && tenant.id && known.hasIdNumber) return refuse(planning, origin, 'idNumber', ANOTHER_ID);
  const news = newsAbout(tenant, known, { byId: byId !== undefined, byPhone: byPhone !== undefined });
  if (news === null) planning.unchanged.tenants++;
  else {
    planning.changed.tenants++;
    changes.changedTenants.push({ id: known.id, ...news });
  }
  return known.id;
}

type Found = { readonly byId: boolean; readonly byPhone: boolean };

function newsAbout(tenant: RollTenant, known: KnownTenant, found: Found) {
  const phone = found.byPhone ? null : tenant.phone;
  const document = found.byId ? null : tenant.id;
  const renamed = fold(known.name) !== fold(tenant.name);
  return phone === null && document === null && !renamed ? null : { name: tenant.name, phone, document };
}

const PHONE_OF_ANOTHER = both('该手机号已属于另一位租客', 'the phone belongs to another tenant already');
const ANOTHER_ID = both(
  '该租客在系统中的证件号不同',
  'the tenant with this phone has another ID number on the platform',
);
