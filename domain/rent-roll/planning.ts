import type { LocalDate } from '../calendar';
import type { BuildingId, CommunityId, RoomId, RoomTypeId, TenantId } from '../ids';
import type { Changes } from './changes';
import { ROLL_KINDS, type Roll, type RollKind } from './roll';
import type { Hold, MeterId, Snapshot } from './snapshot';
import { type Origin, type Refusal, refusal } from './table';

export type PlanInput = {
  readonly roll: Roll;
  readonly snapshot: Snapshot;
  /** Communities that whoever imports may change; null: all, and new ones. */
  readonly scope: ReadonlySet<CommunityId> | null;
  /** The day of the import in Shanghai. */
  readonly asOf: LocalDate;
  /** Gives a new UUID; passed in because the domain has no chance and no clock. */
  readonly newId: () => string;
};

type Tally = Record<RollKind, number>;

/** One attempt at a plan: what was decided so far, by the roll's keys. Null: refused. */
export type Planning = PlanInput & {
  /** Rows refused in an earlier attempt; nothing of theirs is taken over. */
  readonly skip: ReadonlySet<Origin>;
  /** Rows refused in this attempt; what else stands in them is not looked at, since most of it would only fall after. */
  readonly fallen: Set<Origin>;
  readonly refused: { readonly origin: Origin; readonly refusal: Refusal }[];
  readonly created: Tally;
  readonly changed: Tally;
  readonly unchanged: Tally;
  readonly changes: Changes;
  readonly communities: Map<string, CommunityId | null>;
  readonly buildings: Map<string, BuildingId | null>;
  readonly roomTypes: Map<string, RoomTypeId>;
  readonly rooms: Map<string, { readonly id: RoomId; readonly communityId: CommunityId }>;
  readonly tenants: Map<string, TenantId | null>;
  readonly meters: Map<string, MeterId>;
  readonly holds: Map<string, Hold[]>;
};

export const noCounts = (): Tally => Object.fromEntries(ROLL_KINDS.map((kind) => [kind, 0])) as Tally;

const noChanges = (): Changes => ({
  newCommunities: [],
  changedCommunities: [],
  newBuildings: [],
  newRoomTypes: [],
  newRooms: [],
  changedRooms: [],
  newPrices: [],
  endedPrices: [],
  newTenants: [],
  changedTenants: [],
  newLeases: [],
  newMeters: [],
  movedMeters: [],
  newReadings: [],
});

export const beginPlanning = (input: PlanInput, skip: ReadonlySet<Origin>): Planning => ({
  ...input,
  skip,
  fallen: new Set(),
  refused: [],
  created: noCounts(),
  changed: noCounts(),
  unchanged: noCounts(),
  changes: noChanges(),
  communities: new Map(),
  buildings: new Map(),
  roomTypes: new Map(),
  rooms: new Map(),
  tenants: new Map(),
  meters: new Map(),
  holds: new Map(),
});

export function refuse(planning: Planning, origin: Origin, field: string | null, reason: string): null {
  planning.fallen.add(origin);
  planning.refused.push({ origin, refusal: refusal(origin, field, reason) });
  return null;
}

export const isOut = ({ skip, fallen }: Planning, origin: Origin): boolean => skip.has(origin) || fallen.has(origin);
