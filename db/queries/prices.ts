import type { z } from 'zod';
import type * as places from '../../contract/http/places';
import type { LocalDate } from '../../domain/calendar';
import type { CommunityId, RoomId, RoomTypeId } from '../../domain/ids';
import type { Price } from '../../domain/price';
import type { PaymentCycle } from '../../domain/terms';
import type { Tx } from '../tx';
import { inScope, keyset, type ListPage, type Scope } from './paging';

const PRICE = {
  id: 'id',
  communityId: 'community_id',
  roomTypeId: 'room_type_id',
  roomId: 'room_id',
  minMonths: 'min_months',
  maxMonths: 'max_months',
  cycle: 'cycle',
  rateFen: 'rate_fen',
  basis: 'basis',
  validFrom: 'valid_from',
  validUntil: 'valid_until',
  depositMonths: 'deposit_months',
  taxBasisPoints: 'tax_basis_points',
  discounts: 'discounts',
  escalation: 'escalation',
  fees: 'fees',
} as const;

/** What a person reads instead of ids. */
const NAMES = `(SELECT name FROM community c WHERE c.operator_id = price.operator_id AND c.id = price.community_id) AS "communityName",
  (SELECT t.name FROM room_type t WHERE t.operator_id = price.operator_id AND t.id = coalesce(price.room_type_id,
    (SELECT r.room_type_id FROM room r WHERE r.operator_id = price.operator_id AND r.id = price.room_id))) AS "roomTypeName",
  (SELECT b.name || ' ' || r.code FROM room r JOIN building b ON b.operator_id = r.operator_id AND b.id = r.building_id
    WHERE r.operator_id = price.operator_id AND r.id = price.room_id) AS "roomName"`;

type RoomPrice = Price & { readonly communityId: CommunityId };

export type ListedPrice = RoomPrice & {
  readonly communityName: string;
  readonly roomTypeName: string | null;
  readonly roomName: string | null;
};

type Row<Listed extends RoomPrice> = Omit<Listed, 'cycle'> & { readonly cycle: string };

const CYCLES: Readonly<Record<string, PaymentCycle>> = {
  '1': 1,
  '2': 2,
  '3': 3,
  '6': 6,
  '12': 12,
  wholeTerm: 'wholeTerm',
};

const cycleOf = (text: string): PaymentCycle => CYCLES[text] ?? 'wholeTerm';

export type PriceFilter = {
  readonly scope: Scope;
  readonly communityId?: CommunityId | undefined;
  readonly roomTypeId?: RoomTypeId | undefined;
  readonly roomId?: RoomId | undefined;
};

export async function listPrices(tx: Tx, filter: PriceFilter, page: ListPage): Promise<ListedPrice[]> {
  const rows = await tx.run<Row<ListedPrice>>((knex) =>
    knex('price')
      .select(PRICE, knex.raw(NAMES))
      .modify(inScope('community_id', filter.scope))
      .modify((query) => {
        if (filter.communityId) query.where({ community_id: filter.communityId });
        if (filter.roomTypeId) query.where({ room_type_id: filter.roomTypeId });
        if (filter.roomId) query.where({ room_id: filter.roomId });
      })
      .modify(keyset(knex, ['id'], page)),
  );
  return rows.map((row) => ({ ...row, cycle: cycleOf(row.cycle) }));
}

export async function findPrice(tx: Tx, id: string, scope: Scope): Promise<ListedPrice | undefined> {
  const [row] = await tx.run<Row<ListedPrice>>((knex) =>
    knex('price').select(PRICE, knex.raw(NAMES)).where({ id }).modify(inScope('community_id', scope)),
  );
  return row && { ...row, cycle: cycleOf(row.cycle) };
}

/** All prices that could hold for a room: its own and its type's. */
export async function pricesFor(tx: Tx, roomId: RoomId, roomTypeId: string | null): Promise<RoomPrice[]> {
  const rows = await tx.run<Row<RoomPrice>>((knex) =>
    knex('price')
      .select(PRICE)
      .where({ room_id: roomId })
      .modify((query) => roomTypeId !== null && query.orWhere({ room_type_id: roomTypeId })),
  );
  return rows.map((row) => ({ ...row, cycle: cycleOf(row.cycle) }));
}

export async function insertPrice(
  tx: Tx,
  id: string,
  price: z.output<typeof places.createPriceBody> & { readonly communityId: CommunityId },
): Promise<void> {
  await tx.query(
    `INSERT INTO price (operator_id, id, community_id, room_type_id, room_id, min_months, max_months, cycle, rate_fen, basis,
        valid_from, valid_until, deposit_months, tax_basis_points, discounts, escalation, fees)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
      ON CONFLICT (operator_id, id) DO NOTHING`,
    [
      tx.operatorId,
      id,
      price.communityId,
      price.roomTypeId,
      price.roomId,
      price.minMonths,
      price.maxMonths,
      String(price.cycle),
      price.rateFen,
      price.basis,
      price.validFrom,
      price.validUntil,
      price.depositMonths,
      price.taxBasisPoints,
      JSON.stringify(price.discounts),
      JSON.stringify(price.escalation),
      JSON.stringify(price.fees),
    ],
  );
}

export async function endPrice(tx: Tx, id: string, validUntil: LocalDate): Promise<void> {
  await tx.query('UPDATE price SET valid_until = $2 WHERE id = $1', [id, validUntil]);
}
