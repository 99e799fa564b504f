import { z } from 'zod';
import { LEASE_STATUSES } from '../../domain/lease';
import { amountFen, day, id, idParams, instant, nonNegativeFen, pageQuery, positiveFen, reason, text } from './common';

const communityId = id('community');

export const community = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  city: z.string().nullable(),
  address: z.string().nullable(),
  rooms: z.int(),
  occupied: z.int(),
});
export const listCommunitiesQuery = z.strictObject({ ...pageQuery, search: text(60).optional() });
export const createCommunityBody = z.strictObject({
  code: text(40),
  name: text(80),
  city: text(40).nullable().default(null),
  address: text(200).nullable().default(null),
});
export const editCommunityBody = z.strictObject({
  name: text(80).optional(),
  city: text(40).nullable().optional(),
  address: text(200).nullable().optional(),
});
export const communityParams = idParams('community');

export const building = z.object({
  id: z.string(),
  communityId: z.string(),
  code: z.string(),
  name: z.string(),
  /** While the fire alarm lasts no door of the building is locked and no power cut. */
  fireAlarmSince: instant.nullable(),
});
export const buildingParams = idParams('building');
export const fireAlarmBody = z.strictObject({ active: z.boolean(), reason });
export const fireAlarm = z.object({
  buildingId: z.string(),
  fireAlarmSince: instant.nullable(),
  /** How many leases of the building look at their doors again. */
  leases: z.int(),
});
export const listBuildingsQuery = z.strictObject({ ...pageQuery, communityId: communityId.optional() });
export const createBuildingBody = z.strictObject({ communityId, code: text(40), name: text(80) });

export const roomType = z.object({
  id: z.string(),
  communityId: z.string(),
  code: z.string(),
  name: z.string(),
});
export const listRoomTypesQuery = z.strictObject({ ...pageQuery, communityId: communityId.optional() });
export const createRoomTypeBody = z.strictObject({ communityId, code: text(40), name: text(80) });

export const ROOM_STATES = [
  'vacant',
  'reserved',
  'occupied',
  'restricted',
  'ending',
  'checkingOut',
  'offSale',
] as const;

/** The next days for which a lease other than `leaseId` keeps the room; null: free for as long as one likes. */
const reserved = z
  .object({
    from: z.string(),
    /** Exclusive. */
    until: z.string(),
    leaseId: z.string(),
    leaseNumber: z.string(),
  })
  .nullable();

export const room = z.object({
  id: z.string(),
  communityId: z.string(),
  communityName: z.string(),
  buildingId: z.string(),
  buildingName: z.string(),
  roomTypeId: z.string().nullable(),
  roomTypeName: z.string().nullable(),
  code: z.string(),
  floor: z.int().nullable(),
  areaM2: z.number().nullable(),
  orientation: z.string().nullable(),
  facilities: z.array(z.string()),
  onSale: z.boolean(),
  /** Derived from the lease that holds the room today. */
  state: z.enum(ROOM_STATES),
  leaseId: z.string().nullable(),
  reserved,
});
export const listRoomsQuery = z.strictObject({
  ...pageQuery,
  communityId: communityId.optional(),
  buildingId: id('building').optional(),
  roomTypeId: id('roomType').optional(),
  state: z.enum(ROOM_STATES).optional(),
  search: text(60).optional(),
});
const roomFacts = {
  roomTypeId: id('roomType').nullable(),
  floor: z.int().min(-9).max(200).nullable(),
  areaM2: z.number().positive().max(100_000).nullable(),
  orientation: text(20).nullable(),
  facilities: z.array(text(40)).max(60),
  onSale: z.boolean(),
};
export const createRoomBody = z.strictObject({
  buildingId: id('building'),
  code: text(40),
  roomTypeId: roomFacts.roomTypeId.default(null),
  floor: roomFacts.floor.default(null),
  areaM2: roomFacts.areaM2.default(null),
  orientation: roomFacts.orientation.default(null),
  facilities: roomFacts.facilities.default([]),
  onSale: roomFacts.onSale.default(true),
});
export const editRoomBody = z.strictObject(roomFacts).partial();
export const roomParams = idParams('room');

