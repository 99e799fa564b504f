import type { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import { type Tx, withOperator } from '../../db/tx';
import { DEFAULT_POLICY } from '../../domain/default-policy';
import { type CommunityId, type OperatorId, parseId, type RoomId, type TenantId } from '../../domain/ids';
import { madeUpName } from './names';

/** An operator with one community, one building, and as many rooms as tenants, for measurements. */
export type World = {
  readonly operatorId: OperatorId;
  readonly communityId: CommunityId;
  readonly roomIds: readonly RoomId[];
  readonly tenantIds: readonly TenantId[];
};

/** Builds a new world beside whatever is there. Its rooms have virtual doors and power switches. */
export async function buildWorld(
  knex: Knex,
  { name, rooms }: { readonly name: string; readonly rooms: number },
): Promise<World> {
  const operatorId = parseId<'operator'>(uuid());
  const communityId = parseId<'community'>(uuid());
  const buildingId = parseId<'building'>(uuid());
  const roomIds = Array.from({ length: rooms }, () => parseId<'room'>(uuid()));
  const tenantIds = Array.from({ length: rooms }, () => parseId<'tenant'>(uuid()));
  await withOperator(knex, operatorId, async (tx) => {
    await tx.query('INSERT INTO operator (operator_id, name, policy) VALUES ($1, $2, $3)', [
      operatorId,
      name,
      JSON.stringify(DEFAULT_POLICY),
    ]);
    await tx.query(
      `INSERT INTO community (operator_id, id, code, name, city) VALUES ($1, $2, 'C1', '测量社区', '北京')`,
      [operatorId, communityId],
    );
    await tx.query(`INSERT INTO building (operator_id, id, community_id, code, name) VALUES ($1, $2, $3, '1', '1栋')`, [
      operatorId,
      buildingId,
      communityId,
    ]);
    await insertRooms(tx, [communityId, buildingId], roomIds);
    await tx.query(
      `INSERT INTO tenant (operator_id, id, name) SELECT $1, id, name
        FROM jsonb_to_recordset($2::jsonb) AS t(id uuid, name text)`,
      [operatorId, JSON.stringify(tenantIds.map((id, n) => ({ id, name: madeUpName(n) })))],
    );
  });
  return { operatorId, communityId, roomIds, tenantIds };
}

async function insertRooms(tx: Tx, [communityId, buildingId]: readonly [string, string], roomIds: readonly RoomId[]) {
  await tx.query(
    `WITH added AS (
        INSERT INTO room (operator_id, id, community_id, building_id, code, floor)
        SELECT $1, id, $2, $3, code, floor FROM jsonb_to_recordset($4::jsonb) AS r(id uuid, code text, floor integer) RETURNING id)
      INSERT INTO device (operator_id, room_id, kind, virtual) SELECT $1, id, kind, true FROM added, unnest(ARRAY['door', 'power']) kind`,
    [
      tx.operatorId,
      communityId,
      buildingId,
      JSON.stringify(roomIds.map((id, n) => ({ id, code: roomCode(n), floor: Math.floor(n / 20) + 1 }))),
    ],
  );
}

const roomCode = (n: number): string => `${Math.floor(n / 20) + 1}${String((n % 20) + 1).padStart(2, '0')}`;
