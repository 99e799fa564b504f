import type { LocalDate } from '../domain/calendar';
import type { BuildingId, CommunityId, LeaseId, RoomId, RoomTypeId, TenantId } from '../domain/ids';
import type { LeasePolicy } from '../domain/policy';
import { type Roll, rollKey, rollKeyHead } from '../domain/rent-roll/roll';
import type {
  Hold,
  KnownCommunity,
  KnownLease,
  KnownMeter,
  KnownPrice,
  KnownRoom,
  KnownTenant,
  MeterId,
  Snapshot,
} from '../domain/rent-roll/snapshot';
import type { LeaseTerms } from '../domain/terms';
import { bulk } from './bulk';
import { blindIndex, type PersonalDataKeys } from './personal-data';
import type { Tx } from './tx';

/** What the record holds of everything that `roll` names. Personal numbers are compared by their hashes; nothing is decrypted. */
export const loadSnapshot = (tx: Tx, roll: Roll, keys: PersonalDataKeys): Promise<Snapshot> =>
  byIndex(tx, () => load(tx, roll, keys));

async function load(tx: Tx, roll: Roll, keys: PersonalDataKeys): Promise<Snapshot> {
  const operatorPolicy = await loadOperatorPolicy(tx);
  const communities = await loadCommunities(tx, roll, operatorPolicy);
  const ids = [...communities.values()].map(({ id }) => id);
  const communityKeys = new Map([...communities].map(([key, { id }]) => [id, key]));
  const { buildings, buildingKeys } = await loadBuildings(tx, roll, communityKeys);
  const { roomTypes, typeKeys } = await loadRoomTypes(tx, roll, communityKeys);
  const { rooms, roomKeys } = await loadRooms(tx, ids, buildingKeys);
  return {
    operatorPolicy,
    communities,
    buildings,
    roomTypes,
    rooms,
    prices: await loadPrices(tx, ids, { roomKeys, typeKeys }),
    ...(await loadTenants(tx, roll, keys)),
    ...(await loadLeases(tx, ids, roomKeys)),
    leaseNumbers: await loadLeaseNumbers(tx, roll),
    meters: await loadMeters(tx, roll),
  };
}

const BY_INDEX = ['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin'];

/**
 * Every look-up here is by an index. Right after a first big import PostgreSQL has no statistics yet and guesses otherwise: plans that
 * took a second then took minutes.
 */
async function byIndex<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  for (const setting of BY_INDEX) await tx.query(`SET LOCAL ${setting} = off`);
  const result = await work();
  for (const setting of BY_INDEX) await tx.query(`SET LOCAL ${setting} = on`);
  return result;
}

async function loadOperatorPolicy(tx: Tx): Promise<LeasePolicy> {
  const [row] = await tx.query<{ policy: LeasePolicy }>('SELECT policy FROM operator WHERE operator_id = $1', [
    tx.operatorId,
  ]);
  if (!row) throw new RangeError(`no operator ${tx.operatorId}`);
  return row.policy;
}

/** Keys of all communities that the roll names, whether or not a row states them. */
function namedCommunities(roll: Roll): Set<string> {
  const keys = new Set(roll.communities.keys());
  for (const { communityKey } of roll.leases.values()) keys.add(communityKey);
  for (const { communityKey } of roll.prices) keys.add(communityKey);
  for (const { roomKey } of roll.meters.values()) keys.add(rollKeyHead(roomKey));
  return keys;
}

type Named = { readonly code: string; readonly name: string };

/** People write a thing's name or its code; the roll's own word for it is the key. The name wins when both are there. */
const keyIn = (wanted: { has(key: string): boolean }, { name, code }: Named, ...before: string[]): string => {
  const byName = rollKey(...before, name);
  const byCode = rollKey(...before, code);
  return !wanted.has(byName) && wanted.has(byCode) ? byCode : byName;
};

async function loadCommunities(tx: Tx, roll: Roll, operatorPolicy: LeasePolicy): Promise<Map<string, KnownCommunity>> {
  const wanted = namedCommunities(roll);
  const rows = await tx.query<Omit<KnownCommunity, 'policy'> & Named & { policy: LeasePolicy | null }>(
    'SELECT id, code, name, city, address, policy FROM community ORDER BY id',
  );
  const known = new Map<string, KnownCommunity>();
  for (const row of rows) {
    const key = keyIn(wanted, row);
    if (!wanted.has(key) || known.has(key)) continue;
    const { id, name, city, address, policy } = row;
    known.set(key, { id, name, city, address, policy: policy ?? operatorPolicy });
  }
  return known;
}

type Part<Id> = Named & { readonly id: Id; readonly communityId: CommunityId };