/** One square of the state board (房态图). */
export const boardRoom = z.object({
  id: z.string(),
  communityId: z.string(),
  buildingId: z.string(),
  buildingName: z.string(),
  code: z.string(),
  floor: z.int().nullable(),
  roomTypeName: z.string().nullable(),
  state: z.enum(ROOM_STATES),
  leaseId: z.string().nullable(),
  leaseStatus: z.enum(LEASE_STATUSES).nullable(),
  tenantName: z.string().nullable(),
  endsOn: z.string().nullable(),
  overdueFen: z.int(),
  reserved,
});
export const boardQuery = z.strictObject({
  cursor: pageQuery.cursor,
  limit: z.coerce.number().int().min(1).max(500).default(200),
  communityId: communityId.optional(),
  buildingId: id('building').optional(),
  state: z.enum(ROOM_STATES).optional(),
});

/** A door or a power switch of a room. `virtual: true` must be said on the screen: there is no metal behind it. */
export const device = z.object({
  id: z.string(),
  kind: z.enum(['door', 'power']),
  virtual: z.boolean(),
  desired: z.string().nullable(),
  reported: z.string().nullable(),
  because: z.string().nullable(),
  observedAt: instant.nullable(),
});
export const roomDevices = z.object({ items: z.array(device) });

const cycle = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(6), z.literal(12), z.literal('wholeTerm')]);
export const paymentCycle = cycle;

export const escalation = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('percent'), basisPoints: z.int().min(-10_000).max(10_000) }),
  z.strictObject({ kind: z.literal('amount'), amountFen }),
]);
export const discount = z.strictObject({
  month: z.int().min(1).max(600),
  basisPointsOff: z.int().min(1).max(10_000),
  reason: text(60),
});

export const recurringFee = z.strictObject({
  kind: z.enum(['propertyFee', 'network', 'furniture']),
  amountFen: nonNegativeFen,
});

const priceFacts = {
  roomTypeId: id('roomType').nullable(),
  roomId: id('room').nullable(),
  minMonths: z.int().min(0).max(600),
  /** null: no upper bound. */
  maxMonths: z.int().min(1).max(600).nullable(),
  cycle,
  rateFen: positiveFen,
  basis: z.enum(['perMonth', 'perDay']),
  validFrom: day,
  validUntil: day.nullable(),
  /** 押几: how many months' rent are held as deposit. */
  depositMonths: z.number().min(0).max(12),
  taxBasisPoints: z.int().min(0).max(5_000),
  discounts: z.array(discount).max(60),
  escalation,
  fees: z.array(recurringFee).max(3),
};
export const price = z.object({
  id: z.string(),
  communityId: z.string(),
  communityName: z.string(),
  roomTypeId: z.string().nullable(),
  /** Of the room, where the price is one room's own. */
  roomTypeName: z.string().nullable(),
  roomId: z.string().nullable(),
  /** Building and number; null for a price of a whole type. */
  roomName: z.string().nullable(),
  minMonths: z.int(),
  maxMonths: z.int().nullable(),
  cycle,
  rateFen: z.int(),
  basis: z.enum(['perMonth', 'perDay']),
  validFrom: z.string(),
  validUntil: z.string().nullable(),
  depositMonths: z.number(),
  taxBasisPoints: z.int(),
  discounts: z.array(discount),
  escalation,
  fees: z.array(recurringFee),
});
export const listPricesQuery = z.strictObject({
  ...pageQuery,
  communityId: communityId.optional(),
  roomTypeId: id('roomType').optional(),
  roomId: id('room').optional(),
});
export const createPriceBody = z.strictObject({
  ...priceFacts,
  roomTypeId: priceFacts.roomTypeId.default(null),
  roomId: priceFacts.roomId.default(null),
  validUntil: priceFacts.validUntil.default(null),
  taxBasisPoints: priceFacts.taxBasisPoints.default(0),
  discounts: priceFacts.discounts.default([]),
  escalation: escalation.default({ kind: 'none' }),
  fees: priceFacts.fees.default([]),
});
/** A price is never rewritten, it only stops being offered. */
export const editPriceBody = z.strictObject({
  /** Exclusive. */
  validUntil: day,
});
export const priceParams = idParams('price');
