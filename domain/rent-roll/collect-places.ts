import { both } from './cell';
import { buildingKeyOf, communityKeyOf, type Draft, elsewhere, namePlace, nameRoomType, roomKeyOf } from './draft';
import type { Row } from './fields';
import { rollKey } from './roll';
import { type Origin, type Refusal, refusal } from './table';

export function collectCommunity(draft: Draft, origin: Origin, row: Row<'communities'>): Refusal[] {
  const key = communityKeyOf(row);
  const known = draft.communities.get(key);
  if (known?.origin) return [refusal(origin, 'community', elsewhere(known.origin, origin))];
  draft.communities.set(key, { key, name: row.community, city: row.city, address: row.address, origin });
  return [];
}

export function collectBuilding(draft: Draft, origin: Origin, row: Row<'buildings'>): Refusal[] {
  const known = draft.buildings.get(buildingKeyOf(row));
  if (known?.origin) return [refusal(origin, 'building', elsewhere(known.origin, origin))];
  const { communityKey, buildingKey: key } = namePlace(draft, row);
  draft.buildings.set(key, { key, communityKey, name: row.building, origin });
  return [];
}

/** The facts of a room, the same in a sheet of rooms and in a rent roll. */
export type RoomFacts = Row<'rooms'>;

export function checkRoom(draft: Draft, origin: Origin, row: RoomFacts): Refusal[] {
  const known = draft.rooms.get(roomKeyOf(row));
  return known ? [refusal(origin, 'room', elsewhere(known.origin, origin))] : [];
}

/** @returns the room's key. Call {@link checkRoom} before. */
export function putRoom(draft: Draft, origin: Origin, row: RoomFacts): string {
  const key = roomKeyOf(row);
  draft.rooms.set(key, {
    key,
    ...namePlace(draft, row),
    code: row.room,
    typeKey: nameRoomType(draft, row.community, row.type),
    areaCm2: row.area,
    floor: row.floor,
    orientation: row.orientation,
    facilities: row.facilities,
    origin,
  });
  return key;
}

export function collectRoom(draft: Draft, origin: Origin, row: RoomFacts): Refusal[] {
  const refused = checkRoom(draft, origin, row);
  if (refused.length === 0) putRoom(draft, origin, row);
  return refused;
}

export function collectPrice(draft: Draft, origin: Origin, row: Row<'prices'>): Refusal[] {
  if ((row.type === null) === (row.room === null)) {
    return [refusal(origin, null, both('房型和房号须填且只填一项', 'give either a room type or a room'))];
  }
  const minMonths = row.minMonths ?? 0;
  if (row.maxMonths !== null && row.maxMonths < minMonths) {
    return [
      refusal(origin, 'maxMonths', both('最长租期短于最短租期', 'the longest term is shorter than the shortest')),
    ];
  }
  if ((row.depositMonths ?? 0) > 12) {
    return [refusal(origin, 'depositMonths', both('押金最多 12 个月', 'the deposit is at most 12 months'))];
  }
  nameRoomType(draft, row.community, row.type);
  draft.prices.push({
    communityKey: communityKeyOf(row),
    scope: row.room === null ? 'roomType' : 'room',
    scopeKey: row.room === null ? rollKey(row.community, row.type ?? '') : roomKeyOf({ ...row, room: row.room }),
    minMonths,
    maxMonths: row.maxMonths,
    cycle: row.cycle?.cycle ?? 1,
    basis: row.basis ?? 'perMonth',
    rateFen: row.rate,
    validFrom: row.validFrom,
    depositMonths: row.depositMonths ?? row.cycle?.depositMonths ?? 1,
    taxBasisPoints: row.taxRate ?? 0,
    escalation: row.escalation ?? { kind: 'none' },
    origin,
  });
  return [];
}
