import type { LocalDate } from '../domain/calendar';
import type { Changes, TenantRow } from '../domain/rent-roll/changes';
import { bulk, bulkOf } from './bulk';
import { blindIndex, encryptPersonal, type PersonalDataKeys } from './personal-data';
import { insertImportedLeases } from './rent-roll-leases';
import type { Tx } from './tx';

export type ImportTime = {
  /** ISO instant of the import. */
  readonly at: string;
  /** Its day in Shanghai. */
  readonly today: LocalDate;
};

/** Told after each kind of row, for a progress line. */
export type OnStored = (kind: keyof Changes, rows: number) => void;

type Store = {
  readonly tx: Tx;
  readonly changes: Changes;
  readonly keys: PersonalDataKeys;
  readonly time: ImportTime;
};

/** Writes a plan's rows in the caller's transaction, places first, thousands of rows per statement. */
export async function storeChanges(store: Store, onStored: OnStored = () => undefined): Promise<void> {
  for (const [kind, write] of STEPS) {
    const rows = store.changes[kind].length;
    if (rows === 0) continue;
    await write(store);
    onStored(kind, rows);
  }
}

type Step = readonly [kind: keyof Changes, write: (store: Store) => Promise<unknown>];

const STEPS: readonly Step[] = [
  ['newCommunities', ({ tx, changes }) => bulk(tx, NEW_COMMUNITIES, changes.newCommunities)],
  ['changedCommunities', ({ tx, changes }) => bulk(tx, CHANGED_COMMUNITIES, changes.changedCommunities)],
  ['newBuildings', ({ tx, changes }) => bulk(tx, newParts('building'), changes.newBuildings)],
  ['newRoomTypes', ({ tx, changes }) => bulk(tx, newParts('room_type'), changes.newRoomTypes)],
  ['newRooms', ({ tx, changes }) => bulk(tx, NEW_ROOMS, changes.newRooms)],
  ['changedRooms', ({ tx, changes }) => bulk(tx, CHANGED_ROOMS, changes.changedRooms)],
  ['endedPrices', ({ tx, changes }) => bulk(tx, ENDED_PRICES, changes.endedPrices)],
  ['newPrices', ({ tx, changes }) => bulk(tx, NEW_PRICES, changes.newPrices)],
  [
    'newTenants',
    ({ tx, changes, keys }) => bulkOf(tx, { sql: NEW_TENANTS, rows: changes.newTenants, toJson: sealed(keys) }),
  ],
  [
    'changedTenants',
    ({ tx, changes, keys }) => bulkOf(tx, { sql: CHANGED_TENANTS, rows: changes.changedTenants, toJson: sealed(keys) }),
  ],
  ['newLeases', ({ tx, changes, time }) => insertImportedLeases(tx, changes.newLeases, time)],
  ['newMeters', ({ tx, changes }) => bulk(tx, NEW_METERS, changes.newMeters)],
  ['movedMeters', ({ tx, changes }) => bulk(tx, MOVED_METERS, changes.movedMeters)],
  ['newReadings', ({ tx, changes }) => bulk(tx, NEW_READINGS, changes.newReadings)],
];

const NEW_COMMUNITIES = `
  INSERT INTO community (operator_id, id, code, name, city, address)
  SELECT $1, id, code, name, city, address
    FROM json_to_recordset($2::json) AS r(id uuid, code text, name text, city text, address text)`;

const CHANGED_COMMUNITIES = `
  UPDATE community SET city = r.city, address = r.address
    FROM json_to_recordset($2::json) AS r(id uuid, city text, address text)
    WHERE community.operator_id = $1 AND community.id = r.id`;

/** A building or room type that came in with a roll has its name for a code. */
const newParts = (table: 'building' | 'room_type') => `
  INSERT INTO ${table} (operator_id, id, community_id, code, name)
  SELECT $1, id, "communityId", name, name FROM json_to_recordset($2::json) AS r(id uuid, "communityId" uuid, name text)`;

const ROOM = `r(id uuid, "communityId" uuid, "buildingId" uuid, "roomTypeId" uuid, code text, floor integer, "areaCm2" bigint,
    orientation text, facilities json)`;
const FACILITIES = 'ARRAY(SELECT json_array_elements_text(r.facilities))';

