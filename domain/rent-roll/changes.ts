import type { LocalDate } from '../calendar';
import type { BuildingId, CommunityId, LeaseId, RoomId, RoomTypeId, TenantId } from '../ids';
import type { Fen } from '../money';
import type { LeasePolicy } from '../policy';
import type { Escalation, LeaseTerms, PaymentCycle, RateBasis } from '../terms';
import type { IdNumber } from './people';
import type { Counts } from './roll';
import type { MeterId, PriceId } from './snapshot';
import type { Ignored, Refusal } from './table';
import type { MeterKind } from './words';

export type CommunityRow = {
  readonly id: CommunityId;
  readonly code: string;
  readonly name: string;
  readonly city: string | null;
  readonly address: string | null;
};

export type BuildingRow = { readonly id: BuildingId; readonly communityId: CommunityId; readonly name: string };
export type RoomTypeRow = { readonly id: RoomTypeId; readonly communityId: CommunityId; readonly name: string };

export type RoomRow = {
  readonly id: RoomId;
  readonly communityId: CommunityId;
  readonly buildingId: BuildingId;
  readonly roomTypeId: RoomTypeId | null;
  readonly code: string;
  readonly floor: number | null;
  readonly areaCm2: number | null;
  readonly orientation: string | null;
  readonly facilities: readonly string[];
};

export type PriceRow = {
  readonly id: PriceId;
  readonly communityId: CommunityId;
  readonly roomTypeId: RoomTypeId | null;
  readonly roomId: RoomId | null;
  readonly minMonths: number;
  readonly maxMonths: number | null;
  readonly cycle: PaymentCycle;
  readonly basis: RateBasis;
  readonly rateFen: Fen;
  readonly validFrom: LocalDate;
  readonly validUntil: LocalDate | null;
  readonly depositMonths: number;
  readonly taxBasisPoints: number;
  readonly escalation: Escalation;
};

export type TenantRow = {
  readonly id: TenantId;
  readonly name: string;
  readonly phone: string | null;
  readonly document: IdNumber | null;
};

export type LeaseRow = {
  readonly id: LeaseId;
  readonly number: string;
  readonly communityId: CommunityId;
  readonly roomId: RoomId;
  readonly tenantId: TenantId;
  readonly terms: LeaseTerms;
  readonly policy: LeasePolicy;
  /** First day that the platform bills. */
  readonly billedUntil: LocalDate;
  readonly arrearsFen: Fen;
  readonly prepaymentFen: Fen;
  readonly depositFen: Fen;
};

export type MeterRow = {
  readonly id: MeterId;
  readonly roomId: RoomId;
  readonly kind: MeterKind;
  readonly number: string;
};

export type ReadingRow = { readonly meterId: MeterId; readonly day: LocalDate; readonly thousandths: number };

/** Rows to write, ids given. A changed tenant carries only what is new about it (null: leave as it is). */
export type Changes = {
  readonly newCommunities: CommunityRow[];
  readonly changedCommunities: CommunityRow[];
  readonly newBuildings: BuildingRow[];
  readonly newRoomTypes: RoomTypeRow[];
  readonly newRooms: RoomRow[];
  readonly changedRooms: RoomRow[];
  readonly newPrices: PriceRow[];
  /** Prices that stop being offered on `until`, since a new one takes over. */
  readonly endedPrices: { readonly id: PriceId; readonly until: LocalDate }[];
  readonly newTenants: TenantRow[];
  readonly changedTenants: TenantRow[];
  readonly newLeases: LeaseRow[];
  readonly newMeters: MeterRow[];
  readonly movedMeters: MeterRow[];
  readonly newReadings: ReadingRow[];
};

/** What an import would do, in full: counts for people, rows for the record. */
export type Plan = {
  readonly created: Counts;
  readonly changed: Counts;
  readonly unchanged: Counts;
  readonly refused: readonly Refusal[];
  readonly ignored: readonly Ignored[];
  readonly changes: Changes;
};
