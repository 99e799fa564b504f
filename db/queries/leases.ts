import type { z } from 'zod';
import type * as http from '../../contract/http/leases';
import type { LocalDate } from '../../domain/calendar';
import type { EnforcementState } from '../../domain/enforcement';
import type { CommunityId, LeaseId, RoomId, TenantId } from '../../domain/ids';
import type { EndReason, LeaseStatus } from '../../domain/lease';
import type { LeasePolicy } from '../../domain/policy';
import type { LeaseTerms } from '../../domain/terms';
import { decryptFile, type PersonalDataKeys } from '../personal-data';
import type { Tx } from '../tx';
import { unpaidDeposit } from './deposit';
import { communityPrefix, inScope, keyset, type ListPage, like, type Scope } from './paging';

export type LeaseRow = z.output<typeof http.leaseRow>;

/** Whose leases: a scope for staff, a tenant for self-service. */
export type LeaseViewer = { readonly scope: Scope } | { readonly tenantId: TenantId };

export type LeaseFilter = {
  readonly status?: LeaseStatus | undefined;
  readonly communityId?: CommunityId | undefined;
  readonly roomId?: RoomId | undefined;
  readonly tenantId?: TenantId | undefined;
  readonly enforcement?: EnforcementState | undefined;
  readonly dueBy?: LocalDate | undefined;
  readonly endsBy?: LocalDate | undefined;
  readonly search?: string | undefined;
};

const ROW = {
  id: 'id',
  number: 'number',
  status: 'status',
  enforcement: 'enforcement',
  communityId: 'community_id',
  communityName: 'community_name',
  roomId: 'room_id',
  tenantId: 'tenant_id',
  tenantName: 'tenant_name',
  startsOn: 'starts_on',
  endsOn: 'ends_on',
  rateFen: 'rate_fen',
  openFen: 'open_fen',
  overdueFen: 'overdue_fen',
  nextDueOn: 'oldest_due_on',
} as const;

/** Staff tell rooms of several communities apart; a tenant is shown the community beside the room anyway. */
const roomNameFor = (viewer: LeaseViewer): string =>
  `${'tenantId' in viewer ? '' : `${communityPrefix('lease_list.community_id')} || `}building_name || ' ' || room_code`;

const seenBy =
  (viewer: LeaseViewer) =>
  (query: import('knex').Knex.QueryBuilder): void => {
    if ('tenantId' in viewer) query.where({ tenant_id: viewer.tenantId });
    else query.modify(inScope('community_id', viewer.scope));
  };

/** What an index finds more than this of is nearly everywhere: reading the newest leases fills the page sooner. */
const FOUND_AT_MOST = 1_000;

/** Undefined where the index does not help: it knows pairs of characters. */
async function idsOf(tx: Tx, search: string): Promise<readonly string[] | undefined> {
  if ([...search].length < 2) return undefined;
  const rows = await tx.query<{ id: string }>('SELECT search_leases($1) AS id', [search]);
  return rows.length <= FOUND_AT_MOST ? [...new Set(rows.map(({ id }) => id))] : undefined;
}

/** Narrows a list to the leases whose number, room or tenant's name holds the text. */
async function found(tx: Tx, search: string | undefined): Promise<(query: import('knex').Knex.QueryBuilder) => void> {
  if (!search) return () => undefined;
  const ids = await idsOf(tx, search);
  if (ids) return (query) => void query.whereRaw('id = ANY(?::uuid[])', [[...ids]]);
  return (query) =>
    void query.where((any) => {
      for (const column of ['number', 'room_code', 'tenant_name']) any.orWhereILike(column, like(search));
    });
}

/** Newest first. */
export async function listLeases(
  tx: Tx,
  viewer: LeaseViewer,
  filter: LeaseFilter,
  page: ListPage,
): Promise<LeaseRow[]> {
  const matching = await found(tx, filter.search);
  return tx.run((knex) =>
    knex('lease_list')
      .select({ ...ROW, roomName: knex.raw(roomNameFor(viewer)) })
      .modify(seenBy(viewer))
      .modify((query) => {
        const { status, communityId, roomId, tenantId, enforcement, dueBy, endsBy } = filter;
        if (status) query.where({ status });
        if (communityId) query.where({ community_id: communityId });
        if (roomId) query.where({ room_id: roomId });
        if (tenantId) query.where({ tenant_id: tenantId });
        if (enforcement) query.where({ enforcement });
        if (dueBy) query.where('oldest_due_on', '<=', dueBy);
        if (endsBy) query.where('ends_on', '<=', endsBy);
      })
      .modify(matching)
      .modify(keyset(knex, ['id'], page, 'desc')),
  );
}

