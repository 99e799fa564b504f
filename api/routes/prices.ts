import { ROUTES } from '../../contract/http/routes';
import { occupancyOf } from '../../db/occupancy';
import { communityOf, lockRow } from '../../db/queries/places';
import * as prices from '../../db/queries/prices';
import { holderOf } from '../../db/queries/rooms';
import { totalOf } from '../../domain/adjustment';
import { shanghaiDate } from '../../domain/calendar';
import { note } from '../audit';
import { byId, paged } from '../paged';
import { draftWithTotal, quoteRoom, roomTaken } from '../pricing';
import { found, Refusal } from '../refusal';
import { on } from '../router';

export const priceRoutes = [
  on(ROUTES.listPrices, ({ query, scope, tx }) =>
    tx((open) => paged(query, (page) => prices.listPrices(open, { ...query, scope }, page), byId)),
  ),

  on(ROUTES.createPrice, async ({ actor, body, scope, tx, businessId }) => {
    const { roomId, roomTypeId } = body;
    const of = roomId ?? roomTypeId;
    if (of === null || (roomId !== null && roomTypeId !== null)) {
      throw new Refusal('InvalidInput', {
        errors: [
          { path: 'roomId', message: '房间与户型须且只能填写一个', messageEn: 'Name a room or a room type, not both.' },
        ],
      });
    }
    const id = businessId('price');
    return tx(async (open) => {
      const communityId = found(await communityOf(open, roomId === null ? 'room_type' : 'room', of, scope));
      await prices.insertPrice(open, id, { ...body, communityId });
      await note(open, actor, { action: 'price.create', subject: { kind: 'price', id }, after: body });
      return found(await prices.findPrice(open, id, scope));
    });
  }),

  on(ROUTES.endPrice, async ({ actor, params, body, scope, tx }) =>
    tx(async (open) => {
      await lockRow(open, 'price', params.id);
      const before = found(await prices.findPrice(open, params.id, scope));
      if (body.validUntil <= before.validFrom) throw new Refusal('DayInThePast');
      await prices.endPrice(open, params.id, body.validUntil);
      const was = { validUntil: before.validUntil };
      await note(open, actor, {
        action: 'price.end',
        subject: { kind: 'price', id: params.id },
        before: was,
        after: body,
      });
      return { ...before, validUntil: body.validUntil };
    }),
  ),

  on(ROUTES.makeQuote, async ({ actor, body, scope, tx, at }) => {
    const { priceId, quote } = await tx(async (open) => {
      const priced = await quoteRoom(open, body, { actor, scope }, shanghaiDate(at.getTime()));
      // Said here rather than at the last click: the board shows today only.
      const holder = await holderOf(open, occupancyOf(priced.quote.terms), null);
      if (holder) throw roomTaken(holder);
      return priced;
    });
    const { terms, firstBill, totalFen, lines, bills } = quote;
    const firstBillFen = totalOf(firstBill);
    return {
      priceId,
      terms,
      depositFen: terms.depositFen,
      firstBillFen,
      totalFen,
      lines,
      bills: bills.map(draftWithTotal),
    };
  }),
];
