import { both } from './cell';
import {
  fold,
  MAIN_BUILDING,
  type Roll,
  type RollBuilding,
  type RollCommunity,
  type RollLease,
  type RollMeter,
  type RollPrice,
  type RollReading,
  type RollRoom,
  type RollRoomType,
  type RollTenant,
  rollKey,
} from './roll';
import type { Ignored, Origin, Refusal } from './table';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** A roll while its rows are still coming in. */
export type Draft = {
  readonly communities: Map<string, RollCommunity>;
  readonly buildings: Map<string, RollBuilding>;
  readonly roomTypes: Map<string, RollRoomType>;
  readonly rooms: Map<string, RollRoom>;
  readonly prices: RollPrice[];
  readonly tenants: Map<string, Writable<RollTenant>>;
  readonly tenantByIdNumber: Map<string, Writable<RollTenant>>;
  readonly tenantByPhone: Map<string, Writable<RollTenant>>;
  readonly leases: Map<string, RollLease>;
  readonly leaseNumbers: Map<string, Origin>;
  readonly meters: Map<string, RollMeter>;
  readonly readings: RollReading[];
  readonly refused: Refusal[];
  readonly ignored: Ignored[];
};

export const emptyDraft = (): Draft => ({
  communities: new Map(),
  buildings: new Map(),
  roomTypes: new Map(),
  rooms: new Map(),
  prices: [],
  tenants: new Map(),
  tenantByIdNumber: new Map(),
  tenantByPhone: new Map(),
  leases: new Map(),
  leaseNumbers: new Map(),
  meters: new Map(),
  readings: [],
  refused: [],
  ignored: [],
});

export const finished = ({ tenantByIdNumber, tenantByPhone, leaseNumbers, ...roll }: Draft): Roll => roll;

export type Place = { readonly community: string; readonly building: string | null };

export const communityKeyOf = ({ community }: Pick<Place, 'community'>): string => rollKey(community);

export const buildingKeyOf = (place: Place): string => rollKey(place.community, place.building ?? MAIN_BUILDING);

export const roomKeyOf = (place: Place & { readonly room: string }): string =>
  rollKey(place.community, place.building ?? MAIN_BUILDING, place.room);

/** Puts a community and building into the roll that a row only names; what another row states about them stays. */
export function namePlace(draft: Draft, place: Place): { readonly communityKey: string; readonly buildingKey: string } {
  const communityKey = communityKeyOf(place);
  const buildingKey = buildingKeyOf(place);
  if (!draft.communities.has(communityKey)) {
    draft.communities.set(communityKey, {
      key: communityKey,
      name: place.community,
      city: null,
      address: null,
      origin: null,
    });
  }
  if (!draft.buildings.has(buildingKey)) {
    const name = place.building ?? MAIN_BUILDING;
    draft.buildings.set(buildingKey, { key: buildingKey, communityKey, name, origin: null });
  }
  return { communityKey, buildingKey };
}

export function nameRoomType(draft: Draft, community: string, type: string | null): string | null {
  if (type === null) return null;
  const key = rollKey(community, type);
  if (!draft.roomTypes.has(key)) draft.roomTypes.set(key, { key, communityKey: rollKey(community), name: type });
  return key;
}

/** Where something was said before, for a reason that names the other row. */
export const elsewhere = (origin: Origin, here: Origin): string => {
  const same = origin.sheet.name === here.sheet.name;
  return same
    ? both(`与第 ${origin.row} 行重复`, `the same as row ${origin.row}`)
    : both(
        `与“${origin.sheet.name}”第 ${origin.row} 行重复`,
        `the same as row ${origin.row} of "${origin.sheet.name}"`,
      );
};

const VACANT = new Set(['空置', '空', '空房', '未租', '待租', '未出租', '闲置', 'vacant', 'empty', 'unlet']);

/** Whether a tenant's column says that nobody lives there. */
export const saysVacant = (tenant: string): boolean => VACANT.has(fold(tenant));