async function loadBuildings(tx: Tx, roll: Roll, communityKeys: ReadonlyMap<CommunityId, string>) {
  const rows = await tx.query<Part<BuildingId>>(
    'SELECT id, community_id AS "communityId", code, name FROM building WHERE community_id = ANY($1)',
    [[...communityKeys.keys()]],
  );
  const wanted = new Set([...roll.buildings.keys(), ...buildingsOfRooms(roll)]);
  const buildings = new Map<string, BuildingId>();
  const buildingKeys = new Map<BuildingId, string>();
  for (const row of rows) {
    const key = keyIn(wanted, row, communityKeys.get(row.communityId) ?? '');
    buildings.set(key, row.id);
    buildingKeys.set(row.id, key);
  }
  return { buildings, buildingKeys };
}

function* buildingsOfRooms(roll: Roll): Generator<string> {
  for (const { roomKey } of roll.leases.values()) yield rollKeyHead(roomKey, 2);
  for (const { roomKey } of roll.meters.values()) yield rollKeyHead(roomKey, 2);
}

async function loadRoomTypes(tx: Tx, roll: Roll, communityKeys: ReadonlyMap<CommunityId, string>) {
  const rows = await tx.query<Part<RoomTypeId>>(
    'SELECT id, community_id AS "communityId", code, name FROM room_type WHERE community_id = ANY($1)',
    [[...communityKeys.keys()]],
  );
  const roomTypes = new Map<string, RoomTypeId>();
  const typeKeys = new Map<RoomTypeId, string>();
  for (const row of rows) {
    const key = keyIn(roll.roomTypes, row, communityKeys.get(row.communityId) ?? '');
    roomTypes.set(key, row.id);
    typeKeys.set(row.id, key);
  }
  return { roomTypes, typeKeys };
}

type RoomRow = KnownRoom & { readonly buildingId: BuildingId; readonly code: string };

async function loadRooms(tx: Tx, communities: readonly CommunityId[], buildingKeys: ReadonlyMap<BuildingId, string>) {
  const rows = await tx.query<RoomRow>(
    `SELECT id, community_id AS "communityId", building_id AS "buildingId", room_type_id AS "roomTypeId", code, floor,
        area_cm2 AS "areaCm2", orientation, facilities FROM room WHERE community_id = ANY($1)`,
    [communities],
  );
  const rooms = new Map<string, KnownRoom>();
  const roomKeys = new Map<RoomId, string>();
  for (const { buildingId, code, ...room } of rows) {
    const key = rollKey(buildingKeys.get(buildingId) ?? '', code);
    rooms.set(key, room);
    roomKeys.set(room.id, key);
  }
  return { rooms, roomKeys };
}

type ScopeKeys = {
  readonly roomKeys: ReadonlyMap<RoomId, string>;
  readonly typeKeys: ReadonlyMap<RoomTypeId, string>;
};

type PriceRow = Omit<KnownPrice, 'cycle'> & { cycle: string; roomId: RoomId | null; roomTypeId: RoomTypeId | null };

async function loadPrices(tx: Tx, communities: readonly CommunityId[], { roomKeys, typeKeys }: ScopeKeys) {
  const rows = await tx.query<PriceRow>(
    `SELECT id, room_id AS "roomId", room_type_id AS "roomTypeId", min_months AS "minMonths", max_months AS "maxMonths", cycle, basis,
        rate_fen AS "rateFen", valid_from AS "validFrom", valid_until AS "validUntil", deposit_months AS "depositMonths",
        tax_basis_points AS "taxBasisPoints", escalation FROM price WHERE community_id = ANY($1)`,
    [communities],
  );
  const prices = new Map<string, KnownPrice[]>();
  for (const { roomId, roomTypeId, cycle, ...price } of rows) {
    const key = roomId ? roomKeys.get(roomId) : roomTypeId ? typeKeys.get(roomTypeId) : undefined;
    const known = { ...price, cycle: cycle === 'wholeTerm' ? cycle : Number(cycle) } as KnownPrice;
    if (key !== undefined) push(prices, key, known);
  }
  return prices;
}

function push<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

type TenantRow = { id: TenantId; name: string; phone_hash: string | null; id_number_hash: string | null };

async function loadTenants(tx: Tx, roll: Roll, keys: PersonalDataKeys) {
  const phones = new Map<string, string>();
  const numbers = new Map<string, string>();
  for (const { phone, id } of roll.tenants.values()) {
    if (phone !== null) phones.set(blindIndex('phone', phone, keys), phone);
    if (id) numbers.set(blindIndex('idNumber', id.number, keys), id.number);
  }
  const find = (column: 'phone_hash' | 'id_number_hash', hashes: Iterable<string>) =>
    bulk<TenantRow>(
      tx,
      `SELECT t.id, t.name, t.phone_hash, t.id_number_hash FROM json_to_recordset($2::json) AS w(hash text)
        JOIN tenant t ON t.operator_id = $1 AND t.${column} = w.hash`,
      [...hashes].map((hash) => ({ hash })),
    );
  const tenantsByPhone = new Map<string, KnownTenant>();
  const tenantsByIdNumber = new Map<string, KnownTenant>();
  for (const row of await find('phone_hash', phones.keys())) {
    tenantsByPhone.set(phones.get(row.phone_hash ?? '') ?? '', knownTenant(row));
  }
  for (const row of await find('id_number_hash', numbers.keys())) {
    tenantsByIdNumber.set(numbers.get(row.id_number_hash ?? '') ?? '', knownTenant(row));
  }
  return { tenantsByPhone, tenantsByIdNumber };
}

