import { type LocalDate, shanghaiDate } from '../domain/calendar';
import type { EnforcementState } from '../domain/enforcement';
import type { CommunityId, LeaseId, RoomId, TenantId } from '../domain/ids';
import type { EndReason, LeaseStatus } from '../domain/lease';
import type { LeasePolicy } from '../domain/policy';
import type { LeaseTerms } from '../domain/terms';
import { appendEvents } from './events';
import type { LeaseEvent } from './lease-write';
import { occupancyOf } from './occupancy';
import { DbRefusal, refusing } from './refusal';
import type { Tx } from './tx';

export type NewLease = {
  readonly id: LeaseId;
  /** The contract number that people see, unique per operator. */
  readonly number: string;
  readonly communityId: CommunityId;
  readonly tenantId: TenantId;
  readonly terms: LeaseTerms;
  readonly policy: LeasePolicy;
  /** ISO instant of party B's signature. */
  readonly signedAt: string;
  readonly status: LeaseStatus;
  readonly source: 'signed' | 'imported';
  /** For an imported lease: the day from which billing is ours. */
  readonly billedUntil: LocalDate | null;
  readonly events: readonly LeaseEvent[];
};

/** Room of the lease on its first day; the schema keeps today's room beside the terms for the lists. */
function firstRoom(terms: LeaseTerms): RoomId {
  const [first] = terms.segments;
  if (!first) throw new RangeError('terms without a segment');
  return first.roomId;
}

/**
 * Stores a lease and takes its room, in the caller's transaction. Of two leases of a room that overlap the second one fails, also when
 * both are written at the same moment. @throws DbRefusal RoomTaken | LeaseNumberTaken
 */
export async function insertSignedLease(tx: Tx, lease: NewLease): Promise<void> {
  const stretches = occupancyOf(lease.terms);
  // Two signers queue here for the room; without it they would meet inside the exclusion constraint and one end as a deadlock.
  for (const roomId of [...new Set(stretches.map((stretch) => stretch.roomId))].sort()) {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 2))', [roomId]);
  }
  await refusing(
    tx.query(
      `WITH signed AS (
          INSERT INTO lease (operator_id, id, number, community_id, room_id, tenant_id, status, starts_on, ends_on, terms, policy,
            signed_at, source, billed_until, effective_at)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
            CASE WHEN $13 = 'imported' THEN $12::timestamptz END))
        INSERT INTO lease_occupancy (operator_id, lease_id, room_id, during)
        SELECT $1, $2, "roomId", daterange("from", "until")
          FROM jsonb_to_recordset($15::jsonb) AS o("roomId" uuid, "from" date, "until" date)`,
      [
        tx.operatorId,
        lease.id,
        lease.number,
        lease.communityId,
        firstRoom(lease.terms),
        lease.tenantId,
        lease.status,
        lease.terms.startsOn,
        lease.terms.endsOn,
        JSON.stringify(lease.terms),
        JSON.stringify(lease.policy),
        lease.signedAt,
        lease.source,
        lease.billedUntil,
        JSON.stringify(stretches),
      ],
    ),
  );
  await appendEvents(tx, lease.id, lease.signedAt, lease.events);
}

export type LeaseRecord = {
  readonly id: LeaseId;
  readonly number: string;
  readonly communityId: CommunityId;
  readonly roomId: RoomId;
  /** As people tell rooms apart: building and number. */
  readonly roomCode: string;
  readonly tenantId: TenantId;
  readonly status: LeaseStatus;
  readonly enforcement: EnforcementState;
  readonly enforcedRoomId: RoomId | null;
  readonly terms: LeaseTerms;
  readonly policy: LeasePolicy;
  readonly signedAt: string;
  readonly effectiveAt: string | null;
  readonly closedAt: string | null;
  readonly endReason: EndReason | null;
  readonly billedUntil: LocalDate | null;
  /** As the workflow stored it: Checkout of contract/temporal/lease-state. */
  readonly checkout: unknown;
  readonly humanRelease: unknown;
  readonly endingNoticedAt: string | null;
};

/** @throws DbRefusal LeaseNotFound */
export async function loadLease(tx: Tx, leaseId: LeaseId): Promise<LeaseRecord> {
  const [lease] = await tx.query<LeaseRecord>(
    `SELECT l.id, l.number, l.community_id AS "communityId", l.room_id AS "roomId", g.name || ' ' || r.code AS "roomCode", l.tenant_id AS "tenantId",
        l.status, l.enforcement, l.enforced_room_id AS "enforcedRoomId", l.terms, l.policy, l.signed_at AS "signedAt",
        l.effective_at AS "effectiveAt", l.closed_at AS "closedAt", l.end_reason AS "endReason", l.billed_until AS "billedUntil",
        l.checkout, l.human_release AS "humanRelease", l.ending_noticed_at AS "endingNoticedAt"
      FROM lease l JOIN room r ON r.operator_id = l.operator_id AND r.id = l.room_id
      JOIN building g ON g.operator_id = r.operator_id AND g.id = r.building_id WHERE l.id = $1`,
    [leaseId],
  );
  if (!lease) throw new DbRefusal('LeaseNotFound', `no lease ${leaseId}`);
  return lease;
}

/** What a status brings with it in the lease's own columns. */
export type StatusChange = {
  readonly leaseId: LeaseId;
  readonly from: LeaseStatus;
  readonly to: LeaseStatus;
  /** Business time, ISO instant. */
  readonly at: string;
  readonly endReason?: EndReason;
  readonly checkout?: object;
  readonly events: readonly LeaseEvent[];
};

/**
 * Moves a lease on, with its place on the timeline. Already there: nothing happens, and false is answered; so a step that is repeated after
 * a crash tells its story once. @throws DbRefusal LeaseStatusChanged when the lease is neither here nor there.
 */