const NEW_ROOMS = `
  INSERT INTO room (operator_id, id, community_id, building_id, room_type_id, code, floor, area_cm2, orientation, facilities)
  SELECT $1, id, "communityId", "buildingId", "roomTypeId", code, floor, "areaCm2", orientation, ${FACILITIES}
    FROM json_to_recordset($2::json) AS ${ROOM}`;

const CHANGED_ROOMS = `
  UPDATE room SET room_type_id = r."roomTypeId", floor = r.floor, area_cm2 = r."areaCm2", orientation = r.orientation,
      facilities = ${FACILITIES}
    FROM json_to_recordset($2::json) AS ${ROOM} WHERE room.operator_id = $1 AND room.id = r.id`;

const ENDED_PRICES = `
  UPDATE price SET valid_until = r.until FROM json_to_recordset($2::json) AS r(id uuid, until date)
    WHERE price.operator_id = $1 AND price.id = r.id`;

const NEW_PRICES = `
  INSERT INTO price (operator_id, id, community_id, room_type_id, room_id, min_months, max_months, cycle, basis, rate_fen, valid_from,
    valid_until, deposit_months, tax_basis_points, escalation)
  SELECT $1, id, "communityId", "roomTypeId", "roomId", "minMonths", "maxMonths", cycle, basis, "rateFen", "validFrom",
      "validUntil", "depositMonths", "taxBasisPoints", escalation
    FROM json_to_recordset($2::json) AS r(id uuid, "communityId" uuid, "roomTypeId" uuid, "roomId" uuid, "minMonths" integer,
      "maxMonths" integer, cycle text, basis text, "rateFen" bigint, "validFrom" date, "validUntil" date,
      "depositMonths" double precision, "taxBasisPoints" integer, escalation jsonb)`;

const TENANT = `r(id uuid, name text, "phoneEnc" text, "phoneHash" text, "idKind" text, "idNumberEnc" text, "idNumberHash" text)`;

const NEW_TENANTS = `
  INSERT INTO tenant (operator_id, id, name, phone_enc, phone_hash, id_kind, id_number_enc, id_number_hash)
  SELECT $1, id, name, "phoneEnc", "phoneHash", "idKind", "idNumberEnc", "idNumberHash"
    FROM json_to_recordset($2::json) AS ${TENANT}`;

const CHANGED_TENANTS = `
  UPDATE tenant SET name = r.name, phone_enc = coalesce(r."phoneEnc", phone_enc), phone_hash = coalesce(r."phoneHash", phone_hash),
      id_kind = coalesce(r."idKind", id_kind), id_number_enc = coalesce(r."idNumberEnc", id_number_enc),
      id_number_hash = coalesce(r."idNumberHash", id_number_hash)
    FROM json_to_recordset($2::json) AS ${TENANT} WHERE tenant.operator_id = $1 AND tenant.id = r.id`;

const METER = 'r(id uuid, "roomId" uuid, kind text, number text)';

const NEW_METERS = `
  INSERT INTO meter (operator_id, id, room_id, kind, number)
  SELECT $1, id, "roomId", kind, number FROM json_to_recordset($2::json) AS ${METER}`;

const MOVED_METERS = `
  UPDATE meter SET room_id = r."roomId" FROM json_to_recordset($2::json) AS ${METER}
    WHERE meter.operator_id = $1 AND meter.id = r.id`;

const NEW_READINGS = `
  INSERT INTO meter_reading (operator_id, meter_id, read_on, value_thousandths, source)
  SELECT $1, "meterId", day, thousandths, 'import'
    FROM json_to_recordset($2::json) AS r("meterId" uuid, day date, thousandths bigint)`;

const sealed =
  (keys: PersonalDataKeys) =>
  ({ id, name, phone, document }: TenantRow) => ({
    id,
    name,
    phoneEnc: phone === null ? null : encryptPersonal(phone, keys),
    phoneHash: phone === null ? null : blindIndex('phone', phone, keys),
    idKind: document?.kind ?? null,
    idNumberEnc: document ? encryptPersonal(document.number, keys) : null,
    idNumberHash: document ? blindIndex('idNumber', document.number, keys) : null,
  });
