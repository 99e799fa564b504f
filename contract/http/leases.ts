import { z } from 'zod';
import { LEASE_STATUSES, type LeaseStatus } from '../../domain/lease';
import { day, id, idParams, instant, pageQuery, text } from './common';
import { policy } from './operators';
import { leaseTerms, quoteBody } from './quotes';

const status = z.enum(LEASE_STATUSES as [LeaseStatus, ...LeaseStatus[]]);
const ENFORCEMENT_STATES = ['none', 'awaitingConfirmation', 'restricted'] as const;
const enforcement = z.enum(ENFORCEMENT_STATES);

export const leaseRow = z.object({
  id: z.string(),
  number: z.string(),
  status,
  enforcement,
  communityId: z.string(),
  communityName: z.string(),
  roomId: z.string(),
  /** Building and room as people say them: `1栋 1203`. */
  roomName: z.string(),
  tenantId: z.string(),
  tenantName: z.string(),
  startsOn: z.string(),
  endsOn: z.string(),
  rateFen: z.int(),
  openFen: z.int(),
  overdueFen: z.int(),
  /** Due day of the oldest open bill. */
  nextDueOn: z.string().nullable(),
});

export const listLeasesQuery = z.strictObject({
  ...pageQuery,
  status: status.optional(),
  communityId: id('community').optional(),
  roomId: id('room').optional(),
  tenantId: id('tenant').optional(),
  enforcement: enforcement.optional(),
  /** Leases with an open bill due on or before this day. */
  dueBy: day.optional(),
  /** Leases that end on or before this day. */
  endsBy: day.optional(),
  /** Part of lease number, room or tenant's name. */
  search: text(60).optional(),
});

export const leaseShow = leaseRow.extend({
  terms: leaseTerms,
  policy,
  coTenants: z.array(z.object({ id: z.string(), name: z.string() })),
  /** The day that it is for this lease: later than elsewhere where it has travelled in time. */
  today: z.string(),
  prepaymentFen: z.int(),
  /** What has been paid of the deposit. */
  depositHeldFen: z.int(),
  /** What has been billed of it: a settlement gives all of it back, against bills that may still want some of it. */
  depositBilledFen: z.int(),
  signedAt: instant.nullable(),
  effectiveAt: instant.nullable(),
  closedAt: instant.nullable(),
  endReason: z.string().nullable(),
  hasContract: z.boolean(),
});
export const leaseParams = idParams('lease');

/** Party B signs. The price is looked up again when this arrives, so a stale quote cannot be signed. */
export const signLeaseBody = z.strictObject({ tenantId: id('tenant'), ...quoteBody.shape });
export const leaseReply = z.object({ leaseId: z.string(), number: z.string(), status, enforcement });

/** What happened on a lease, in business time (时间线). */
export const leaseEvent = z.object({
  id: z.string(),
  at: instant,
  kind: z.string(),
  /** Chinese sentence made from `kind` and `data`. */
  text: z.string(),
  /** The same in English; what people typed stays as it is. */
  textEn: z.string(),
  data: z.record(z.string(), z.unknown()),
});
export const timelineQuery = z.strictObject({ ...pageQuery });

/** 对账单: each movement of the lease's accounts with its running balance, reproducible from the ledger. */
export const statementQuery = z.strictObject({ from: day.optional(), until: day.optional() });
export const statement = z.object({
  leaseId: z.string(),
  openingFen: z.int(),
  /** Above zero: the tenant owes. */
  closingFen: z.int(),
  depositHeldFen: z.int(),
  prepaymentFen: z.int(),
  entries: z.array(
    z.object({
      at: instant,
      kind: z.string(),
      account: z.string(),
      text: z.string(),
      textEn: z.string(),
      amountFen: z.int(),
      balanceFen: z.int(),
    }),
  ),
});