/** What decides whether a command may be sent at all, and to which community it belongs. */
export type LeaseKey = {
  readonly id: LeaseId;
  readonly number: string;
  readonly status: LeaseStatus;
  readonly enforcement: EnforcementState;
  readonly communityId: CommunityId;
  readonly tenantId: TenantId;
  readonly roomId: RoomId;
  /** Last day, as the lease stands now. */
  readonly endsOn: LocalDate;
  /** Business clock of a lease that was carried forward. */
  readonly travelledTo: string | null;
};

/** Undefined when there is no such lease or the viewer may not see it; callers cannot tell the two apart. */
export async function findLeaseKey(tx: Tx, id: LeaseId, viewer: LeaseViewer): Promise<LeaseKey | undefined> {
  const [row] = await tx.run<LeaseKey>((knex) =>
    knex('lease')
      .select('id', 'number', 'status', 'enforcement', {
        communityId: 'community_id',
        tenantId: 'tenant_id',
        roomId: 'room_id',
        endsOn: 'ends_on',
        travelledTo: 'travelled_to',
      })
      .where({ id })
      .modify(seenBy(viewer)),
  );
  return row;
}

type Detail = {
  readonly terms: LeaseTerms;
  readonly policy: LeasePolicy;
  readonly signedAt: string;
  readonly effectiveAt: string | null;
  readonly closedAt: string | null;
  readonly today: LocalDate;
  readonly endReason: EndReason | null;
  readonly billedUntil: LocalDate | null;
  readonly prepaymentFen: number;
  readonly depositHeldFen: number;
  readonly depositBilledFen: number;
  readonly hasContract: boolean;
  readonly coTenants: { id: string; name: string }[];
};

export type LeaseDetail = LeaseRow & Detail;

export async function findLease(tx: Tx, id: LeaseId, viewer: LeaseViewer): Promise<LeaseDetail | undefined> {
  const [row] = await tx.run<LeaseRow>((knex) =>
    knex('lease_list')
      .select({ ...ROW, roomName: knex.raw(roomNameFor(viewer)) })
      .where({ id })
      .modify(seenBy(viewer)),
  );
  if (!row) return undefined;
  const [detail] = await tx.query<Detail>(
    `SELECT l.terms, l.policy, l.signed_at AS "signedAt", l.effective_at AS "effectiveAt", l.closed_at AS "closedAt",
        (greatest(now(), l.travelled_to) AT TIME ZONE 'Asia/Shanghai')::date AS today, l.end_reason AS "endReason", l.billed_until AS "billedUntil", b.prepayment_fen AS "prepaymentFen",
        b.deposit_fen AS "depositBilledFen", greatest(0, b.deposit_fen - ${unpaidDeposit('l.id')}) AS "depositHeldFen", EXISTS (SELECT FROM document d WHERE d.lease_id = l.id) AS "hasContract",
        (SELECT coalesce(jsonb_agg(jsonb_build_object('id', coalesce(c.tenant_id, c.id), 'name', c.name) ORDER BY c.since, c.id), '[]')
          FROM co_tenant c WHERE c.lease_id = l.id AND c.until IS NULL) AS "coTenants"
      FROM lease l JOIN lease_balance b ON b.operator_id = l.operator_id AND b.lease_id = l.id WHERE l.id = $1`,
    [id],
  );
  return detail && { ...row, ...detail };
}

/** The newest contract of a lease: once both parties have sealed it, the sealed one. */
export async function findContract(
  tx: Tx,
  leaseId: LeaseId,
  keys: PersonalDataKeys,
): Promise<{ readonly title: string; readonly bytes: Buffer } | undefined> {
  const [row] = await tx.query<{ title: string; bytes: Buffer }>(
    'SELECT title, bytes FROM document WHERE lease_id = $1 ORDER BY created_at DESC, id DESC LIMIT 1',
    [leaseId],
  );
  return row && { ...row, bytes: decryptFile(row.bytes, keys) };
}

/** The next free contract number of the month, `HT202611000042`. Whoever asks holds back the others until their transaction ends. */
export async function nextLeaseNumber(tx: Tx, day: LocalDate): Promise<string> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('lease-number/' || $1, 3))`, [tx.operatorId]);
  const prefix = `HT${day.slice(0, 4)}${day.slice(5, 7)}`;
  const [row] = await tx.query<{ number: string }>(
    `SELECT number FROM lease WHERE number >= $1 || '000000' AND number <= $1 || '999999' AND number ~ ('^' || $1 || '[0-9]{6}$')
      ORDER BY number DESC LIMIT 1`,
    [prefix],
  );
  return `${prefix}${String(Number(row?.number.slice(prefix.length) ?? 0) + 1).padStart(6, '0')}`;
}