export async function setStatus(tx: Tx, change: StatusChange): Promise<boolean> {
  const moved = await tx.query(
    `UPDATE lease SET status = $3, end_reason = coalesce($5, end_reason), checkout = coalesce($6::jsonb, checkout),
        effective_at = CASE WHEN $3 = 'effective' THEN coalesce(effective_at, $4) ELSE effective_at END,
        closed_at = CASE WHEN $3 IN ('closed', 'expired', 'rejected', 'cancelled') THEN $4::timestamptz ELSE closed_at END
      WHERE id = $1 AND status = $2 RETURNING id`,
    [change.leaseId, change.from, change.to, change.at, change.endReason ?? null, json(change.checkout)],
  );
  if (moved.length === 0) {
    const { status } = await loadLease(tx, change.leaseId);
    if (status !== change.to) {
      throw new DbRefusal('LeaseStatusChanged', `lease ${change.leaseId} is ${status}, not ${change.from}`);
    }
    return false;
  }
  if (change.to === 'closed') await freeFromToday(tx, change.leaseId);
  await appendEvents(tx, change.leaseId, change.at, change.events);
  return true;
}

/** A lease that was carried forward closes in a year to come: its rooms are to be had from today, not from its own last day. */
const freeFromToday = async (tx: Tx, leaseId: LeaseId): Promise<void> =>
  freeRoom(tx, leaseId, shanghaiDate(Date.now()));

const json = (value: object | undefined): string | null => (value ? JSON.stringify(value) : null);

/**
 * Stores changed terms, and the room that the lease is in on `today`; the rooms it keeps follow from the terms.
 * @throws DbRefusal RoomTaken when a stretch of the new terms belongs to someone else.
 */
export async function saveTerms(
  tx: Tx,
  input: { readonly leaseId: LeaseId; readonly terms: LeaseTerms; readonly today: LocalDate },
): Promise<void> {
  const { leaseId, terms, today } = input;
  const now = terms.segments.filter((segment) => segment.from <= today).at(-1);
  await tx.query('UPDATE lease SET terms = $2, starts_on = $3, ends_on = $4, room_id = $5 WHERE id = $1', [
    leaseId,
    JSON.stringify(terms),
    terms.startsOn,
    terms.endsOn,
    now?.roomId ?? firstRoom(terms),
  ]);
  await changeOccupancy(tx, leaseId, terms);
}

/** Makes the rooms that the lease keeps those of `terms`. @throws DbRefusal RoomTaken */
async function changeOccupancy(tx: Tx, leaseId: LeaseId, terms: LeaseTerms): Promise<void> {
  await tx.query('DELETE FROM lease_occupancy WHERE lease_id = $1', [leaseId]);
  await refusing(
    tx.query(
      `INSERT INTO lease_occupancy (operator_id, lease_id, room_id, during) SELECT $1, $2, "roomId", daterange("from", "until")
        FROM jsonb_to_recordset($3::jsonb) AS o("roomId" uuid, "from" date, "until" date)`,
      [tx.operatorId, leaseId, JSON.stringify(occupancyOf(terms))],
    ),
  );
}

/** The lease lives in that room from now on; answers the room's building and number. */
export async function moveRoom(tx: Tx, leaseId: LeaseId, roomId: RoomId): Promise<string> {
  const [room] = await tx.query<{ code: string }>(
    `WITH moved AS (UPDATE lease SET room_id = $2 WHERE id = $1)
      SELECT g.name || ' ' || r.code AS code FROM room r
        JOIN building g ON g.operator_id = r.operator_id AND g.id = r.building_id WHERE r.id = $2`,
    [leaseId, roomId],
  );
  if (!room) throw new DbRefusal('LeaseNotFound', `no room ${roomId}`);
  return room.code;
}

/** Gives the lease's room to others from that day on; days before it stay on record. */
export async function freeRoom(tx: Tx, leaseId: LeaseId, from: LocalDate): Promise<void> {
  await tx.query('DELETE FROM lease_occupancy WHERE lease_id = $1 AND lower(during) >= $2::date', [leaseId, from]);
  await tx.query(
    `UPDATE lease_occupancy SET during = daterange(lower(during), $2::date) WHERE lease_id = $1 AND during @> $2::date`,
    [leaseId, from],
  );
}

/** Columns that the workflow keeps for a restart from the record, and the business clock of a lease that was carried forward. */
export type LeaseColumns = {
  readonly billedUntil?: LocalDate;
  readonly checkout?: object;
  readonly enforcement?: EnforcementState;
  readonly enforcedRoomId?: RoomId | null;
  readonly humanRelease?: object | null;
  readonly endingNoticedAt?: string;
  readonly travelledTo?: string;
};

const COLUMN_NAMES: Record<keyof LeaseColumns, string> = {
  billedUntil: 'billed_until',
  checkout: 'checkout',
  enforcement: 'enforcement',
  enforcedRoomId: 'enforced_room_id',
  humanRelease: 'human_release',
  endingNoticedAt: 'ending_noticed_at',
  travelledTo: 'travelled_to',
};

export async function updateLease(tx: Tx, leaseId: LeaseId, columns: LeaseColumns): Promise<void> {
  const names = (Object.keys(columns) as (keyof LeaseColumns)[]).sort();
  if (names.length === 0) return;
  const values = names.map((name) => columns[name]);
  await tx.query(
    `UPDATE lease SET ${names.map((name, i) => `${COLUMN_NAMES[name]} = $${i + 2}`).join(', ')} WHERE id = $1`,
    [
      leaseId,
      ...values.map((value) => (typeof value === 'object' && value !== null ? JSON.stringify(value) : (value ?? null))),
    ],
  );
}
