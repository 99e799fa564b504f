import type { Knex } from 'knex';
import type { z } from 'zod';
import type * as places from '../../contract/http/places';
import type { LocalDate } from '../../domain/calendar';
import type { BuildingId, CommunityId, LeaseId, RoomId, RoomTypeId } from '../../domain/ids';
import type { Occupancy } from '../occupancy';
import type { Tx } from '../tx';
import { inScope, keyset, type ListPage, like, type Scope } from './paging';

type Room = z.output<typeof places.room>;
type BoardRoom = z.output<typeof places.boardRoom>;
type Device = z.output<typeof places.device>;

export type RoomFilter = {
  readonly scope: Scope;
  readonly communityId?: CommunityId | undefined;
  readonly buildingId?: BuildingId | undefined;
  readonly roomTypeId?: RoomTypeId | undefined;
  readonly state?: Room['state'] | undefined;
  readonly search?: string | undefined;
};

const ROOM = {
  id: 'id',
  communityId: 'community_id',
  communityName: 'community_name',
  buildingId: 'building_id',
  buildingName: 'building_name',
  roomTypeId: 'room_type_id',
  roomTypeName: 'room_type_name',
  code: 'code',
  floor: 'floor',
  areaCm2: 'area_cm2',
  orientation: 'orientation',
  facilities: 'facilities',
  onSale: 'on_sale',
  state: 'state',
  leaseId: 'lease_id',
} as const;

const BOARD = {
  id: 'id',
  communityId: 'community_id',
  buildingId: 'building_id',
  buildingName: 'building_name',
  code: 'code',
  floor: 'floor',
  roomTypeName: 'room_type_name',
  state: 'state',
  leaseId: 'lease_id',
  leaseStatus: 'lease_status',
  tenantName: 'tenant_name',
  endsOn: 'lease_ends_on',
  overdueFen: 'overdue_fen',
} as const;

/** The next stretch that a lease keeps the room for, other than the lease which has it today: vacant is not the same as free to let. */
const RESERVED = `(SELECT json_build_object('from', lower(o.during), 'until', upper(o.during), 'leaseId', o.lease_id, 'leaseNumber', l.number)
    FROM lease_occupancy o JOIN lease l ON l.operator_id = o.operator_id AND l.id = o.lease_id
    WHERE o.operator_id = room_board.operator_id AND o.room_id = room_board.id AND o.lease_id IS DISTINCT FROM room_board.lease_id
      AND upper(o.during) > (now() AT TIME ZONE 'Asia/Shanghai')::date
    ORDER BY lower(o.during) LIMIT 1) AS reserved`;

type RoomRow = Omit<Room, 'areaM2'> & { areaCm2: number | null };

const SQUARE_CM = 10_000;

const toRoom = ({ areaCm2, ...room }: RoomRow): Room => ({
  ...room,
  areaM2: areaCm2 === null ? null : areaCm2 / SQUARE_CM,
});

/** Leases that can put a room into a state that only few rooms are in: column and values. */
const HOLDERS: Partial<Record<Room['state'], readonly [column: string, values: readonly string[]]>> = {
  restricted: ['enforcement', ['restricted']],
  ending: ['status', ['ending']],
  checkingOut: ['status', ['checkingOut']],
  reserved: ['status', ['signed', 'awaitingFirstPayment', 'awaitingApproval', 'awaitingSeal']],
};

/** Finds the rooms of a rare state by their leases: through the board, every room of the operator would be looked at. */
const heldAs =
  (knex: Knex, state: Room['state']) =>
  (query: Knex.QueryBuilder): void => {
    const holder = HOLDERS[state];
    if (holder)
      query.whereIn(
        'id',
        knex('lease')
          .select('room_id')
          .whereIn(...holder),
      );
  };

/** Rooms in the order of their building, then of their code: an index's own order, so that a page costs a page. */
const rooms = <Row extends object>(
  tx: Tx,
  columns: Readonly<Record<string, string>>,
  filter: RoomFilter,
  page: ListPage,
) =>
  tx.run<Row>((knex) =>
    knex('room_board')
      .select({ ...columns }, knex.raw(RESERVED))
      .modify(inScope('community_id', filter.scope))
      .modify((query) => {
        if (filter.communityId) query.where({ community_id: filter.communityId });
        if (filter.buildingId) query.where({ building_id: filter.buildingId });
        if (filter.roomTypeId) query.where({ room_type_id: filter.roomTypeId });
        if (filter.state) query.where({ state: filter.state }).modify(heldAs(knex, filter.state));
        if (filter.search) query.whereILike('code', like(filter.search));
      })
      .modify(keyset(knex, ['building_id', 'code'], page)),
  );

