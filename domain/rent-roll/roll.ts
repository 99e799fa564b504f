import type { LocalDate } from '../calendar';
import type { Fen } from '../money';
import type { Alignment, Escalation, PaymentCycle, RateBasis } from '../terms';
import { narrow } from './cell';
import type { IdNumber } from './people';
import type { Ignored, Origin, Refusal } from './table';
import type { MeterKind, Orientation } from './words';

/** What the import counts, in the order in which things depend on each other. */
export const ROLL_KINDS = [
  'communities',
  'buildings',
  'roomTypes',
  'rooms',
  'prices',
  'tenants',
  'leases',
  'meters',
  'readings',
] as const;

export type RollKind = (typeof ROLL_KINDS)[number];

export type Counts = Readonly<Record<RollKind, number>>;

/** `origin` null: only named by other rows. Null facts are not stated, which is not the same as empty. */
export type RollCommunity = {
  readonly key: string;
  readonly name: string;
  readonly city: string | null;
  readonly address: string | null;
  readonly origin: Origin | null;
};

export type RollBuilding = {
  readonly key: string;
  readonly communityKey: string;
  readonly name: string;
  readonly origin: Origin | null;
};

export type RollRoomType = { readonly key: string; readonly communityKey: string; readonly name: string };

export type RollRoom = {
  readonly key: string;
  readonly buildingKey: string;
  readonly communityKey: string;
  readonly code: string;
  readonly typeKey: string | null;
  readonly areaCm2: number | null;
  readonly floor: number | null;
  readonly orientation: Orientation | null;
  readonly facilities: readonly string[] | null;
  readonly origin: Origin;
};

export type RollPrice = {
  readonly communityKey: string;
  readonly scope: 'roomType' | 'room';
  /** Key of the room type or room. */
  readonly scopeKey: string;
  readonly minMonths: number;
  readonly maxMonths: number | null;
  readonly cycle: PaymentCycle;
  readonly basis: RateBasis;
  readonly rateFen: Fen;
  /** Null: from the day of the import. */
  readonly validFrom: LocalDate | null;
  readonly depositMonths: number;
  readonly taxBasisPoints: number;
  readonly escalation: Escalation;
  readonly origin: Origin;
};

export type RollTenant = {
  readonly key: string;
  readonly name: string;
  readonly phone: string | null;
  readonly id: IdNumber | null;
  readonly origin: Origin;
};

export type RollLease = {
  readonly key: string;
  readonly roomKey: string;
  readonly communityKey: string;
  readonly tenantKey: string;
  readonly number: string | null;
  readonly startsOn: LocalDate;
  readonly endsOn: LocalDate;
  readonly rateFen: Fen;
  readonly basis: RateBasis;
  readonly cycle: PaymentCycle;
  readonly escalation: Escalation;
  readonly alignment: Alignment;
  readonly taxBasisPoints: number;
  readonly depositFen: Fen;
  readonly arrearsFen: Fen;
  readonly prepaymentFen: Fen;
  readonly paidUntil: LocalDate | null;
  readonly nextPeriod: LocalDate | null;
  readonly origin: Origin;
};

export type RollMeter = {
  readonly key: string;
  readonly kind: MeterKind;
  readonly number: string;
  readonly roomKey: string;
  readonly origin: Origin;
};

export type RollReading = {
  readonly meterKey: string;
  /** Null: the day of the import. */
  readonly day: LocalDate | null;
  readonly thousandths: number;
  readonly origin: Origin;
};

/** Everything that a file states, each thing once, by its natural key. */
export type Roll = {
  readonly communities: ReadonlyMap<string, RollCommunity>;
  readonly buildings: ReadonlyMap<string, RollBuilding>;
  readonly roomTypes: ReadonlyMap<string, RollRoomType>;
  readonly rooms: ReadonlyMap<string, RollRoom>;
  readonly prices: readonly RollPrice[];
  readonly tenants: ReadonlyMap<string, RollTenant>;
  readonly leases: ReadonlyMap<string, RollLease>;
  readonly meters: ReadonlyMap<string, RollMeter>;
  readonly readings: readonly RollReading[];
  readonly refused: readonly Refusal[];
  readonly ignored: readonly Ignored[];
};

/** Names are the same when they differ only in case, width and blanks. */
export const fold = (name: string): string => narrow(name).toLowerCase().replace(/\s+/g, '');

const SEPARATOR = '\u001f'; // no keyboard types it, so no two pairs of names can give the same key

export const rollKey = (...parts: readonly string[]): string => parts.map(fold).join(SEPARATOR);

/** A room of a community that has only one building stands in this one. */
export const MAIN_BUILDING = '主楼';

/** The first parts of a key: the community of a room, or with `parts` 2 its building. */
export const rollKeyHead = (key: string, parts = 1): string => key.split(SEPARATOR).slice(0, parts).join(SEPARATOR);
