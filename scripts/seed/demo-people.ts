import { hashPassword } from '../../api/auth/password';
import { DEMO_LOGINS } from '../../contract/demo-logins';
import { blindIndex, encryptPersonal, type PersonalDataKeys } from '../../db/personal-data';
import { insertStaff, replaceRoles } from '../../db/queries/staff';
import { insertTenant } from '../../db/queries/tenants';
import type { Tx } from '../../db/tx';
import { demoId } from './demo-ids';

/** The first is the tenant of contract/demo-logins.ts; phones of the others are from a range that is never given out. */
export const DEMO_TENANTS = [
  { key: 'login', name: DEMO_LOGINS.tenant.name, phone: DEMO_LOGINS.tenant.phone },
  ...['李婷', '张建国', '陈静', '刘洋', '赵敏', '周涛', '吴丽', '孙强', '何雪'].map((name, n) => ({
    key: `tenant-${n + 1}`,
    name,
    phone: `1380013810${n}`,
  })),
] as const;

export const demoTenant = (name: string) => {
  const found = DEMO_TENANTS.find((tenant) => tenant.name === name);
  if (!found) throw new RangeError(`the demo has no tenant ${name}`);
  return demoId<'tenant'>(`tenant/${found.key}`);
};

/** Staff with the published logins, and tenants with encrypted phones and made-up ID numbers. */
export async function seedPeople(tx: Tx, keys: PersonalDataKeys): Promise<void> {
  const { admin, manager, finance } = DEMO_LOGINS;
  for (const { login, password, name, role } of [admin, manager, finance]) {
    const id = demoId<'staff'>(`staff/${login}`);
    const free = await insertStaff(tx, { id, login, name, passwordHash: await hashPassword(password) });
    if (!free) throw new Error(`the login ${login} belongs to another operator of this database`);
    await replaceRoles(tx, id, [{ role, communityId: null }]);
  }
  for (const [n, { key, name, phone }] of DEMO_TENANTS.entries()) {
    const idNumber = `11010519900101${String(n + 1).padStart(3, '0')}X`;
    await insertTenant(tx, demoId<'tenant'>(`tenant/${key}`), {
      name,
      phoneEnc: encryptPersonal(phone, keys),
      phoneHash: blindIndex('phone', phone, keys),
      idKind: 'residentId',
      idNumberEnc: encryptPersonal(idNumber, keys),
      idNumberHash: blindIndex('idNumber', idNumber, keys),
    });
  }
}
