import type { z } from 'zod';
import type * as places from '../../contract/http/places';
import type { BuildingId, CommunityId, LeaseId, RoomTypeId } from '../../domain/ids';
import type { Tx } from '../tx';
import { inScope, keyset, type ListPage, like, type Scope } from './paging';

type Community = z.output<typeof places.community>;
type Building = z.output<typeof places.building>;
type RoomType = z.output<typeof places.roomType>;

const COMMUNITY = ['id', 'code', 'name', 'city', 'address', 'rooms', 'occupied'];

export const listCommunities = (
  tx: Tx,
  filter: { readonly scope: Scope; readonly search?: string | undefined },
  page: ListPage,
): Promise<Community[]> =>
  tx.run((knex) =>
    knex('community_summary')
      .select(COMMUNITY)
      .modify(inScope('id', filter.scope))
      .modify((query) => filter.search && query.whereILike('name', like(filter.search)))
      .modify(keyset(knex, ['code', 'id'], page)),
  );

export async function findCommunity(tx: Tx, id: CommunityId, scope: Scope): Promise<Community | undefined> {
  const [row] = await tx.run<Community>((knex) =>
    knex('community_summary').select(COMMUNITY).where({ id }).modify(inScope('id', scope)),
  );
  return row;
}

/** Keeps the row still until the transaction ends, so that what was compared with If-Match is what is changed. */
export async function lockRow(
  tx: Tx,
  table: 'building' | 'community' | 'room' | 'tenant' | 'operator' | 'price' | 'work_order',
  id: string,
): Promise<void> {
  const key = table === 'operator' ? 'operator_id' : 'id';
  await tx.query(`SELECT 1 FROM ${table} WHERE ${key} = $1 FOR UPDATE`, [id]);
}

export async function insertCommunity(
  tx: Tx,
  id: CommunityId,
  body: z.output<typeof places.createCommunityBody>,
): Promise<void> {
  await tx.query(
    `INSERT INTO community (operator_id, id, code, name, city, address) VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (operator_id, id) DO NOTHING`,
    [tx.operatorId, id, body.code, body.name, body.city, body.address],
  );
}

export async function updateCommunity(
  tx: Tx,
  id: CommunityId,
  community: Pick<Community, 'name' | 'city' | 'address'>,
): Promise<void> {
  await tx.query('UPDATE community SET name = $2, city = $3, address = $4 WHERE id = $1', [
    id,
    community.name,
    community.city,
    community.address,
  ]);
}

type PartOf = { readonly scope: Scope; readonly communityId?: CommunityId | undefined };

const PART = { id: 'id', code: 'code', name: 'name', communityId: 'community_id' } as const;

const parts =
  <Row extends object>(table: 'building' | 'room_type', columns: Readonly<Record<string, string>>) =>
  (tx: Tx, filter: PartOf, page: ListPage) =>
    tx.run<Row>((knex) =>
      knex(table)
        .select({ ...columns })
        .modify(inScope('community_id', filter.scope))
        .modify((query) => filter.communityId && query.where({ community_id: filter.communityId }))
        .modify(keyset(knex, ['code', 'id'], page)),
    );

export const listBuildings: (tx: Tx, filter: PartOf, page: ListPage) => Promise<Building[]> = parts<Building>(
  'building',
  { ...PART, fireAlarmSince: 'fire_alarm_since' },
);
export const listRoomTypes: (tx: Tx, filter: PartOf, page: ListPage) => Promise<RoomType[]> = parts<RoomType>(
  'room_type',
  PART,
);

const insertPart =
  <PartId extends string>(table: 'building' | 'room_type') =>
  async (tx: Tx, id: PartId, body: z.output<typeof places.createBuildingBody>): Promise<void> => {
    await tx.query(
      `INSERT INTO ${table} (operator_id, id, community_id, code, name) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (operator_id, id) DO NOTHING`,
      [tx.operatorId, id, body.communityId, body.code, body.name],
    );
  };

export const insertBuilding = insertPart<BuildingId>('building');
export const insertRoomType = insertPart<RoomTypeId>('room_type');

/** The community that a building or room type belongs to, if the asker may see it. */
export async function communityOf(
  tx: Tx,
  table: 'building' | 'room_type' | 'room',
  id: string,
  scope: Scope,
): Promise<CommunityId | undefined> {
  const [row] = await tx.run<{ community_id: CommunityId }>((knex) =>
    knex(table).select('community_id').where({ id }).modify(inScope('community_id', scope)),
  );
  return row?.community_id;
}

/** Since when the fire alarm of a building lasts; null: there is none. */
export async function fireAlarmOf(tx: Tx, buildingId: BuildingId): Promise<string | null> {
  const [row] = await tx.query<{ since: string | null }>(
    'SELECT fire_alarm_since AS since FROM building WHERE id = $1',
    [buildingId],
  );
  return row?.since ?? null;
}

/** Leases whose doors an alarm in the building concerns: those that run there, and those that have a room there locked. */
export const leasesIn = async (tx: Tx, buildingId: BuildingId): Promise<readonly LeaseId[]> =>
  (
    await tx.query<{ id: LeaseId }>(
      `SELECT l.id FROM lease l WHERE l.status IN ('effective', 'ending') AND EXISTS (SELECT FROM room r
        WHERE r.building_id = $1 AND r.id IN (l.room_id, l.enforced_room_id)) ORDER BY l.id`,
      [buildingId],
    )
  ).map(({ id }) => id);