export const listRooms = async (tx: Tx, filter: RoomFilter, page: ListPage): Promise<Room[]> =>
  (await rooms<RoomRow>(tx, ROOM, filter, page)).map(toRoom);

export const listBoard = (tx: Tx, filter: RoomFilter, page: ListPage): Promise<BoardRoom[]> =>
  rooms<BoardRoom>(tx, BOARD, filter, page);

export async function findRoom(tx: Tx, id: RoomId, scope: Scope): Promise<Room | undefined> {
  const [row] = await tx.run<RoomRow>((knex) =>
    knex('room_board').select(ROOM, knex.raw(RESERVED)).where({ id }).modify(inScope('community_id', scope)),
  );
  return row && toRoom(row);
}

export type RoomFacts = Pick<Room, 'roomTypeId' | 'floor' | 'areaM2' | 'orientation' | 'facilities' | 'onSale'>;

const values = (facts: RoomFacts): unknown[] => [
  facts.roomTypeId,
  facts.floor,
  facts.areaM2 === null ? null : Math.round(facts.areaM2 * SQUARE_CM),
  facts.orientation,
  facts.facilities,
  facts.onSale,
];

/** Adds a room with its virtual door and power switch, so that it can be let at once. */
export async function insertRoom(
  tx: Tx,
  room: RoomFacts & {
    readonly id: RoomId;
    readonly communityId: CommunityId;
    readonly buildingId: BuildingId;
    readonly code: string;
  },
): Promise<void> {
  await tx.query(
    `INSERT INTO room (operator_id, id, community_id, building_id, code, room_type_id, floor, area_cm2, orientation, facilities, on_sale)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (operator_id, id) DO NOTHING`,
    [tx.operatorId, room.id, room.communityId, room.buildingId, room.code, ...values(room)],
  );
  await tx.query(
    `INSERT INTO device (operator_id, room_id, kind, virtual) SELECT $1, $2, kind, true FROM unnest(ARRAY['door', 'power']) AS kind
      ON CONFLICT (operator_id, room_id, kind) DO NOTHING`,
    [tx.operatorId, room.id],
  );
}

export async function updateRoom(tx: Tx, id: RoomId, facts: RoomFacts): Promise<void> {
  await tx.query(
    `UPDATE room SET room_type_id = $2, floor = $3, area_cm2 = $4, orientation = $5, facilities = $6, on_sale = $7 WHERE id = $1`,
    [id, ...values(facts)],
  );
}

/** Doors and power switches of rooms, as last wanted and as last seen. */
export const listDevices = (tx: Tx, roomId: RoomId): Promise<Device[]> =>
  tx.query(
    `SELECT d.id, d.kind, d.virtual, s.desired, s.reported, s.desired_because AS because, s.reported_at AS "observedAt"
      FROM device d LEFT JOIN device_state s ON s.operator_id = d.operator_id AND s.device_id = d.id
      WHERE d.room_id = $1 ORDER BY d.kind`,
    [roomId],
  );

/** A stretch of days, `until` exclusive, for which a lease keeps a room. */
export type Holder = { readonly from: LocalDate; readonly until: LocalDate; readonly leaseNumber: string };

/** The first lease, other than `except`, that keeps one of the rooms on one of the days. Only the constraint `no_room_twice` makes sure; this tells people in time. */
export async function holderOf(
  tx: Tx,
  wanted: readonly Occupancy[],
  except: LeaseId | null,
): Promise<Holder | undefined> {
  const [holder] = await tx.query<Holder>(
    `SELECT lower(o.during) AS "from", upper(o.during) AS until, l.number AS "leaseNumber"
      FROM unnest($1::uuid[], $2::date[], $3::date[]) AS w(room_id, since, until)
      JOIN lease_occupancy o ON o.room_id = w.room_id AND o.during && daterange(w.since, w.until) AND o.lease_id IS DISTINCT FROM $4::uuid
      JOIN lease l ON l.operator_id = o.operator_id AND l.id = o.lease_id
      ORDER BY lower(o.during) LIMIT 1`,
    [wanted.map(({ roomId }) => roomId), wanted.map(({ from }) => from), wanted.map(({ until }) => until), except],
  );
  return holder;
}
