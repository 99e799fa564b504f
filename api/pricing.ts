import type { z } from 'zod';
import type { quoteBody } from '../contract/http/quotes';
import { policyFor } from '../db/queries/operator';
import { pricesFor } from '../db/queries/prices';
import { findRoom, type Holder } from '../db/queries/rooms';
import type { Tx } from '../db/tx';
import { totalOf } from '../domain/adjustment';
import type { BillDraft } from '../domain/bill';
import { addDays, type LocalDate } from '../domain/calendar';
import { rentFreeLimit } from '../domain/default-policy';
import type { CommunityId, RoomTypeId } from '../domain/ids';
import { choosePrice } from '../domain/price';
import { leaseMonths, type Quote, quote } from '../domain/quote';
import { checkTerms } from '../domain/terms-check';
import { type Actor, type Scope, scopeOf } from './auth/actor';
import { found, Refusal } from './refusal';

type QuoteBody = z.output<typeof quoteBody>;

export type RoomQuote = {
  readonly priceId: string;
  readonly communityId: CommunityId;
  readonly onSale: boolean;
  readonly quote: Quote;
};

/** Whoever sets the policy may go beyond it. @throws Refusal RentFreeTooLong */
async function checkRentFree(tx: Tx, days: number, communityId: CommunityId, actor: Actor): Promise<void> {
  if (days === 0 || scopeOf(actor, 'operator.edit') === null) return;
  const limit = rentFreeLimit(await policyFor(tx, communityId));
  if (days <= limit) return;
  const detail = `At most ${limit} rent-free days; the operator's administrator may give more.`;
  const message = `免租期最多 ${limit} 天，更长的免租期需由运营商管理员办理`;
  throw new Refusal('RentFreeTooLong', { detail, errors: [{ path: 'rentFreeDays', message, messageEn: detail }] });
}

type Asker = { readonly actor: Actor; readonly scope: Scope };

/** Prices a room that the caller may see. The price comes from the price list alone. @throws Refusal */
export async function quoteRoom(
  tx: Tx,
  body: QuoteBody,
  { actor, scope }: Asker,
  signedOn: LocalDate,
): Promise<RoomQuote> {
  const { roomId, startsOn, endsOn, cycle } = body;
  if (endsOn < startsOn) throw new Refusal('EndBeforeStart');
  const room = found(await findRoom(tx, roomId, scope));
  await checkRentFree(tx, body.rentFreeDays, room.communityId as CommunityId, actor);
  const prices = await pricesFor(tx, roomId, room.roomTypeId);
  const months = leaseMonths(startsOn, endsOn);
  // Without a type only the room's own prices were read, so no type is ever compared with this null.
  const choice = choosePrice(prices, {
    roomId,
    roomTypeId: room.roomTypeId as RoomTypeId,
    months,
    cycle,
    on: signedOn,
  });
  if (!choice.ok) throw new Refusal(choice.code, { errors: [{ path: choice.field, message: choice.text }] });
  const priced = quote({ ...body, signedOn }, choice.price);
  const wrong = checkTerms(priced.terms);
  if (wrong.length > 0) {
    throw new Refusal('TermsInvalid', { errors: wrong.map(({ field, text }) => ({ path: field, message: text })) });
  }
  const communityId = room.communityId as CommunityId;
  return { priceId: choice.price.id, communityId, onSale: room.onSale, quote: priced };
}

/** A bill that does not exist yet, with its sum. */
export const draftWithTotal = (draft: BillDraft) => ({ ...draft, totalFen: totalOf(draft) });

/** Says from when, through which day and by which lease the room is taken: for staff, since the number is another tenant's. */
export function roomTaken({ from, until, leaseNumber }: Holder): Refusal {
  const through = addDays(until, -1);
  const message = `该房间自 ${from} 至 ${through} 已由租约 ${leaseNumber} 占用`;
  return new Refusal('RoomTaken', {
    detail: `Lease ${leaseNumber} holds the room from ${from} through ${through}.`,
    errors: [
      { path: 'startsOn', message, messageEn: `Lease ${leaseNumber} holds the room from ${from} through ${through}.` },
    ],
  });
}
