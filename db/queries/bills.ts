import type { z } from 'zod';
import type * as http from '../../contract/http/money';
import type { LocalDate } from '../../domain/calendar';
import type { BillId, CommunityId, LeaseId } from '../../domain/ids';
import type { Fen } from '../../domain/money';
import type { Tx } from '../tx';
import type { LeaseViewer } from './leases';
import { communityPrefix, inScope, keyset, type ListPage, type Scope } from './paging';

type BillRow = z.output<typeof http.billRow>;
type BillShow = z.output<typeof http.billShow>;
type PaymentRow = z.output<typeof http.paymentRow>;

const BILL = {
  id: 'b.id',
  leaseId: 'b.lease_id',
  leaseNumber: 'l.number',
  communityId: 'b.community_id',
  tenantName: 't.name',
  key: 'b.key',
  kind: 'b.kind',
  periodFrom: 'b.period_from',
  periodUntil: 'b.period_until',
  issueOn: 'b.issue_on',
  dueOn: 'b.due_on',
  totalFen: 'b.total_fen',
  openFen: 'b.open_fen',
} as const;

/**
 * That bill `b` of lease `l` wants money and was due before today; today is the lease's own where it has travelled in time. Of the open bills
 * alone, which an index holds apart.
 */
export const IS_OVERDUE = `b.open_fen > 0 AND b.due_on < (greatest(now(), l.travelled_to) AT TIME ZONE 'Asia/Shanghai')::date`;

export type BillFilter = {
  readonly leaseId?: LeaseId | undefined;
  readonly communityId?: CommunityId | undefined;
  readonly open?: boolean | undefined;
  readonly overdue?: boolean | undefined;
  readonly dueFrom?: LocalDate | undefined;
  readonly dueBy?: LocalDate | undefined;
};

const bills = (knex: import('knex').Knex, viewer: LeaseViewer): import('knex').Knex.QueryBuilder =>
  knex({ b: 'bill' })
    .join({ l: 'lease' }, (on) => on.on('l.operator_id', 'b.operator_id').andOn('l.id', 'b.lease_id'))
    .join({ r: 'room' }, (on) => on.on('r.operator_id', 'l.operator_id').andOn('r.id', 'l.room_id'))
    .join({ g: 'building' }, (on) => on.on('g.operator_id', 'r.operator_id').andOn('g.id', 'r.building_id'))
    .join({ t: 'tenant' }, (on) => on.on('t.operator_id', 'l.operator_id').andOn('t.id', 'l.tenant_id'))
    .select({
      ...BILL,
      roomName: knex.raw(
        `${'tenantId' in viewer ? '' : `${communityPrefix('b.community_id')} || `}g.name || ' ' || r.code`,
      ),
      overdue: knex.raw(IS_OVERDUE),
      voided: knex.raw('b.voided_at IS NOT NULL'),
    })
    .modify((query) => {
      if ('tenantId' in viewer) query.where('l.tenant_id', viewer.tenantId);
      else query.modify(inScope('b.community_id', viewer.scope));
    });

/** Newest first. */
export const listBills = (tx: Tx, viewer: LeaseViewer, filter: BillFilter, page: ListPage): Promise<BillRow[]> =>
  tx.run((knex) =>
    bills(knex, viewer)
      .modify((query) => {
        if (filter.leaseId) query.where('b.lease_id', filter.leaseId);
        if (filter.communityId) query.where('b.community_id', filter.communityId);
        if (filter.open === true) query.where('b.open_fen', '>', 0);
        if (filter.open === false) query.where('b.open_fen', '<=', 0);
        if (filter.overdue !== undefined) query.whereRaw(filter.overdue ? IS_OVERDUE : `NOT (${IS_OVERDUE})`);
        if (filter.dueFrom) query.where('b.due_on', '>=', filter.dueFrom);
        if (filter.dueBy) query.where('b.due_on', '<=', filter.dueBy);
      })
      .modify(keyset(knex, ['b.id'], page, 'desc')),
  );

