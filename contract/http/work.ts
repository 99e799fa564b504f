import { z } from 'zod';
import { id, idParams, instant, pageQuery, text } from './common';

/** Something that waits for a person's decision. */
export const approval = z.object({
  kind: z.enum(['lease', 'enforcement']),
  leaseId: z.string(),
  leaseNumber: z.string(),
  communityId: z.string(),
  roomName: z.string(),
  tenantName: z.string(),
  startsOn: z.string(),
  endsOn: z.string(),
  /** First bill for a lease, overdue sum for an enforcement. */
  amountFen: z.int(),
});
export const listApprovalsQuery = z.strictObject({ ...pageQuery, communityId: id('community').optional() });

export const notice = z.object({
  id: z.string(),
  leaseId: z.string().nullable(),
  template: z.string(),
  title: z.string(),
  text: z.string(),
  servedAt: instant,
  readAt: instant.nullable(),
});
export const listNoticesQuery = z.strictObject({
  ...pageQuery,
  unread: z.enum(['true', 'false']).optional(),
  leaseId: id('lease').optional(),
});
export const noticeParams = idParams('notice');

const workOrderStatus = z.enum(['open', 'inProgress', 'done', 'cancelled']);

export const workOrder = z.object({
  id: z.string(),
  kind: z.string(),
  priority: z.enum(['urgent', 'high', 'normal']),
  status: workOrderStatus,
  leaseId: z.string().nullable(),
  roomId: z.string().nullable(),
  roomName: z.string().nullable(),
  description: z.string(),
  openedAt: instant,
  closedAt: instant.nullable(),
  outcome: z.string().nullable(),
});
export const listWorkOrdersQuery = z.strictObject({
  ...pageQuery,
  status: workOrderStatus.optional(),
  communityId: id('community').optional(),
});
export const closeWorkOrderBody = z.strictObject({ outcome: text(500) });
export const workOrderParams = idParams('workOrder');

/** One line of the log that nobody can edit. */
export const auditEntry = z.object({
  id: z.string(),
  at: instant,
  /** `staff/<id>`, `tenant/<id>`, `token/<id>`, `lease/<id>` or `system`. */
  actor: z.string(),
  actorName: z.string().nullable(),
  action: z.string(),
  subjectKind: z.string(),
  subjectId: z.string(),
  why: z.string().nullable(),
  before: z.unknown(),
  after: z.unknown(),
});
export const listAuditQuery = z.strictObject({
  ...pageQuery,
  subjectId: z.string().max(60).optional(),
  action: z.string().max(60).optional(),
});
