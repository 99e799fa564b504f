import type { LocalDate } from '../calendar';
import { both } from './cell';
import type { PriceRow } from './changes';
import { findRoom, NO_ROOM, useCommunity, useRoomType } from './plan-places';
import { isOut, type Planning, refuse } from './planning';
import type { RollPrice } from './roll';
import type { KnownPrice, PriceId } from './snapshot';

type Writable<T> = { -readonly [K in keyof T]: T[K] };
/** A price on record or one that this plan adds (`row`), whose end a later price may still move. */
type Entry = Writable<KnownPrice> & { readonly row?: Writable<PriceRow> };

/** Earlier prices first, so that each ends where the next begins. */
export function planPrices(planning: Planning): void {
  const entries = new Map<string, Entry[]>();
  const dated = planning.roll.prices.map((price) => ({ price, from: price.validFrom ?? planning.asOf }));
  dated.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  for (const { price, from } of dated) {
    if (isOut(planning, price.origin)) continue;
    let list = entries.get(price.scopeKey);
    if (!list) {
      list = (planning.snapshot.prices.get(price.scopeKey) ?? []).map((known) => ({ ...known }));
      entries.set(price.scopeKey, list);
    }
    planPrice(planning, price, { from, list });
  }
}

type Where = { readonly from: LocalDate; readonly list: Entry[] };

function planPrice(planning: Planning, price: RollPrice, { from, list }: Where): void {
  const scope = scopeOf(planning, price);
  if (scope === null) return;
  const rivals = list.filter((entry) => sameOffer(entry, price));
  const same = rivals.find(
    (entry) => sameBand(entry, price) && sameTerms(entry, price) && holdsFrom(entry, price, from),
  );
  if (same) {
    planning.unchanged.prices++;
    return;
  }
  const clash = rivals.find((entry) => until(entry) > from);
  if (clash && (!sameBand(clash, price) || clash.validFrom >= from)) {
    const reason = both(
      `与 ${clash.validFrom} 起的另一价格重叠;已有价格不改写,请换生效日期`,
      `overlaps the price from ${clash.validFrom}; prices are not rewritten, choose another day`,
    );
    refuse(planning, price.origin, price.validFrom === null ? null : 'validFrom', reason);
    return;
  }
  if (clash) endAt(planning, clash, from);
  add(planning, price, { from, list, scope });
  if (clash) planning.changed.prices++;
  else planning.created.prices++;
}

type Scope = Pick<PriceRow, 'communityId' | 'roomTypeId' | 'roomId'>;

function scopeOf(planning: Planning, price: RollPrice): Scope | null {
  const { origin, scopeKey } = price;
  if (price.scope === 'room') {
    const room = findRoom(planning, scopeKey);
    if (!room) return refuse(planning, origin, 'room', NO_ROOM);
    return { communityId: room.communityId, roomTypeId: null, roomId: room.id };
  }
  const communityId = useCommunity(planning, price.communityKey, origin);
  if (communityId === null) return null;
  return { communityId, roomTypeId: useRoomType(planning, scopeKey, communityId), roomId: null };
}

function endAt(planning: Planning, entry: Entry, day: LocalDate): void {
  entry.validUntil = day;
  if (entry.row) entry.row.validUntil = day;
  else planning.changes.endedPrices.push({ id: entry.id, until: day });
}

function add(planning: Planning, price: RollPrice, { from, list, scope }: Where & { readonly scope: Scope }): void {
  const { minMonths, maxMonths, cycle, basis, rateFen, depositMonths, taxBasisPoints, escalation } = price;
  const terms = { minMonths, maxMonths, cycle, basis, rateFen, depositMonths, taxBasisPoints, escalation };
  const row = { id: planning.newId() as PriceId, ...scope, ...terms, validFrom: from, validUntil: null };
  planning.changes.newPrices.push(row);
  list.push({ id: row.id, ...terms, validFrom: from, validUntil: null, row });
}

const FOREVER = '9999-12-31' as LocalDate;
const until = (entry: Entry): LocalDate => entry.validUntil ?? FOREVER;

/** Without a day of its own a price says what holds now, whenever that began. */
const holdsFrom = (entry: Entry, price: RollPrice, from: LocalDate): boolean =>
  price.validFrom === null ? entry.validFrom <= from && until(entry) > from : entry.validFrom === price.validFrom;

const sameBand = (entry: Entry, price: RollPrice): boolean =>
  entry.minMonths === price.minMonths && entry.maxMonths === price.maxMonths;

/** The same cycle and basis for lengths of lease that overlap. */
const sameOffer = (entry: Entry, price: RollPrice): boolean =>
  entry.cycle === price.cycle &&
  entry.basis === price.basis &&
  entry.minMonths <= (price.maxMonths ?? Number.POSITIVE_INFINITY) &&
  price.minMonths <= (entry.maxMonths ?? Number.POSITIVE_INFINITY);

const sameTerms = (entry: Entry, price: RollPrice): boolean =>
  entry.rateFen === price.rateFen &&
  entry.depositMonths === price.depositMonths &&
  entry.taxBasisPoints === price.taxBasisPoints &&
  escalationText(entry) === escalationText(price);

const escalationText = ({ escalation }: Pick<RollPrice, 'escalation'>): string =>
  escalation.kind === 'none'
    ? 'none'
    : escalation.kind === 'percent'
      ? `${escalation.basisPoints}bp`
      : `${escalation.amountFen}fen`;
