import { ROUTES } from '../../contract/http/routes';
import * as places from '../../db/queries/places';
import * as rooms from '../../db/queries/rooms';
import type { CommunityId } from '../../domain/ids';
import { note } from '../audit';
import { orderBy } from '../cursor';
import { soundFireAlarm } from '../fire-alarm';
import { paged } from '../paged';
import { found, Refusal } from '../refusal';
import { on } from '../router';

const byCode = orderBy<{ readonly code: string; readonly id: string }>(['text', 'uuid'], ({ code, id }) => [code, id]);
const byBuilding = orderBy<{ readonly buildingId: string; readonly code: string }>(
  ['uuid', 'text'],
  ({ buildingId, code }) => [buildingId, code],
);

type Facts = rooms.RoomFacts;

/** What the edit names, over what was there; null is a value here, undefined is not. */
const mergeRoom = (before: Facts, edit: { readonly [Key in keyof Facts]?: Facts[Key] | undefined }): Facts => {
  const given = Object.entries(edit).filter(([, value]) => value !== undefined);
  return { ...before, ...Object.fromEntries(given) };
};

export const placeRoutes = [
  on(ROUTES.listCommunities, ({ query, scope, tx }) =>
    tx((open) => paged(query, (page) => places.listCommunities(open, { ...query, scope }, page), byCode)),
  ),

  on(ROUTES.createCommunity, async ({ actor, body, scope, tx, businessId }) => {
    // Whoever manages single communities only could not see the one they just made.
    if (scope !== null) throw new Refusal('Forbidden');
    const id = businessId('community');
    return tx(async (open) => {
      await places.insertCommunity(open, id, body);
      await note(open, actor, { action: 'community.create', subject: { kind: 'community', id }, after: body });
      return found(await places.findCommunity(open, id, scope));
    });
  }),

  on(ROUTES.showCommunity, async ({ params: { id }, scope, tx }) =>
    found(await tx((open) => places.findCommunity(open, id, scope))),
  ),

  on(ROUTES.editCommunity, async ({ actor, params: { id }, body, scope, tx, requireMatch }) =>
    tx(async (open) => {
      await places.lockRow(open, 'community', id);
      const before = found(await places.findCommunity(open, id, scope));
      requireMatch(before);
      const { name = before.name, city = before.city, address = before.address } = body;
      await places.updateCommunity(open, id, { name, city, address });
      const was = { name: before.name, city: before.city, address: before.address };
      await note(open, actor, {
        action: 'community.edit',
        subject: { kind: 'community', id },
        before: was,
        after: body,
      });
      return found(await places.findCommunity(open, id, scope));
    }),
  ),

  on(ROUTES.listBuildings, ({ query, scope, tx }) =>
    tx((open) => paged(query, (page) => places.listBuildings(open, { ...query, scope }, page), byCode)),
  ),

  on(ROUTES.createBuilding, async ({ actor, body, scope, tx, businessId }) => {
    const id = businessId('building');
    return tx(async (open) => {
      found(await places.findCommunity(open, body.communityId, scope));
      await places.insertBuilding(open, id, body);
      await note(open, actor, { action: 'building.create', subject: { kind: 'building', id }, after: body });
      return { id, ...body, fireAlarmSince: null };
    });
  }),

  on(ROUTES.setFireAlarm, async ({ actor, params: { id }, body, scope, tx, at }) =>
    tx(async (open) => {
      found(await places.communityOf(open, 'building', id, scope));
      await places.lockRow(open, 'building', id);
      return soundFireAlarm(open, { buildingId: id, body, actor, at });
    }),
  ),

  on(ROUTES.listRoomTypes, ({ query, scope, tx }) =>
    tx((open) => paged(query, (page) => places.listRoomTypes(open, { ...query, scope }, page), byCode)),
  ),

  on(ROUTES.createRoomType, async ({ actor, body, scope, tx, businessId }) => {
    const id = businessId('roomType');
    return tx(async (open) => {
      found(await places.findCommunity(open, body.communityId, scope));
      await places.insertRoomType(open, id, body);
      await note(open, actor, { action: 'roomType.create', subject: { kind: 'roomType', id }, after: body });
      return { id, ...body };
    });
  }),

  on(ROUTES.listRooms, ({ query, scope, tx }) =>
    tx((open) => paged(query, (page) => rooms.listRooms(open, { ...query, scope }, page), byBuilding)),
  ),

  on(ROUTES.createRoom, async ({ actor, body, scope, tx, businessId }) => {
    const id = businessId('room');
    return tx(async (open) => {
      const communityId = found(await places.communityOf(open, 'building', body.buildingId, scope));
      if (body.roomTypeId) found(await places.communityOf(open, 'room_type', body.roomTypeId, [communityId]));
      await rooms.insertRoom(open, { ...body, id, communityId });
      await note(open, actor, { action: 'room.create', subject: { kind: 'room', id }, after: body });
      return found(await rooms.findRoom(open, id, scope));
    });
  }),

  on(ROUTES.showRoom, async ({ params: { id }, scope, tx }) =>
    found(await tx((open) => rooms.findRoom(open, id, scope))),
  ),

  on(ROUTES.editRoom, async ({ actor, params: { id }, body, scope, tx, requireMatch }) =>
    tx(async (open) => {
      await places.lockRow(open, 'room', id);
      const before = found(await rooms.findRoom(open, id, scope));
      requireMatch(before);
      const own = [before.communityId as CommunityId];
      if (body.roomTypeId) found(await places.communityOf(open, 'room_type', body.roomTypeId, own));
      await rooms.updateRoom(open, id, mergeRoom(before, body));
      await note(open, actor, { action: 'room.edit', subject: { kind: 'room', id }, before, after: body });
      return found(await rooms.findRoom(open, id, scope));
    }),
  ),

  on(ROUTES.showBoard, ({ query, scope, tx }) =>
    tx((open) => paged(query, (page) => rooms.listBoard(open, { ...query, scope }, page), byBuilding)),
  ),

  on(ROUTES.showRoomDevices, async ({ params: { id }, scope, tx }) =>
    tx(async (open) => {
      found(await places.communityOf(open, 'room', id, scope));
      return { items: await rooms.listDevices(open, id) };
    }),
  ),
];
