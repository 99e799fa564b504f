import type { z } from 'zod';
import { page } from '../common';
import * as v from '../lease-verbs';
import * as l from '../leases';
import * as m from '../money';
import { type Rule, route } from '../route';
import * as t from '../tenants';

export const tenantRoutes = {
  listTenants: route({
    name: 'listTenants',
    method: 'GET',
    path: '/v1/tenants',
    rule: 'tenant.read',
    tag: 'tenants',
    summary: { zh: '租客列表（脱敏）', en: 'Lists tenants, masked' },
    query: t.listTenantsQuery,
    reply: page(t.tenant),
  }),
  createTenant: route({
    name: 'createTenant',
    method: 'POST',
    path: '/v1/tenants',
    rule: 'tenant.edit',
    tag: 'tenants',
    summary: { zh: '新增租客', en: 'Adds a tenant' },
    body: t.createTenantBody,
    reply: t.tenant,
    status: 201,
    idempotency: 'optional',
  }),
  showTenant: route({
    name: 'showTenant',
    method: 'GET',
    path: '/v1/tenants/{id}',
    rule: 'tenant.read',
    tag: 'tenants',
    summary: { zh: '租客详情（脱敏）', en: 'Shows a tenant, masked' },
    params: t.tenantParams,
    reply: t.tenant,
    etag: 'give',
  }),
  editTenant: route({
    name: 'editTenant',
    method: 'PATCH',
    path: '/v1/tenants/{id}',
    rule: 'tenant.edit',
    tag: 'tenants',
    summary: { zh: '修改租客', en: 'Edits a tenant' },
    params: t.tenantParams,
    body: t.editTenantBody,
    reply: t.tenant,
    etag: 'need',
  }),
  unmaskTenant: route({
    name: 'unmaskTenant',
    method: 'POST',
    path: '/v1/tenants/{id}/unmask',
    rule: 'tenant.unmask',
    tag: 'tenants',
    summary: { zh: '查看完整手机号与证件号（留痕）', en: 'Shows phone and ID number in full; audited' },
    params: t.tenantParams,
    body: t.unmaskBody,
    reply: t.unmaskedTenant,
  }),
};

const show = <const N extends string, const P extends string>(name: N, sub: P, zh: string, en: string) =>
  ({
    name,
    method: 'GET',
    path: `/v1/leases/{id}${sub}`,
    rule: 'lease.read',
    tag: 'leases',
    summary: { zh, en },
    params: l.leaseParams,
  }) as const;

/** A verb on a lease is a sub-resource that is created: POST /v1/leases/{id}/<noun>, answered with where the lease stands. */
const verb = <const N extends string, const P extends string, const R extends Rule, B extends z.ZodType>(
  name: N,
  sub: P,
  rule: R,
  body: B,
  [zh, en]: readonly [string, string],
) =>
  ({
    name,
    method: 'POST',
    path: `/v1/leases/{id}${sub}`,
    rule,
    tag: 'leases',
    summary: { zh, en },
    params: l.leaseParams,
    body,
    reply: l.leaseReply,
    idempotency: 'optional',
  }) as const;

export const leaseRoutes = {
  listLeases: route({
    name: 'listLeases',
    method: 'GET',
    path: '/v1/leases',
    rule: 'lease.read',
    tag: 'leases',
    summary: { zh: '租约列表', en: 'Lists leases' },
    query: l.listLeasesQuery,
    reply: page(l.leaseRow),
  }),
  signLease: route({
    name: 'signLease',
    method: 'POST',
    path: '/v1/leases',
    rule: 'lease.sign',
    tag: 'leases',
    summary: { zh: '乙方签约', en: 'Party B signs; the room is held from this moment' },
    body: l.signLeaseBody,
    reply: l.leaseReply,
    status: 201,
    idempotency: 'required',
  }),
  showLease: route({ ...show('showLease', '', '租约详情', 'Shows a lease'), reply: l.leaseShow, etag: 'give' }),
  listLeaseEvents: route({
    ...show('listLeaseEvents', '/timeline', '时间线', 'What happened, in business time'),
    query: l.timelineQuery,
    reply: page(l.leaseEvent),
  }),
  listLeaseBills: route({
    ...show('listLeaseBills', '/bills', '租约账单', 'Bills of a lease'),
    query: m.leaseBillsQuery,
    reply: page(m.billRow),
  }),
  showStatement: route({
    ...show('showStatement', '/statement', '对账单', 'Statement from the ledger'),
    query: l.statementQuery,
    reply: l.statement,
  }),
  downloadContract: route({
    ...show(
      'downloadContract',
      '/contract',
      '合同 PDF（含完整手机号与证件号，留痕）',
      'The contract as PDF, with phone and ID number; audited',
    ),
    rule: 'tenant.unmask',
    bytes: 'application/pdf',
    audited: true,
  }),
  listChanges: route({
    ...show('listChanges', '/changes', '变更记录', 'Changes asked for'),
    reply: v.changeList,
  }),
};