const knownTenant = ({ id, name, phone_hash, id_number_hash }: TenantRow): KnownTenant => ({
  id,
  name,
  hasPhone: phone_hash !== null,
  hasIdNumber: id_number_hash !== null,
});

type RoomKeys = ReadonlyMap<RoomId, string>;

type LeaseRow = { id: LeaseId; number: string; tenantId: TenantId; terms: LeaseTerms; closed: boolean };

async function loadLeases(tx: Tx, communities: readonly CommunityId[], roomKeys: RoomKeys) {
  const rows = await tx.query<LeaseRow>(
    `SELECT id, number, tenant_id AS "tenantId", terms, status IN ('closed', 'expired', 'rejected', 'cancelled') AS closed
      FROM lease WHERE community_id = ANY($1)`,
    [communities],
  );
  const leases = new Map<string, KnownLease[]>();
  for (const lease of rows) {
    const room = lease.terms.segments[0]?.roomId;
    push(leases, (room && roomKeys.get(room)) ?? '', lease);
  }
  const numbers = new Map(rows.map(({ id, number }) => [id, number]));
  return { leases, holds: await loadHolds(tx, roomKeys, numbers) };
}

type HoldRow = Omit<Hold, 'number'> & { readonly roomId: RoomId; readonly leaseId: LeaseId };

/** A lease whose home community is another one may hold a room here after a transfer; it goes by its id then. */
async function loadHolds(
  tx: Tx,
  roomKeys: RoomKeys,
  numbers: ReadonlyMap<LeaseId, string>,
): Promise<Map<string, Hold[]>> {
  const rows = await bulk<HoldRow>(
    tx,
    `SELECT o.room_id AS "roomId", o.lease_id AS "leaseId", lower(o.during) AS "from", coalesce(upper(o.during), '9999-12-31') AS until
      FROM json_to_recordset($2::json) AS w(id uuid) JOIN lease_occupancy o ON o.operator_id = $1 AND o.room_id = w.id`,
    [...roomKeys.keys()].map((id) => ({ id })),
  );
  const holds = new Map<string, Hold[]>();
  for (const { roomId, leaseId, from, until } of rows) {
    push(holds, roomKeys.get(roomId) ?? '', { number: numbers.get(leaseId) ?? leaseId, from, until });
  }
  return holds;
}

async function loadLeaseNumbers(tx: Tx, roll: Roll): Promise<Map<string, LeaseId>> {
  const numbers = [...roll.leases.values()].flatMap(({ number }) => (number === null ? [] : [{ number }]));
  const rows = await bulk<{ number: string; id: LeaseId }>(
    tx,
    `SELECT l.number, l.id FROM json_to_recordset($2::json) AS w(number text)
      JOIN lease l ON l.operator_id = $1 AND l.number = w.number`,
    numbers,
  );
  return new Map(rows.map(({ number, id }) => [number, id]));
}

type MeterFound = { key: string; id: MeterId; roomId: RoomId };

async function loadMeters(tx: Tx, roll: Roll): Promise<Map<string, KnownMeter>> {
  const wanted = [...roll.meters.values()].map(({ key, kind, number }) => ({ key, kind, number }));
  const found = await bulk<MeterFound>(
    tx,
    `SELECT w.key, m.id, m.room_id AS "roomId" FROM json_to_recordset($2::json) AS w(key text, kind text, number text)
      JOIN meter m ON m.operator_id = $1 AND m.kind = w.kind AND m.number = w.number`,
    wanted,
  );
  const days = [...new Set(roll.readings.flatMap(({ day }) => (day === null ? [] : [day])))];
  const readings = await bulk<{ id: MeterId; day: LocalDate; value: number }>(
    tx,
    `SELECT r.meter_id AS id, r.read_on AS day, r.value_thousandths AS value FROM json_to_recordset($2::json) AS w(id uuid)
      JOIN meter_reading r ON r.operator_id = $1 AND r.meter_id = w.id AND (r.source = 'import' OR r.read_on = ANY($3::date[]))`,
    found.map(({ id }) => ({ id })),
    [days],
  );
  const byMeter = new Map<MeterId, Map<LocalDate, number>>(found.map(({ id }) => [id, new Map()]));
  for (const { id, day, value } of readings) byMeter.get(id)?.set(day, value);
  return new Map(found.map(({ key, id, roomId }) => [key, { id, roomId, readings: byMeter.get(id) ?? new Map() }]));
}
