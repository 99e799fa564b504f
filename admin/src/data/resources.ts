/** Where each resource of react-admin lives in the API. `edit` says how an edit is sent; all edits carry If-Match but a price's. */
export const RESOURCES = {
  communities: { path: '/v1/communities' },
  buildings: { path: '/v1/buildings' },
  'room-types': { path: '/v1/room-types' },
  rooms: { path: '/v1/rooms' },
  prices: { path: '/v1/prices', withoutEtag: true },
  tenants: { path: '/v1/tenants' },
  leases: { path: '/v1/leases' },
  bills: { path: '/v1/bills' },
  payments: { path: '/v1/payments' },
  'bank-lines': { path: '/v1/bank-statement-lines' },
  'quarantined-payments': { path: '/v1/quarantined-payments', idFields: ['channel', 'providerNumber'] },
  approvals: { path: '/v1/approvals', idFields: ['leaseId'] },
  notices: { path: '/v1/notices' },
  'work-orders': { path: '/v1/work-orders' },
  'audit-entries': { path: '/v1/audit-entries' },
  imports: { path: '/v1/imports' },
} as const satisfies Record<string, ResourceSpec>;

export type ResourceSpec = {
  readonly path: string;
  readonly withoutEtag?: true;
  /** What tells its records apart where they have no `id`. */
  readonly idFields?: readonly string[];
};

/** @throws RangeError for a resource that the API does not have. */
export function resourceOf(name: string): ResourceSpec {
  const spec: ResourceSpec | undefined = RESOURCES[name as keyof typeof RESOURCES];
  if (!spec) throw new RangeError(`no such resource: ${name}`);
  return spec;
}