export const leaseVerbRoutes = {
  decideApproval: route(
    verb('decideApproval', '/approval', 'lease.approve', v.approvalBody, [
      '审批通过或驳回',
      'Approves, or rejects with refund',
    ]),
  ),
  cancelLease: route(
    verb('cancelLease', '/cancellation', 'lease.end', v.reasonBody, ['生效前取消', 'Cancels before it takes effect']),
  ),
  proposeChange: route({
    name: 'proposeChange',
    method: 'POST',
    path: '/v1/leases/{id}/changes',
    rule: 'lease.change',
    tag: 'leases',
    summary: {
      zh: '变更试算（续租、变更、换房、暂停、恢复、同住人）',
      en: 'Dry run of a renewal, amendment, transfer, suspension or co-tenant',
    },
    params: l.leaseParams,
    body: v.changeBody,
    reply: v.change,
    status: 201,
    idempotency: 'optional',
  }),
  confirmChange: route({
    name: 'confirmChange',
    method: 'POST',
    path: '/v1/leases/{id}/changes/{changeId}/confirmation',
    rule: 'lease.change',
    tag: 'leases',
    summary: { zh: '确认变更', en: 'Confirms a change after its dry run' },
    params: v.changeParams,
    reply: l.leaseReply,
    idempotency: 'optional',
  }),
  quoteTermination: route({
    ...verb('quoteTermination', '/termination-quote', 'lease.end', v.terminationBody, [
      '提前退租试算',
      'What leaving early would cost',
    ]),
    reply: v.terminationQuote,
  }),
  terminateLease: route(
    verb('terminateLease', '/termination', 'lease.end', v.terminationBody, ['提前终止', 'Ends the lease early']),
  ),
  requestCheckout: route(
    verb('requestCheckout', '/checkout', 'lease.end', v.checkoutBody, ['办理退房', 'Asks to move out on a day']),
  ),
  recordInspection: route(
    verb('recordInspection', '/inspection', 'lease.inspect', v.inspectionBody, [
      '登记查房结果',
      'Records the inspection with damages',
    ]),
  ),
  evictLease: route(
    verb('evictLease', '/eviction', 'lease.end', v.evictionBody, ['清退（人工决定）', 'Evicts; a person decides']),
  ),
};

export const enforcementRoutes = {
  confirmEnforcement: route({
    ...verb('confirmEnforcement', '/enforcement/confirmation', 'enforcement.manage', v.confirmationBody, [
      '确认锁门断电',
      'Confirms a lock-out that waits for a person',
    ]),
    tag: 'enforcement',
  }),
  releaseEnforcement: route({
    ...verb('releaseEnforcement', '/enforcement/release', 'enforcement.manage', v.releaseBody, [
      '人工解除锁控',
      'Releases door and power by hand',
    ]),
    tag: 'enforcement',
  }),
  grantExemption: route({
    ...verb('grantExemption', '/exemptions', 'enforcement.manage', v.exemptionBody, [
      '豁免锁控',
      'Exempts the lease from enforcement',
    ]),
    tag: 'enforcement',
  }),
  promiseInstalments: route({
    ...verb('promiseInstalments', '/promises', 'enforcement.manage', v.promiseBody, [
      '分期承诺',
      'Records promised instalments',
    ]),
    tag: 'enforcement',
  }),
  waiveLateFee: route({
    ...verb('waiveLateFee', '/waivers', 'fee.waive', v.waiverBody, ['减免滞纳金', 'Waives late fee with a reason']),
    tag: 'enforcement',
  }),
  travelInTime: route({
    ...verb('travelInTime', '/time-travel', 'time.travel', v.timeTravelBody, [
      '时间穿越（仅演示环境）',
      'Carries one lease forward; demo installations only',
    ]),
    reply: v.timeTravelReply,
  }),
};
