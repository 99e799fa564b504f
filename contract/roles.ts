/** Everything that a rule can ask for; a route names exactly one. Nothing is allowed unless a role below grants it. */
export const PERMISSIONS = [
  'operator.read',
  'operator.edit',
  'staff.manage',
  'token.manage',
  'place.read',
  'place.edit',
  'price.edit',
  'quote.make',
  'tenant.read',
  'tenant.edit',
  'tenant.unmask',
  'lease.read',
  'lease.sign',
  'lease.approve',
  'lease.change',
  'lease.end',
  'lease.inspect',
  'enforcement.manage',
  'time.travel',
  'bill.read',
  'payment.record',
  'fee.waive',
  'device.read',
  'workOrder.read',
  'workOrder.close',
  'notice.read',
  'audit.read',
  'import.run',
  'ops.decode',
  'my.use',
] as const;

/**
 * Permissions over what belongs to no single community. A role that was given for some communities only does not bring them along: who
 * makes staff or sets the policy rules everywhere.
 */
export const WHOLE_OPERATOR: readonly Permission[] = [
  'operator.edit',
  'staff.manage',
  'token.manage',
  'audit.read',
  'ops.decode',
];

export type Permission = (typeof PERMISSIONS)[number];

const STAFF_READS = ['operator.read', 'place.read', 'lease.read', 'notice.read'] as const;

/**
 * Who may do what (权限表). A staff member holds roles for the whole operator or for single communities;
 * `tenant` is held by signing in with a phone, never granted.
 */
export const ROLE_PERMISSIONS = {
  operatorAdmin: PERMISSIONS.filter((permission) => permission !== 'my.use'),
  communityManager: [
    ...STAFF_READS,
    'place.edit',
    'quote.make',
    'tenant.read',
    'tenant.edit',
    'tenant.unmask',
    'lease.sign',
    'lease.approve',
    'lease.change',
    'lease.end',
    'lease.inspect',
    'enforcement.manage',
    'bill.read',
    'payment.record',
    'device.read',
    'workOrder.read',
    'workOrder.close',
    'import.run',
  ],
  maintenance: [...STAFF_READS, 'lease.inspect', 'device.read', 'workOrder.read', 'workOrder.close'],
  finance: [
    ...STAFF_READS,
    'quote.make',
    'price.edit',
    'tenant.read',
    'bill.read',
    'payment.record',
    'fee.waive',
    'workOrder.read',
    'workOrder.close',
  ],
  deviceOps: [...STAFF_READS, 'device.read', 'enforcement.manage', 'workOrder.read', 'workOrder.close'],
  auditor: [...STAFF_READS, 'tenant.read', 'bill.read', 'device.read', 'workOrder.read', 'audit.read'],
  tenant: ['my.use'],
  /** Speaks for a company that rents rooms for its people; company accounts do not exist yet, so it may only price rooms. */
  enterpriseAdmin: ['place.read', 'quote.make', 'notice.read'],
} as const satisfies Record<string, readonly Permission[]>;

export type Role = keyof typeof ROLE_PERMISSIONS;

export const ROLES = Object.keys(ROLE_PERMISSIONS) as Role[];

/** The roles that an administrator can give to a staff member. */
export const STAFF_ROLES = ROLES.filter((role): role is Exclude<Role, 'tenant'> => role !== 'tenant');

export type StaffRole = Exclude<Role, 'tenant'>;

export const grants = (role: Role, permission: Permission): boolean =>
  Object.hasOwn(ROLE_PERMISSIONS, role) && (ROLE_PERMISSIONS[role] as readonly Permission[]).includes(permission);

/**
 * Kinds of work orders that are about money. Closing one of them says that money was paid or received, so that a refund's order must not be
 * closed by whoever mends doors.
 */
export const MONEY_ORDER_KINDS: readonly string[] = ['refund', 'collection', 'payment'];

/** What it takes beside `workOrder.read` and `workOrder.close`: orders about money belong to the books, all others to the rooms. */
export const WORK_ORDER_NEEDS = {
  money: { read: 'bill.read', close: 'payment.record' },
  rooms: { read: 'device.read', close: 'device.read' },
} as const satisfies Record<string, Record<'read' | 'close', Permission>>;
