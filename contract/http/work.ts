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

export const workOrder = z.object({
  id: z.string(),
  kind: z.string(),
  status: z.enum(['open', 'closed']),
  leaseId: z.string().nullable(),
  roomId: z.string().nullable(),
  roomName: z.string().nullable(),
  title: z.string(),
  openedAt: instant,
  closedAt: instant.nullable(),
  result: z.string().nullable(),
});
export const listWorkOrdersQuery = z.strictObject({
  ...pageQuery,
  status: z.enum(['open', 'closed']).optional(),
  communityId: id('community').optional(),
});
export const closeWorkOrderBody = z.strictObject({ result: text(500) });
export const workOrderParams = idParams('workOrder');

/** One line of the log that nobody can edit. */
export const auditEntry = z.object({
  id: z.string(),
  at: instant,
  actorKind: z.string(),
  actorId: z.string().nullable(),
  actorName: z.string().nullable(),
  action: z.string(),
  /** What people call the action. */
  actionText: z.object({ zh: z.string(), en: z.string() }),
  subjectKind: z.string(),
  subjectId: z.string().nullable(),
  /** What people call the subject today: contract number and room, a person, a file. */
  subjectName: z.string().nullable(),
  reason: z.string().nullable(),
  before: z.unknown(),
  after: z.unknown(),
});
export const listAuditQuery = z.strictObject({
  ...pageQuery,
  subjectId: text(60).optional(),
  action: text(60).optional(),
});
