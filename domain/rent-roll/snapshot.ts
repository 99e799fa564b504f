import type { LocalDate } from '../calendar';
import type { BuildingId, CommunityId, Id, LeaseId, RoomId, RoomTypeId, TenantId } from '../ids';
import type { Fen } from '../money';
import type { LeasePolicy } from '../policy';
import type { Escalation, LeaseTerms, PaymentCycle, RateBasis } from '../terms';

export type MeterId = Id<'meter'>;
export type PriceId = Id<'price'>;

export type KnownCommunity = {
  readonly id: CommunityId;
  readonly name: string;
  readonly city: string | null;
  readonly address: string | null;
  /** What leases of this community freeze: its own policy, else the operator's. */
  readonly policy: LeasePolicy;
};

export type KnownRoom = {
  readonly id: RoomId;
  readonly communityId: CommunityId;
  readonly roomTypeId: RoomTypeId | null;
  readonly areaCm2: number | null;
  readonly floor: number | null;
  readonly orientation: string | null;
  readonly facilities: readonly string[];
};

export type KnownPrice = {
  readonly id: PriceId;
  readonly minMonths: number;
  readonly maxMonths: number | null;
  readonly cycle: PaymentCycle;
  readonly basis: RateBasis;
  readonly rateFen: Fen;
  readonly validFrom: LocalDate;
  /** Exclusive; null while it is offered. */
  readonly validUntil: LocalDate | null;
  readonly depositMonths: number;
  readonly taxBasisPoints: number;
  readonly escalation: Escalation;
};

export type KnownTenant = {
  readonly id: TenantId;
  readonly name: string;
  readonly hasPhone: boolean;
  readonly hasIdNumber: boolean;
};

export type KnownLease = {
  readonly id: LeaseId;
  readonly number: string;
  readonly tenantId: TenantId;
  readonly terms: LeaseTerms;
  readonly closed: boolean;
};

/** Days for which a lease keeps a room from everyone else, [from, until). */
export type Hold = { readonly number: string; readonly from: LocalDate; readonly until: LocalDate };

export type KnownMeter = {
  readonly id: MeterId;
  readonly roomId: RoomId;
  /** Thousandths by day: what was imported before, and whatever there is on the days that the file names. */
  readonly readings: ReadonlyMap<LocalDate, number>;
};

/**
 * What the record holds already of the things a roll names, under the roll's own keys. Tenants are found by the plain numbers in the
 * file: the record has only their hashes, and whoever fills the snapshot compares those.
 */
export type Snapshot = {
  readonly operatorPolicy: LeasePolicy;
  readonly communities: ReadonlyMap<string, KnownCommunity>;
  readonly buildings: ReadonlyMap<string, BuildingId>;
  readonly roomTypes: ReadonlyMap<string, RoomTypeId>;
  readonly rooms: ReadonlyMap<string, KnownRoom>;
  /** By key of the room or room type. */
  readonly prices: ReadonlyMap<string, readonly KnownPrice[]>;
  readonly tenantsByIdNumber: ReadonlyMap<string, KnownTenant>;
  readonly tenantsByPhone: ReadonlyMap<string, KnownTenant>;
  /** By key of the room in which the lease began, former leases included. */
  readonly leases: ReadonlyMap<string, readonly KnownLease[]>;
  /** By key of the room. */
  readonly holds: ReadonlyMap<string, readonly Hold[]>;
  /** Numbers of leases of the operator that the file also uses. */
  readonly leaseNumbers: ReadonlyMap<string, LeaseId>;
  readonly meters: ReadonlyMap<string, KnownMeter>;
};
