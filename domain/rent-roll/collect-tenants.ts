import { both } from './cell';
import type { Draft } from './draft';
import type { Row } from './fields';
import { fold, type RollTenant, rollKey } from './roll';
import { type Origin, type Refusal, refusal } from './table';

/** How a row names a person. */
export type Person = { readonly name: string } & Pick<Row<'tenants'>, 'phone' | 'idNumber'>;

export type Identified = { readonly tenant: RollTenant } | { readonly refused: Refusal };

/**
 * One person, however many rows name them: the ID number decides, else phone and name together. Rows that contradict each other are
 * refused, since merging two people would show one the other's bills.
 */
export function identify(draft: Draft, origin: Origin, person: Person): Identified {
  const { name, phone, idNumber } = person;
  if (phone === null && idNumber === null) return byName(draft, origin, name);
  const byId = idNumber === null ? undefined : draft.tenantByIdNumber.get(idNumber.number);
  const byPhone = phone === null ? undefined : draft.tenantByPhone.get(phone);
  const known = byId ?? byPhone;
  if (known === undefined) return { tenant: putTenant(draft, origin, person) };
  if (fold(known.name) !== fold(name)) {
    return clash(origin, byId ? 'idNumber' : 'phone', known, both('姓名与', 'another name than in'));
  }
  if (byId && phone !== null && known.phone !== null && known.phone !== phone) {
    return clash(origin, 'phone', known, both('手机号与', 'another phone than in'));
  }
  if (byId && byPhone && byId !== byPhone)
    return clash(origin, 'phone', byPhone, both('手机号属于', 'the phone belongs to'));
  if (!byId && idNumber !== null && known.id !== null) {
    return clash(origin, 'idNumber', known, both('证件号与', 'another ID number than in'));
  }
  if (phone !== null && known.phone === null) {
    known.phone = phone;
    draft.tenantByPhone.set(phone, known);
  }
  if (idNumber !== null && known.id === null) {
    known.id = idNumber;
    draft.tenantByIdNumber.set(idNumber.number, known);
  }
  return { tenant: known };
}

function putTenant(draft: Draft, origin: Origin, { name, phone, idNumber }: Person): RollTenant {
  const key = idNumber === null ? rollKey('phone', phone ?? '', name) : rollKey('id', idNumber.number);
  const tenant = { key, name, phone, id: idNumber, origin };
  draft.tenants.set(key, tenant);
  if (phone !== null) draft.tenantByPhone.set(phone, tenant);
  if (idNumber !== null) draft.tenantByIdNumber.set(idNumber.number, tenant);
  return tenant;
}

/** A lease may name its tenant alone when the file knows exactly one person of that name. */
function byName(draft: Draft, origin: Origin, name: string): Identified {
  const same = [...draft.tenants.values()].filter((tenant) => fold(tenant.name) === fold(name));
  const [only] = same;
  if (only && same.length === 1) return { tenant: only };
  const reason = only
    ? both('同名租客不止一位,请填写手机号或证件号', 'several tenants have this name; give a phone or ID number')
    : both('手机号和证件号至少填一项', 'give a phone or an ID number');
  return { refused: refusal(origin, 'tenant', reason) };
}

function clash(origin: Origin, field: string, known: RollTenant, how: string): { readonly refused: Refusal } {
  const [zh = '', en = ''] = how.split(' / ');
  const { sheet, row } = known.origin;
  const reason = both(`${zh}“${sheet.name}”第 ${row} 行的租客不一致`, `${en} row ${row} of "${sheet.name}"`);
  return { refused: refusal(origin, field, reason) };
}

export function collectTenant(draft: Draft, origin: Origin, row: Row<'tenants'>): Refusal[] {
  if (row.phone === null && row.idNumber === null) {
    return [refusal(origin, 'phone', both('手机号和证件号至少填一项', 'give a phone or an ID number'))];
  }
  const found = identify(draft, origin, { name: row.tenant, phone: row.phone, idNumber: row.idNumber });
  return 'refused' in found ? [found.refused] : [];
}
