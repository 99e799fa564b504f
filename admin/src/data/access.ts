import type { Permission } from '../../../contract/roles';
import type { Session } from './contract';

const READ: Readonly<Record<string, Permission>> = {
  communities: 'place.read',
  buildings: 'place.read',
  rooms: 'place.read',
  leases: 'lease.read',
  approvals: 'lease.read',
  tenants: 'tenant.read',
  bills: 'bill.read',
  payments: 'bill.read',
  'bank-lines': 'payment.record',
  'quarantined-payments': 'payment.record',
  prices: 'place.read',
  quotes: 'quote.make',
  'work-orders': 'workOrder.read',
  notices: 'notice.read',
  imports: 'import.run',
  policy: 'operator.read',
  'audit-entries': 'audit.read',
};

const CHANGE: Readonly<Record<string, Permission>> = {
  communities: 'place.edit',
  rooms: 'place.edit',
  leases: 'lease.sign',
  tenants: 'tenant.edit',
  prices: 'price.edit',
  policy: 'operator.edit',
};

/** A contract shows phone and ID number in full. */
export const CONTRACT_DOWNLOAD: Permission = 'tenant.unmask';

/** The permission that an action of react-admin stands for; undefined: nobody may (business records are never deleted). */
export function permissionFor(resource: string, action: string): Permission | undefined {
  if (action === 'list' || action === 'show') return READ[resource];
  return action === 'create' || action === 'edit' ? CHANGE[resource] : undefined;
}

export const may = (session: Session | undefined, permission: Permission | undefined): boolean =>
  permission !== undefined && (session?.permissions.includes(permission) ?? false);