export async function findBill(tx: Tx, id: BillId, viewer: LeaseViewer): Promise<BillShow | undefined> {
  const [bill] = await tx.run<BillRow>((knex) => bills(knex, viewer).where('b.id', id));
  if (!bill) return undefined;
  const lines = await tx.query<BillShow['lines'][number]>(
    `SELECT kind, from_day AS "from", until_day AS until, amount_fen AS "amountFen", tax_fen AS "taxFen", explain
      FROM bill_line WHERE bill_id = $1 ORDER BY position`,
    [id],
  );
  const payments = await tx.query<BillShow['payments'][number]>(
    `SELECT a.payment_id AS "paymentId", p.paid_at AS "paidAt", a.amount_fen AS "amountFen"
      FROM bill_allocation a JOIN payment p ON p.operator_id = a.operator_id AND p.id = a.payment_id
      WHERE a.bill_id = $1 ORDER BY a.seq`,
    [id],
  );
  return { ...bill, lines, payments };
}

/** Newest first by the id that the payment was stored under. */
export const listPayments = (
  tx: Tx,
  viewer: LeaseViewer,
  filter: { readonly leaseId?: LeaseId | undefined; readonly status?: string | undefined },
  page: ListPage,
): Promise<PaymentRow[]> =>
  tx.run((knex) =>
    knex({ p: 'payment' })
      .join({ l: 'lease' }, (on) => on.on('l.operator_id', 'p.operator_id').andOn('l.id', 'p.lease_id'))
      .select({
        id: 'p.id',
        leaseId: 'p.lease_id',
        leaseNumber: 'l.number',
        channel: 'p.channel',
        providerNumber: 'p.provider_number',
        amountFen: 'p.amount_fen',
        paidAt: 'p.paid_at',
        status: 'p.status',
      })
      .modify((query) => {
        if ('tenantId' in viewer) query.where('l.tenant_id', viewer.tenantId);
        else query.modify(inScope('l.community_id', viewer.scope));
        if (filter.leaseId) query.where('p.lease_id', filter.leaseId);
        if (filter.status) query.where('p.status', filter.status);
      })
      .modify(keyset(knex, ['p.id'], page, 'desc')),
  );

/** What the named bills of a lease still want; bills of another lease count for nothing. */
export async function openOf(tx: Tx, leaseId: LeaseId, billIds: readonly BillId[]): Promise<Fen> {
  const [row] = await tx.query<{ open: Fen }>(
    'SELECT coalesce(sum(open_fen), 0) AS open FROM bill WHERE lease_id = $1 AND id = ANY($2::uuid[]) AND open_fen > 0',
    [leaseId, billIds],
  );
  return row?.open ?? (0 as Fen);
}

type QuarantinedRow = z.output<typeof http.quarantinedPayment>;

/**
 * Money that was set aside, newest first. Who sees single communities only sees what names an order of theirs; what names none is the whole
 * operator's.
 */
export const listQuarantined = (tx: Tx, scope: Scope, page: ListPage): Promise<QuarantinedRow[]> =>
  tx.run((knex) =>
    knex({ q: 'payment_quarantine' })
      .leftJoin({ o: 'cashier_order' }, (on) =>
        on.on('o.operator_id', 'q.operator_id').andOn('o.out_trade_no', 'q.order_number'),
      )
      .leftJoin({ l: 'lease' }, (on) => on.on('l.operator_id', 'o.operator_id').andOn('l.id', 'o.lease_id'))
      .select({
        channel: 'q.channel',
        providerNumber: 'q.provider_number',
        orderNumber: 'q.order_number',
        amountFen: 'q.amount_fen',
        paidAt: 'q.paid_at',
        why: 'q.why',
        leaseId: 'l.id',
        leaseNumber: 'l.number',
      })
      .modify(inScope('l.community_id', scope))
      .modify(keyset(knex, ['q.paid_at', 'q.channel', 'q.provider_number'], page, 'desc')),
  );
