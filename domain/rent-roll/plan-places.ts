import type { BuildingId, CommunityId, RoomId, RoomTypeId } from '../ids';
import { both } from './cell';
import { isOut, type Planning, refuse } from './planning';
import type { RollRoom } from './roll';
import type { KnownCommunity, KnownRoom } from './snapshot';
import type { Origin } from './table';

/** Communities, buildings and rooms that have rows of their own; the others come in as rows name them. */
export function planPlaces(planning: Planning): void {
  const { roll } = planning;
  for (const { key, origin } of roll.communities.values()) {
    if (origin && !isOut(planning, origin)) useCommunity(planning, key, origin);
  }
  for (const { key, origin } of roll.buildings.values()) {
    if (origin && !isOut(planning, origin)) useBuilding(planning, key, origin);
  }
  for (const room of roll.rooms.values()) if (!isOut(planning, room.origin)) planRoom(planning, room);
}

export function useCommunity(planning: Planning, key: string, origin: Origin): CommunityId | null {
  const done = planning.communities.get(key);
  if (done !== undefined) return done;
  const id = decideCommunity(planning, key, origin);
  // A refusal belongs to the row that named the community, so the next row is refused by itself.
  if (id !== null) planning.communities.set(key, id);
  return id;
}

function decideCommunity(planning: Planning, key: string, origin: Origin): CommunityId | null {
  const known = planning.snapshot.communities.get(key);
  const stated = planning.roll.communities.get(key);
  if (planning.scope !== null && !(known && planning.scope.has(known.id))) {
    return refuse(planning, origin, 'community', both('您无权导入该社区', 'you may not import into this community'));
  }
  if (known) {
    const { city, address } = stated ?? known;
    const changed = differs(city, known.city) || differs(address, known.address);
    count(planning, 'communities', changed);
    if (changed) planning.changes.changedCommunities.push(merged(known, { city, address }));
    return known.id;
  }
  if (!stated) return refuse(planning, origin, 'community', both('社区不存在', 'there is no such community'));
  if (stated.origin === null && hasStated(planning)) {
    return refuse(
      planning,
      origin,
      'community',
      both('社区表中没有该社区', 'the sheet of communities does not have it'),
    );
  }
  const id = planning.newId() as CommunityId;
  const { name, city, address } = stated;
  planning.changes.newCommunities.push({ id, code: name, name, city, address });
  planning.created.communities++;
  return id;
}

const merged = (known: KnownCommunity, { city, address }: Pick<KnownCommunity, 'city' | 'address'>) => ({
  id: known.id,
  code: known.name,
  name: known.name,
  city: city ?? known.city,
  address: address ?? known.address,
});

/** In a file with a sheet of communities, a name that it lacks is a slip of the keyboard, not a new community. */
const STATED = new WeakMap<Planning['roll'], boolean>();

function hasStated({ roll }: Planning): boolean {
  const known = STATED.get(roll);
  if (known !== undefined) return known;
  const stated = [...roll.communities.values()].some(({ origin }) => origin !== null);
  STATED.set(roll, stated);
  return stated;
}

function useBuilding(planning: Planning, key: string, origin: Origin): BuildingId | null {
  const done = planning.buildings.get(key);
  if (done !== undefined) return done;
  const stated = planning.roll.buildings.get(key);
  const communityId = stated ? useCommunity(planning, stated.communityKey, origin) : null;
  if (!stated || communityId === null) return null;
  const known = planning.snapshot.buildings.get(key);
  if (known) planning.unchanged.buildings++;
  else planning.created.buildings++;
  const id = known ?? (planning.newId() as BuildingId);
  if (!known) planning.changes.newBuildings.push({ id, communityId, name: stated.name });
  planning.buildings.set(key, id);
  return id;
}

/** A room type has nothing but its name, so rows that name it are all that it takes. */
export function useRoomType(planning: Planning, key: string, communityId: CommunityId): RoomTypeId {
  const done = planning.roomTypes.get(key);
  if (done !== undefined) return done;
  const known = planning.snapshot.roomTypes.get(key);
  if (known) planning.unchanged.roomTypes++;
  else planning.created.roomTypes++;
  const id = known ?? (planning.newId() as RoomTypeId);
  const name = planning.roll.roomTypes.get(key)?.name ?? '';
  if (!known) planning.changes.newRoomTypes.push({ id, communityId, name });
  planning.roomTypes.set(key, id);
  return id;
}

function planRoom(planning: Planning, room: RollRoom): void {
  const buildingId = useBuilding(planning, room.buildingKey, room.origin);
  const communityId = buildingId && useCommunity(planning, room.communityKey, room.origin);
  if (!buildingId || !communityId) return;
  const roomTypeId = room.typeKey === null ? null : useRoomType(planning, room.typeKey, communityId);
  const known = planning.snapshot.rooms.get(room.key);
  const id = known?.id ?? (planning.newId() as RoomId);
  planning.rooms.set(room.key, { id, communityId });
  const { code } = room;
  const row = { id, communityId, buildingId, code, ...facts(room, roomTypeId, known) };
  if (!known) {
    planning.created.rooms++;
    planning.changes.newRooms.push(row);
    return;
  }
  const changed = roomDiffers(room, roomTypeId, known);
  count(planning, 'rooms', changed);
  if (changed) planning.changes.changedRooms.push(row);
}

/** What the sheet does not state stays as it is. */
const facts = (room: RollRoom, roomTypeId: RoomTypeId | null, known: KnownRoom | undefined) => ({
  roomTypeId: roomTypeId ?? known?.roomTypeId ?? null,
  floor: room.floor ?? known?.floor ?? null,
  areaCm2: room.areaCm2 ?? known?.areaCm2 ?? null,
  orientation: room.orientation ?? known?.orientation ?? null,
  facilities: room.facilities ?? known?.facilities ?? [],
});

const roomDiffers = (room: RollRoom, roomTypeId: RoomTypeId | null, known: KnownRoom): boolean =>
  differs(roomTypeId, known.roomTypeId) ||
  differs(room.floor, known.floor) ||
  differs(room.areaCm2, known.areaCm2) ||
  differs(room.orientation, known.orientation) ||
  (room.facilities !== null && room.facilities.join('\n') !== known.facilities.join('\n'));

const differs = <T>(stated: T | null, known: T | null): boolean => stated !== null && stated !== known;

function count(planning: Planning, kind: 'communities' | 'rooms', changed: boolean): void {
  if (changed) planning.changed[kind]++;
  else planning.unchanged[kind]++;
}

/** The room that a row refers to: one of the file's, or one that the record has. */
export function findRoom(planning: Planning, key: string): { id: RoomId; communityId: CommunityId } | undefined {
  const known = planning.rooms.get(key) ?? planning.snapshot.rooms.get(key);
  return known && (planning.scope === null || planning.scope.has(known.communityId)) ? known : undefined;
}

export const NO_ROOM = both(
  '房间不存在,或其所在行未被接受',
  'there is no such room, or the row that states it is refused',
);
